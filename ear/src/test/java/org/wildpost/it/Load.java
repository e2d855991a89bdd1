// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Other servers that send one message after the other to an owner, and come again after whatever they are told. */
final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Instance server;
    private final String recipient;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private final List<Thread> senders = new ArrayList<>();
    private volatile boolean over;

    /** Begins at once. */
    Load(Instance server, String recipient, int senders) {
        this.server = server;
        this.recipient = recipient;
        for (int i = 0; i < senders; i++) {
            String name = "load-" + i + "-";
            this.senders.add(Thread.ofVirtual().start(() -> send(name)));
        }
    }

    private void send(String name) {
        for (int i = 0; !over; i++) {
            try (SmtpSender sender = new SmtpSender(server.port(25))) {
                for (; !over; i++) {
                    sender.send(recipient, name + i);
                    acknowledged.add(name + i);
                }
            } catch (IOException e) {
                refusals.add(String.valueOf(e.getMessage()));
                Rest.pause();
            }
        }
    }

    private int acknowledged() {
        return acknowledged.size();
    }

    /** What they were told when they were not served. */
    Set<String> refusals() {
        return Set.copyOf(refusals);
    }

    /** Waits for so many more messages that are acknowledged. */
    void awaitMore(int messages) {
        int wanted = acknowledged() + messages;
        await("no mail is taken: " + refusals, () -> acknowledged() >= wanted);
    }

    /** Waits until somebody was refused with a code. */
    void awaitRefusal(String code) {
        await(
                "nobody hears " + code + " but " + refusals,
                () -> refusals.stream().anyMatch(told -> told.contains("got " + code + " ")));
    }

    /** Waits for something to become true. */
    static void await(String otherwise, BooleanSupplier wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).as(otherwise).isLessThan(deadline);
            Rest.pause();
        }
    }

    /** Every message that was acknowledged is in the owner's INBOX. */
    void assertNothingIsLost() throws MessagingException {
        Set<String> subjects = new HashSet<>();
        try (Store store = MailClient.imap(server, recipient);
                Folder inbox = MailClient.inbox(store, Folder.READ_ONLY)) {
            Message[] messages = inbox.getMessages();
            FetchProfile profile = new FetchProfile();
            profile.add(FetchProfile.Item.ENVELOPE);
            inbox.fetch(messages, profile);
            for (Message message : messages) {
                subjects.add(message.getSubject());
            }
        }
        assertThat(subjects).containsAll(acknowledged);
    }

    /** Lets them finish. */
    void stop() throws InterruptedException {
        over = true;
        for (Thread sender : senders) {
            sender.join();
        }
    }

    @Override
    public void close() {
        over = true;
    }
}
