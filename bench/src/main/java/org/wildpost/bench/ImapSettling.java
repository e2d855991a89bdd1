// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Repeats a search until it gets no faster, for a server may make its index behind the first search. An index that grows evenly makes a search a fifth
 * faster each time that a fifth of what is left was done; so a quiet time of a fifth of the whole is enough.
 *
 * @param quiet how long no search must have been much faster than those before
 * @param limit after how long it is given up
 */
record ImapSettling(Duration quiet, Duration limit) {
    /** Much faster: at most this part of the time that counted before. */
    private static final double FASTER = 0.8;

    /** Between two searches, for they take the processors from the index. */
    private static final long PAUSE_MILLIS = 300;

    private static final Duration LEAST_QUIET = Duration.ofSeconds(3);
    private static final int MESSAGES_PER_SECOND = 1_000;

    /** Of a mailbox: an index that takes 5 ms for a message or less is waited for. */
    static ImapSettling of(int messages, Duration limit) {
        Duration byMessages = Duration.ofSeconds(messages / MESSAGES_PER_SECOND);
        return new ImapSettling(byMessages.compareTo(LEAST_QUIET) > 0 ? byMessages : LEAST_QUIET, limit);
    }

    /** Measures a row once. */
    @FunctionalInterface
    interface Sampling {
        ImapSample sample() throws IOException;
    }

    /**
     * Does that with a row whose samples are times, and says how it went.
     *
     * @param server its name
     */
    String settle(String server, ImapRow row, Sampling sampling) throws IOException {
        long begun = System.nanoTime();
        long since = begun;
        double first = Double.NaN;
        double counts = Double.MAX_VALUE;
        while (System.nanoTime() - since < quiet.toNanos()) {
            if (System.nanoTime() - begun > limit.toNanos()) {
                return said(server, row, "not settled", limit.toNanos(), first, counts);
            }
            if (!(sampling.sample() instanceof ImapSample.Value(double millis))) {
                return server + ", " + row.label() + ": no answer to wait for";
            }
            first = Double.isNaN(first) ? millis : first;
            if (millis < counts * FASTER) {
                counts = millis;
                since = System.nanoTime();
            }
            pause();
        }
        return said(server, row, "settled", since - begun, first, counts);
    }

    private static String said(String server, ImapRow row, String how, long nanos, double first, double last) {
        return String.format(
                Locale.ROOT,
                "%s, %s: %s %.1f s after it was asked first; %s then, %s now",
                server,
                row.label(),
                how,
                nanos / 1e9,
                ImapTable.number(first, row.unit()),
                ImapTable.number(last, row.unit()));
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
