// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts failed logins by origin and by account and says how long the next one waits. It slows and never locks: who was in before, from the
 * same origin, does not wait at all, whatever strangers do to the account or behind the same address; everybody else waits for seconds at
 * most. A login does not clear the count of its origin, or guessers would clear it with an account of their own. Everything is bounded
 * and forgotten with time. Safe for all threads.
 */
final class LoginThrottle {
    /** Failures that cost nothing: people mistype. */
    static final int FREE = 3;

    /** The longest wait that failures of one origin bring. */
    static final Duration MOST_BY_ORIGIN = Duration.ofSeconds(10);

    /** The longest wait that failures of strangers bring to an account's owner at a new place. */
    static final Duration MOST_BY_ACCOUNT = Duration.ofSeconds(5);

    /** Failures at an account from an origin that its owner is known at, after which that origin is treated as any other. */
    static final int TRUST_ENDS = 20;

    /** Failures are forgotten after this time without a new one. */
    static final Duration FORGOTTEN = Duration.ofMinutes(15);

    /** A place is known for this time after the last login from it. */
    static final Duration KNOWN = Duration.ofDays(30);

    private static final int MOST_ENTRIES = 50_000;
    private static final Failures NONE = new Failures(0, Instant.EPOCH);

    private record Failures(int count, Instant last) {}

    /** An account as seen from one origin. */
    record Place(Origin origin, String account) {}

    private final InstantSource clock;
    private final Recent<Origin, Failures> byOrigin = new Recent<>(MOST_ENTRIES);
    private final Recent<String, Failures> byAccount = new Recent<>(MOST_ENTRIES);
    private final Recent<Place, Failures> byPlace = new Recent<>(MOST_ENTRIES);
    private final Recent<Place, Instant> known = new Recent<>(MOST_ENTRIES);

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** How long a login waits before it is looked at. */
    Duration delay(Place place) {
        if (trusted(place)) {
            return Duration.ZERO;
        }
        Duration origin = delay(count(byOrigin.get(place.origin())), MOST_BY_ORIGIN);
        Duration account = delay(count(byAccount.get(place.account())), MOST_BY_ACCOUNT);
        return origin.compareTo(account) > 0 ? origin : account;
    }

    /** Whether failures of its own make this origin wait, whatever account it asks for. */
    boolean owes(Origin origin) {
        return count(byOrigin.get(origin)) >= FREE;
    }

    /**
     * Counts a failure.
     *
     * @return how long its answer waits, when it has not waited before
     */
    Duration failed(Place place) {
        boolean trusted = trusted(place);
        int origin = add(byOrigin, place.origin());
        int here = add(byPlace, place);
        if (!trusted) {
            add(byAccount, place.account());
        }
        return delay(trusted ? here : origin, MOST_BY_ORIGIN);
    }

    /** Remembers that the owner is known at this place. */
    void succeeded(Place place) {
        known.put(place, clock.instant());
    }

    private boolean trusted(Place place) {
        Instant last = known.get(place);
        return last != null && clock.instant().isBefore(last.plus(KNOWN)) && count(byPlace.get(place)) < TRUST_ENDS;
    }

    private <K> int add(Recent<K, Failures> counts, K key) {
        Instant now = clock.instant();
        return counts.update(key, NONE, old -> new Failures(count(old) + 1, now))
                .count();
    }

    private int count(@Nullable Failures failures) {
        return failures == null || !clock.instant().isBefore(failures.last().plus(FORGOTTEN)) ? 0 : failures.count();
    }

    /** Nothing at first, then a second, doubled with each failure. */
    private static Duration delay(int failures, Duration most) {
        if (failures < FREE) {
            return Duration.ZERO;
        }
        Duration delay = Duration.ofSeconds(1L << Math.min(failures - FREE, 20));
        return delay.compareTo(most) > 0 ? most : delay;
    }
}
