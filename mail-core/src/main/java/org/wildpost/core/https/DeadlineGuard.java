// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.https;

import java.time.Duration;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Cancels a request at its deadline, whatever it is waiting for then: a server that sends an octet a minute is not waited for. The library's own limits are each for one
 * wait only. For one request; the thread that made it closes it.
 */
final class DeadlineGuard implements AutoCloseable {
    private final Cancellable request;
    private final long deadline;
    private final Thread thread;
    private volatile boolean late;

    /**
     * @param deadline of {@link System#nanoTime()}
     */
    DeadlineGuard(Cancellable request, long deadline) {
        this.request = request;
        this.deadline = deadline;
        this.thread = Thread.ofVirtual()
                .name("https-deadline")
                .inheritInheritableThreadLocals(false)
                .start(this::watch);
    }

    /** Whether the request was cancelled. */
    boolean late() {
        return late;
    }

    private void watch() {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            late = true;
            request.cancel();
        } catch (InterruptedException e) {
            // Done in time.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
