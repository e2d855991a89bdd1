// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** When to try again (RFC 5321 §4.5.4.1). Safe for all threads. */
final class Retries {
    /** By how much a wait is longer or shorter by chance, in percent, so that what failed together does not come back together. */
    static final int JITTER_PERCENT = 10;

    private final List<Duration> waits;
    private final RandomGenerator chance;

    /**
     * @param waits after the first, second, ... try; the last one for all that follow
     */
    Retries(List<Duration> waits, RandomGenerator chance) {
        this.waits = List.copyOf(waits);
        this.chance = chance;
    }

    /**
     * The moment of the next try.
     *
     * @param tries how many there were, at least 1
     */
    Instant next(Instant now, int tries) {
        return now.plus(jittered(waits.get(Math.min(Math.max(tries, 1), waits.size()) - 1)));
    }

    /** Milliseconds after the first, second, ... failure. */
    long[] millis() {
        return waits.stream().mapToLong(wait -> jittered(wait).toMillis()).toArray();
    }

    private Duration jittered(Duration wait) {
        long percent = 100L + chance.nextInt(-JITTER_PERCENT, JITTER_PERCENT + 1);
        return wait.multipliedBy(percent).dividedBy(100);
    }
}
