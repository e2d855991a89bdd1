// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.wildpost.core.listener.MailProtocol;

/**
 * Where slowed logins wait before they are looked at: a failure that only answers late would tell a guesser who does not wait for the
 * answer just as much. Few of one origin wait at a time, so that many connections guess no faster than a few. Safe for all threads.
 */
final class WaitingRoom {
    /** Logins of one origin that wait at a time. */
    static final int OF_ONE_ORIGIN = 8;

    /** Logins over HTTP that wait at a time: each holds one of the web server's few threads; those of mail connections are virtual. */
    static final int OVER_HTTP = 8;

    /** Logins of one origin that wait over HTTP at a time: one origin alone does not take all the threads. */
    static final int OF_ONE_ORIGIN_OVER_HTTP = 2;

    /** All logins that wait at a time. */
    static final int ALL = 2_000;

    /** How a thread waits; tests have their own. */
    @FunctionalInterface
    interface Pause {
        void pause(Duration duration) throws InterruptedException;
    }

    private final Pause pause;
    private final Semaphore all = new Semaphore(ALL);
    private final Semaphore overHttp = new Semaphore(OVER_HTTP);
    private final Recent<Origin, Integer> waiting = new Recent<>(2 * ALL);

    WaitingRoom(Pause pause) {
        this.pause = pause;
    }

    /** Waits; false at once when there is no room, or when the thread is asked to stop. */
    boolean await(Origin origin, MailProtocol protocol, Duration delay) {
        if (delay.isZero()) {
            return true;
        }
        boolean http = protocol == MailProtocol.WEB || protocol == MailProtocol.REST;
        Semaphore seats = http ? overHttp : all;
        if (!seats.tryAcquire()) {
            return false;
        }
        try {
            return awaitSeated(origin, http ? OF_ONE_ORIGIN_OVER_HTTP : OF_ONE_ORIGIN, delay);
        } finally {
            seats.release();
        }
    }

    private boolean awaitSeated(Origin origin, int most, Duration delay) {
        try {
            if (waiting.update(origin, 0, n -> n + 1) > most) {
                return false;
            }
            pause.pause(delay);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (waiting.update(origin, 1, n -> n - 1) <= 0) {
                waiting.remove(origin);
            }
        }
    }
}
