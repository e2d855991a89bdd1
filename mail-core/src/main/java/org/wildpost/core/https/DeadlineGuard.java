// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.https;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** Closes a socket at its deadline, whatever it is waiting for then: a server that sends an octet a second is not waited for. */
final class DeadlineGuard implements AutoCloseable {
    private final long deadline;
    private final Thread thread;

    /**
     * @param deadline of {@link System#nanoTime()}
     */
    DeadlineGuard(Socket socket, long deadline) {
        this.deadline = deadline;
        this.thread = Thread.ofVirtual()
                .name("https-deadline")
                .inheritInheritableThreadLocals(false)
                .start(() -> watch(socket, deadline));
    }

    /** What is left. */
    Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    private static void watch(Socket socket, long deadline) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            socket.close();
        } catch (InterruptedException e) {
            // Done in time.
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // It is closed as far as it can be.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
