// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Does something that may be asked for too often: at once when there was nothing to do for a while, and what is asked for during the pause that follows once,
 * at its end. So whatever is asked for is done after that, and never more often than once in a pause. Safe for all threads.
 */
final class Pace {
    /** What the pauses of this server are measured with; the threads have nothing of the caller's. */
    static final Later CLOCK = (task, delay) -> CompletableFuture.delayedExecutor(
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS,
                    end -> Thread.ofVirtual()
                            .inheritInheritableThreadLocals(false)
                            .name("pace")
                            .start(end))
            .execute(task);

    private final Duration pause;
    private final Runnable work;
    private final Later later;
    private boolean pausing;
    private boolean asked;

    /** Does something after some time. */
    interface Later {
        void run(Runnable task, Duration delay);
    }

    Pace(Duration pause, Runnable work, Later later) {
        this.pause = pause;
        this.work = work;
        this.later = later;
    }

    /** Asks for it. */
    void ask() {
        synchronized (this) {
            if (pausing) {
                asked = true;
                return;
            }
            pausing = true;
        }
        workAndPause();
    }

    private void workAndPause() {
        try {
            work.run();
        } finally {
            later.run(this::pauseIsOver, pause);
        }
    }

    private void pauseIsOver() {
        synchronized (this) {
            pausing = asked;
            asked = false;
            if (!pausing) {
                return;
            }
        }
        workAndPause();
    }
}
