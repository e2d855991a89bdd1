// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How much memory the processes of a server need for connections over TLS that wait in IDLE on a small mailbox: the proportional set size with them, less the
 * one before.
 */
record IdleMemory(ImapServer server, ImapLoad load, int connections) {
    /** Servers limit connections by address. */
    private static final int PER_ADDRESS = 50;

    private static final String MAILBOX = "Idle";
    private static final int MESSAGES = 10;
    private static final long SETTLE_MILLIS = 3_000;

    /** Connections that come and go before, so that what the first ones load is not counted. */
    private static final int FIRST = 50;

    double kilobytes() throws IOException {
        try (ImapClient owner = load.open()) {
            owner.ask("CREATE " + MAILBOX);
            load.append(
                    java.util.stream.IntStream.range(0, MESSAGES)
                            .mapToObj(new Corpus(MESSAGES)::message)
                            .toList(),
                    MAILBOX,
                    1);
        }
        idle(Math.min(FIRST, connections), () -> 0L);
        settle();
        server.tidy();
        long before = Processes.proportional(server.processes());
        long with = idle(connections, () -> {
            settle();
            server.tidy();
            return Processes.proportional(server.processes());
        });
        return (with - before) / 1024.0 / connections;
    }

    private interface Measure {
        long octets() throws IOException;
    }

    /** Measures while so many connections wait. */
    private long idle(int number, Measure measure) throws IOException {
        List<ImapClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < number; i++) {
                clients.add(idling(i));
            }
            return measure.octets();
        } finally {
            for (ImapClient client : clients) {
                client.close();
            }
        }
    }

    private ImapClient idling(int number) throws IOException {
        ImapClient client = new ImapClient(server.port(), load.tls(), address(number));
        client.logIn(server.user(), server.password());
        client.ask("SELECT " + MAILBOX).orThrow();
        client.send("i IDLE\r\n".getBytes(StandardCharsets.US_ASCII));
        String line = client.line();
        if (!line.startsWith("+")) {
            throw new IOException(server.name() + " does not idle: " + line);
        }
        return client;
    }

    /** One of the loopback addresses. */
    static InetAddress address(int number) throws IOException {
        int host = 1 + number / PER_ADDRESS;
        return InetAddress.getByAddress(new byte[] {127, 0, (byte) (host >> 8), (byte) host});
    }

    private static void settle() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
