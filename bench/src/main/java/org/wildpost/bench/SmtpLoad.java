// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Sends for a time over a number of sessions, and waits until everything that was acknowledged is stored.
 *
 * @param sessions connections at once
 * @param size     octets of a message
 */
record SmtpLoad(int sessions, int size) {
    private static final String SENDER = "sender@example.org";
    private static final Duration STORE_PATIENCE = Duration.ofMinutes(2);

    /**
     * @param acknowledged messages that got their 250
     * @param stored       messages that were in the mailboxes in the end
     * @param errors       sessions that broke off
     * @param time         from the first command until the last message was stored
     * @param latency      microseconds from MAIL to the 250
     */
    record Result(long acknowledged, long stored, long errors, Duration time, Histogram latency) {
        double perSecond() {
            return stored / (time.toNanos() / 1e9);
        }
    }

    Result run(Target target, Duration duration) throws IOException {
        long before = target.stored();
        Histogram latency = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(2), 3);
        AtomicLong acknowledged = new AtomicLong();
        AtomicLong errors = new AtomicLong();
        long begun = System.nanoTime();
        long end = begun + duration.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> session(target, number, end, latency, acknowledged, errors)));
        }
        join(threads);
        long finished = System.nanoTime();
        long deadline = finished + STORE_PATIENCE.toNanos();
        // Where the first count has everything, it was stored when the last 250 came: counting is not the server's
        // time.
        long stored = target.stored() - before;
        while (stored < acknowledged.get() && System.nanoTime() < deadline) {
            pause();
            stored = target.stored() - before;
            finished = System.nanoTime();
        }
        return new Result(acknowledged.get(), stored, errors.get(), Duration.ofNanos(finished - begun), latency);
    }

    private void session(
            Target target, int number, long end, Histogram latency, AtomicLong acknowledged, AtomicLong errors) {
        List<String> recipients = target.recipients();
        try (SmtpClient client = new SmtpClient(target.smtpPort())) {
            for (int i = 0; System.nanoTime() < end; i++) {
                String recipient = recipients.get((number * 31 + i * 7) % recipients.size());
                byte[] message = Messages.plain(size, SENDER, recipient, "b" + number + "." + System.nanoTime());
                long start = System.nanoTime();
                client.send(SENDER, recipient, message);
                latency.recordValue(Math.max(1, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start)));
                acknowledged.incrementAndGet();
            }
        } catch (IOException e) {
            if (errors.getAndIncrement() == 0) {
                System.err.println(target.name() + ": " + e.getMessage());
            }
        }
    }

    static void join(List<Thread> threads) {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
