// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

import java.util.Arrays;

/**
 * Threads in the order in which they are told: each message is followed by what answers it.
 *
 * @param uids   UIDs, {@link #DUMMY} for a message that is not there and only holds others together
 * @param depths how deep the message at the same index lies, 0 at the root
 */
public record ThreadForest(long[] uids, int[] depths) {
    /** In place of a UID. */
    public static final long DUMMY = 0;

    /** How many children each message has, at the same index. */
    public int[] children() {
        int[] children = new int[uids.length];
        int[] path = new int[uids.length + 1];
        for (int i = 0; i < uids.length; i++) {
            path[depths[i]] = i;
            if (depths[i] > 0) {
                children[path[depths[i] - 1]]++;
            }
        }
        return children;
    }

    /** Collects a forest. For one thread. */
    static final class Builder {
        private long[] uids;
        private int[] depths;
        private int size;

        Builder(int expected) {
            this.uids = new long[Math.max(16, expected)];
            this.depths = new int[uids.length];
        }

        void add(long uid, int depth) {
            if (size == uids.length) {
                uids = Arrays.copyOf(uids, size * 2);
                depths = Arrays.copyOf(depths, size * 2);
            }
            uids[size] = uid;
            depths[size] = depth;
            size++;
        }

        ThreadForest build() {
            return new ThreadForest(Arrays.copyOf(uids, size), Arrays.copyOf(depths, size));
        }
    }
}
