// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.Arrays;

/** Some neighbouring messages of a {@link MailboxSnapshot}, ascending by UID; never empty, never changed once a snapshot has it. */
final class SnapshotBlock {
    /** Messages of a block at most. */
    static final int MAX = 1024;

    static final int SYSTEM_BITS = 8;
    static final int SYSTEM_MASK = (1 << SYSTEM_BITS) - 1;

    private final int[] uids;
    private final int[] flags;
    private final long[] modSeqs;

    /**
     * Takes the arrays over, which have one entry for each message.
     *
     * @param uids    UIDs as unsigned 32-bit numbers
     * @param flags   the mask of system flags in the lowest {@value #SYSTEM_BITS} bits, above them the number of the keyword set
     * @param modSeqs modification sequences
     */
    SnapshotBlock(int[] uids, int[] flags, long[] modSeqs) {
        this.uids = uids;
        this.flags = flags;
        this.modSeqs = modSeqs;
    }

    int[] uids() {
        return uids;
    }

    int[] flags() {
        return flags;
    }

    long[] modSeqs() {
        return modSeqs;
    }

    int size() {
        return uids.length;
    }

    long uid(int i) {
        return Integer.toUnsignedLong(uids[i]);
    }

    long lastUid() {
        return uid(uids.length - 1);
    }

    /** As {@link Arrays#binarySearch(long[], long)}. */
    int indexOf(long uid) {
        int low = 0;
        int high = uids.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long there = uid(middle);
            if (there == uid) {
                return middle;
            }
            if (there < uid) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    SnapshotBlock copy() {
        return new SnapshotBlock(uids.clone(), flags.clone(), modSeqs.clone());
    }

    /** Messages from one index up to another. */
    SnapshotBlock part(int from, int to) {
        return new SnapshotBlock(
                Arrays.copyOfRange(uids, from, to),
                Arrays.copyOfRange(flags, from, to),
                Arrays.copyOfRange(modSeqs, from, to));
    }
}
