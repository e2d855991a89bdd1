// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was acknowledged is ever lost: every process is killed in the middle of a load, ten times. */
class CrashIT {
    private static final int KILLS = 10;
    private static final int SENDERS = 8;
    private static final int LEAST_PER_ROUND = 50;
    private static final List<String> RECIPIENTS = List.of("alice@demo.test", "bob@demo.test");

    /** What got its 250, by recipient. */
    private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();

    @Test
    void keepsEveryAcknowledgedMessageOverTenKills(@TempDir Path folder)
            throws IOException, MessagingException, InterruptedException {
        RECIPIENTS.forEach(recipient -> acknowledged.put(recipient, ConcurrentHashMap.newKeySet()));
        Map<String, Map<Long, String>> seen = new HashMap<>();
        int offset = Instance.freeOffset();
        Path data = folder.resolve("data");
        for (int round = 0; round < KILLS; round++) {
            try (Instance server = Instance.start(data, offset, Map.of(), "--demo")) {
                check(server, seen);
                loadAndKill(server, round);
            }
        }
        try (Instance server = Instance.start(data, offset, Map.of(), "--demo")) {
            check(server, seen);
        }
        int total = acknowledged.values().stream().mapToInt(Set::size).sum();
        System.out.println("crash test: " + KILLS + " kills, " + total + " messages acknowledged, 0 lost");
        assertThat(total).isGreaterThanOrEqualTo(KILLS * LEAST_PER_ROUND);
    }

    private void loadAndKill(Instance server, int round) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        int before = count();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int number = i;
            senders.add(Thread.ofVirtual().start(() -> load(server.port(25), "r" + round + "s" + number, over)));
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (count() - before < LEAST_PER_ROUND * (round + 1) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        server.killAll();
        over.set(true);
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(count() - before)
                .as("messages acknowledged in round " + round)
                .isGreaterThanOrEqualTo(LEAST_PER_ROUND);
    }

    private void load(int port, String name, AtomicBoolean over) {
        try (SmtpSender sender = new SmtpSender(port)) {
            for (int i = 0; !over.get(); i++) {
                String recipient = RECIPIENTS.get(i % RECIPIENTS.size());
                String token = name + "m" + i;
                sender.send(recipient, token);
                acknowledged.get(recipient).add(token);
            }
        } catch (IOException killed) {
            // What had no 250 is not counted.
            return;
        }
    }

    private int count() {
        return acknowledged.values().stream().mapToInt(Set::size).sum();
    }

    /** Every acknowledged message is there, no UID stands for two messages, and what a client saw before is what it sees now. */
    private void check(Instance server, Map<String, Map<Long, String>> seen) throws MessagingException {
        for (String recipient : RECIPIENTS) {
            Map<Long, String> now = read(server, recipient);
            assertThat(new HashSet<>(now.values())).containsAll(acknowledged.get(recipient));
            assertThat(now).containsAllEntriesOf(seen.getOrDefault(recipient, Map.of()));
            seen.put(recipient, now);
        }
    }

    private static Map<Long, String> read(Instance server, String user) throws MessagingException {
        Map<Long, String> subjects = new HashMap<>();
        try (Store store = MailClient.imap(server, user);
                Folder inbox = MailClient.inbox(store, Folder.READ_ONLY)) {
            Message[] messages = inbox.getMessages();
            FetchProfile profile = new FetchProfile();
            profile.add(FetchProfile.Item.ENVELOPE);
            profile.add(UIDFolder.FetchProfileItem.UID);
            inbox.fetch(messages, profile);
            for (Message message : messages) {
                String before = subjects.put(((UIDFolder) inbox).getUID(message), message.getSubject());
                assertThat(before).as("a UID that stands for two messages").isNull();
            }
        }
        return subjects;
    }
}
