// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.acl;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** UIDs of messages, in which neighbours take no room. Immutable. */
public final class SeenUids {
    /** No UID at all. */
    public static final SeenUids NONE = new SeenUids(new long[0]);

    /** The first of a span and what comes behind its last by turns, ascending. */
    private final long[] bounds;

    private SeenUids(long[] bounds) {
        this.bounds = bounds;
    }

    /** Reads what PostgreSQL writes for an {@code int8multirange}; nothing for null. */
    static SeenUids parse(@Nullable String spans) {
        if (spans == null || spans.length() <= 2) {
            return NONE;
        }
        // {[1,3),[7,8)}
        return new SeenUids(Arrays.stream(spans.substring(1, spans.length() - 1).split(","))
                .mapToLong(bound -> Long.parseLong(
                        bound.startsWith("[") ? bound.substring(1) : bound.substring(0, bound.length() - 1)))
                .toArray());
    }

    /** How many UIDs there are. */
    public long count() {
        long count = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            count += bounds[i + 1] - bounds[i];
        }
        return count;
    }

    /** What this takes in memory, in octets. */
    public int weight() {
        return bounds.length * Long.BYTES;
    }

    /** These and others. */
    SeenUids plus(SeenUids others) {
        return combined(others, (these, those) -> these || those);
    }

    /** These without others. */
    SeenUids minus(SeenUids others) {
        return combined(others, (these, those) -> these && !those);
    }

    private interface Choice {
        boolean isIn(boolean these, boolean those);
    }

    /** Goes along the bounds of both. */
    private SeenUids combined(SeenUids others, Choice choice) {
        long[] found = new long[bounds.length + others.bounds.length];
        int size = 0;
        int here = 0;
        int there = 0;
        while (here < bounds.length || there < others.bounds.length) {
            long at = Math.min(bound(here), others.bound(there));
            here += bound(here) == at ? 1 : 0;
            there += others.bound(there) == at ? 1 : 0;
            // An odd number of bounds is behind whoever is within a span.
            if (choice.isIn(here % 2 == 1, there % 2 == 1) != (size % 2 == 1)) {
                found[size++] = at;
            }
        }
        return new SeenUids(Arrays.copyOf(found, size));
    }

    private long bound(int index) {
        return index < bounds.length ? bounds[index] : Long.MAX_VALUE;
    }
}
