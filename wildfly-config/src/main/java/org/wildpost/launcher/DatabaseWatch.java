// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Starts PostgreSQL again when it ended by itself, as it does when its disk is full: the server goes on meanwhile, says to its clients that they come too early,
 * and needs no restart. Tries for as long as the launcher runs.
 */
final class DatabaseWatch {
    /** Before the first try; twice as long before each that follows a failure. */
    static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /** And at most. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private static final Duration GLANCE = Duration.ofMillis(50);

    private final EmbeddedPostgres postgres;
    private final Told told;
    private final ReentrantLock starting;

    /**
     * @param starting held while a start is under way, so that a stop finds what was begun
     */
    DatabaseWatch(EmbeddedPostgres postgres, Told told, ReentrantLock starting) {
        this.postgres = postgres;
        this.told = told;
        this.starting = starting;
    }

    /** Watches on a thread of its own. */
    void begin() {
        Thread.ofVirtual().name("database-watch").start(this::watch);
    }

    private void watch() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                postgres.child().onExit().join();
                told.goOn();
                if (pause.equals(FIRST_PAUSE)) {
                    System.err.println("wildpost: PostgreSQL ended by itself and is started again; '" + postgres.log()
                            + "' says why");
                }
                await(pause);
                pause = revive() ? FIRST_PAUSE : longer(pause);
            }
        } catch (Told.ToStopException | InterruptedException e) {
            // Who stops the server stops PostgreSQL, too.
            return;
        }
    }

    private boolean revive() throws Told.ToStopException {
        starting.lock();
        try {
            told.goOn();
            postgres.revive(told);
            System.err.println("wildpost: PostgreSQL runs again");
            return true;
        } catch (StartFailure | IOException e) {
            System.err.println("wildpost: " + e.getMessage());
            return false;
        } finally {
            starting.unlock();
        }
    }

    private void await(Duration pause) throws InterruptedException, Told.ToStopException {
        long end = System.nanoTime() + pause.toNanos();
        while (System.nanoTime() < end) {
            told.goOn();
            TimeUnit.MILLISECONDS.sleep(GLANCE.toMillis());
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
