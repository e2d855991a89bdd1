// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.time.Duration;

/**
 * A moment of this machine's monotonic clock.
 *
 * @param nanos as {@link System#nanoTime} counts
 */
public record Deadline(long nanos) {
    /** So long from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** What is left; negative when it has passed. */
    public Duration left() {
        return Duration.ofNanos(nanos - System.nanoTime());
    }

    /** Whether it has passed. */
    public boolean passed() {
        return System.nanoTime() - nanos > 0;
    }

    /** The sooner of two. */
    Deadline or(Deadline other) {
        return nanos - other.nanos < 0 ? this : other;
    }
}
