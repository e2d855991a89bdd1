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
 * smaller one of those before and after.
 */
record IdleMemory(ImapServer server, ImapLoad load, int connections) {
    /** Servers limit connections by address. */
    private static final int PER_ADDRESS = 50;

    private static final String MAILBOX = "Idle";
    private static final int MESSAGES = 10;
    private static final long SETTLE_MILLIS = 3_000;

    /** Memory is settled when it falls by less than this between two looks. */
    private static final long STEADY_OCTETS = 1024 * 1024;

    /** Looks after which what is there counts, settled or not. */
    private static final int MOST_LOOKS = 12;

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
        long before = settled();
        long with = idle(connections, this::settled);
        // Memory that rows before had in hand may still go in the meantime: the least there was without them counts.
        long least = Math.min(before, settled());
        return (with - least) / 1024.0 / connections;
    }

    /** A heap that the rows before have grown is given back little by little: one look would count that as less than nothing for each connection. */
    private long settled() throws IOException {
        long least = Long.MAX_VALUE;
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            settle();
            server.tidy();
            long now = Processes.proportional(server.processes());
            if (now > least - STEADY_OCTETS) {
                return Math.min(now, least);
            }
            least = now;
        }
        return least;
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
