// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * UIDs as ranges that ascend and do not touch; many UIDs of old clients are few ranges.
 *
 * @param first the lower ends
 * @param last  the upper ends, at the same index
 */
record UidRanges(long[] first, long[] last) {
    /** Ranges in one line at most, so that no line becomes much longer than 8,192 octets (RFC 7162 §4). */
    private static final int LINE = 500;

    /** The UIDs of a set, {@code *} standing for one of them. */
    static UidRanges of(SequenceSet set, long star) {
        long[][] ranges = IntStream.range(0, set.ranges())
                .mapToObj(r -> range(set.first()[r], set.last()[r], star))
                .sorted(Comparator.comparingLong(range -> range[0]))
                .toArray(long[][]::new);
        Builder builder = new Builder();
        for (long[] range : ranges) {
            builder.add(range[0], range[1]);
        }
        return builder.build();
    }

    private static long[] range(long first, long last, long star) {
        long a = first == SequenceSet.STAR ? star : first;
        long b = last == SequenceSet.STAR ? star : last;
        return new long[] {Math.min(a, b), Math.max(a, b)};
    }

    /** UIDs that ascend. */
    static UidRanges of(long[] uids) {
        Builder builder = new Builder();
        for (long uid : uids) {
            builder.add(uid, uid);
        }
        return builder.build();
    }

    /** All from one UID up to another; none when that is smaller. */
    static UidRanges between(long from, long to) {
        return from > to ? new UidRanges(new long[0], new long[0]) : new UidRanges(new long[] {from}, new long[] {to});
    }

    boolean isEmpty() {
        return first.length == 0;
    }

    boolean contains(long uid) {
        int i = Arrays.binarySearch(first, uid);
        int range = i >= 0 ? i : -i - 2;
        return range >= 0 && uid <= last[range];
    }

    /** The UIDs that are in both. */
    UidRanges and(UidRanges other) {
        Builder builder = new Builder();
        int i = 0;
        int j = 0;
        while (i < first.length && j < other.first.length) {
            long from = Math.max(first[i], other.first[j]);
            long to = Math.min(last[i], other.last[j]);
            if (from <= to) {
                builder.add(from, to);
            }
            if (last[i] < other.last[j]) {
                i++;
            } else {
                j++;
            }
        }
        return builder.build();
    }

    /** The UIDs here without those, which ascend. */
    UidRanges without(long[] uids) {
        Builder builder = new Builder();
        int next = 0;
        for (int r = 0; r < first.length; r++) {
            long from = first[r];
            while (next < uids.length && uids[next] <= last[r]) {
                if (uids[next] >= from) {
                    if (from < uids[next]) {
                        builder.add(from, uids[next] - 1);
                    }
                    from = uids[next] + 1;
                }
                next++;
            }
            if (from <= last[r]) {
                builder.add(from, last[r]);
            }
        }
        return builder.build();
    }

    /** As uid-sets of a few thousand octets each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < first.length; from += LINE) {
            StringBuilder line = new StringBuilder();
            for (int r = from; r < Math.min(from + LINE, first.length); r++) {
                line.append(r == from ? "" : ",").append(first[r]);
                if (last[r] > first[r]) {
                    line.append(':').append(last[r]);
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static final class Builder {
        private long[] first = new long[16];
        private long[] last = new long[16];
        private int size;

        /** Ranges come in ascending order of their lower ends. */
        void add(long from, long to) {
            if (size > 0 && from <= last[size - 1] + 1) {
                last[size - 1] = Math.max(last[size - 1], to);
                return;
            }
            if (size == first.length) {
                first = Arrays.copyOf(first, size * 2);
                last = Arrays.copyOf(last, size * 2);
            }
            first[size] = from;
            last[size++] = to;
        }

        UidRanges build() {
            return new UidRanges(Arrays.copyOf(first, size), Arrays.copyOf(last, size));
        }
    }
}
