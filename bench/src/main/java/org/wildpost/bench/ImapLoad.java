// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Work that several sessions do on one server. */
record ImapLoad(ImapServer server, SSLContext tls) {
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern(
                    "dd-MMM-uuuu HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    ImapClient open() throws IOException {
        ImapClient client = new ImapClient(server.port(), tls);
        client.logIn(server.user(), server.password());
        return client;
    }

    /**
     * Appends messages.
     *
     * @return nanoseconds from when all sessions were logged in
     */
    long append(List<CorpusMessage> messages, String mailbox, int sessions) throws IOException {
        List<ImapClient> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < sessions; i++) {
                clients.add(open());
            }
            AtomicInteger next = new AtomicInteger();
            List<Callable<Void>> work = new ArrayList<>();
            for (ImapClient client : clients) {
                work.add(() -> {
                    for (int i = next.getAndIncrement(); i < messages.size(); i = next.getAndIncrement()) {
                        CorpusMessage message = messages.get(i);
                        client.append(mailbox, DATE_TIME.format(message.arrived()), message.octets())
                                .orThrow();
                    }
                    return null;
                });
            }
            long begun = System.nanoTime();
            for (Future<Void> session : threads.invokeAll(work)) {
                session.get();
            }
            return System.nanoTime() - begun;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(server.name() + " did not take a message: " + e.getCause(), e);
        } finally {
            for (ImapClient client : clients) {
                client.close();
            }
        }
    }

    /**
     * Connects with a full handshake, logs in, selects INBOX and logs out, one after the other.
     *
     * @return how many times a second
     */
    static double logins(ImapServer server, int messages, long nanos) throws IOException {
        long done = 0;
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < nanos) {
            // A context of its own knows no session that it could resume.
            try (ImapClient client = new ImapClient(server.port(), Trusting.context())) {
                client.logIn(server.user(), server.password());
                List<String> said = new ArrayList<>();
                client.ask(
                                "SELECT INBOX",
                                response ->
                                        said.add(new String(response, java.nio.charset.StandardCharsets.ISO_8859_1)))
                        .orThrow();
                if (!said.contains("* " + messages + " EXISTS")) {
                    throw new IOException(server.name() + " does not show " + messages + " messages: " + said);
                }
                client.ask("LOGOUT").orThrow();
            }
            done++;
        }
        return done / ((System.nanoTime() - begun) / 1e9);
    }
}
