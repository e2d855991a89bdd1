// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Optional;

/**
 * A sequence-set (RFC 9051 §9): ranges of sequence numbers or of UIDs, which of the two the command says. {@link #STAR} stands for {@code *}.
 *
 * @param first the lower ends
 * @param last  the upper ends, at the same index
 */
record SequenceSet(long[] first, long[] last) {
    /** The greatest number in use. */
    static final long STAR = Long.MAX_VALUE;

    /** {@code $}: the result that was saved (RFC 5182 §3). */
    static final SequenceSet SAVED = new SequenceSet(new long[0], new long[0]);

    /** All that there are. */
    static final SequenceSet ALL = new SequenceSet(new long[] {1}, new long[] {STAR});

    boolean isSaved() {
        return first.length == 0;
    }

    int ranges() {
        return first.length;
    }

    /** Whether the greatest number in use is named. */
    boolean hasStar() {
        for (int r = 0; r < first.length; r++) {
            if (first[r] == STAR || last[r] == STAR) {
                return true;
            }
        }
        return false;
    }

    /** The numbers of a set without {@link #STAR} one by one; empty when they do not ascend strictly, or are more than allowed. */
    Optional<long[]> ascending(int max) {
        long count = 0;
        long greatest = 0;
        for (int r = 0; r < first.length; r++) {
            if (first[r] <= greatest) {
                return Optional.empty();
            }
            greatest = last[r];
            count += last[r] - first[r] + 1;
        }
        if (count > max) {
            return Optional.empty();
        }
        long[] numbers = new long[(int) count];
        int at = 0;
        for (int r = 0; r < first.length; r++) {
            for (long number = first[r]; number <= last[r]; number++) {
                numbers[at++] = number;
            }
        }
        return Optional.of(numbers);
    }

    /** Writes UIDs as a set: neighbours joined to ranges, the order kept (RFC 4315 §3). */
    static String format(long[] uids) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < uids.length) {
            int end = i;
            while (end + 1 < uids.length && uids[end + 1] == uids[end] + 1) {
                end++;
            }
            if (i > 0) {
                out.append(',');
            }
            out.append(uids[i]);
            if (end > i) {
                out.append(':').append(uids[end]);
            }
            i = end + 1;
        }
        return out.toString();
    }
}
