// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.wildpost.persistence.queue.Lane;

/**
 * A destination as this node sees it: what waits for it in memory, what is under way, and whether somebody answers there. It begins with one
 * shipment at a time, and with twice as many after each answer. Belongs to the {@link Dispatcher} and its lock.
 */
final class Berth {
    /** Shipments in a row without an answer after which a destination that answered before rests. */
    static final int STRIKES = 3;

    final String destination;
    final FairQueue<Consignment> waiting = new FairQueue<>();

    /** Places kept for messages whose transaction is not yet over. */
    int reserved;

    int underWay;

    /** Shipments that may be under way at once. */
    int window = 1;

    /** Somebody answered at the last try. */
    boolean trusted;

    /** Rests in a row. */
    int failures;

    @Nullable
    Instant restsUntil;

    /** More waits in the database. */
    boolean backlog;

    /** How often it was said that more waits in the database. */
    long news;

    /** Where the last claim stopped. */
    Lane place;

    /** The claims came round to the first lane and found nothing since. */
    boolean wrapped;

    /** It stands in a line of destinations that may begin a shipment. */
    boolean inLine;

    private int strikes;

    Berth(String destination) {
        this.destination = destination;
        this.place = Lane.beforeAll(destination);
    }

    boolean rests(Instant now) {
        return restsUntil != null && now.isBefore(restsUntil);
    }

    /** Whether nothing would be lost if it were forgotten but what is known of the other side. */
    boolean idle() {
        return waiting.size() == 0 && reserved == 0 && underWay == 0 && !backlog;
    }

    boolean mayBegin(Instant now) {
        return waiting.size() > 0 && underWay < window && !rests(now);
    }

    /** Somebody answered; true when nobody had before. */
    boolean answered(int widest) {
        boolean recovered = failures > 0;
        trusted = true;
        strikes = 0;
        failures = 0;
        restsUntil = null;
        window = Math.min(widest, window * 2);
        return recovered;
    }

    /** Nobody answered; true when the destination rests from now on. */
    boolean unanswered(Instant now, Retries retries) {
        if (rests(now)) {
            return false;
        }
        strikes++;
        if (trusted && strikes < STRIKES) {
            window = Math.max(1, window / 2);
            return false;
        }
        failures++;
        rest(failures, retries.next(now, failures));
        return true;
    }

    /** Takes over what the database knows. */
    void rest(int failuresInARow, @Nullable Instant until) {
        failures = failuresInARow;
        restsUntil = until;
        trusted = false;
        window = 1;
        strikes = 0;
    }
}
