// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

/**
 * A sequence-set (RFC 9051 §9): ranges of sequence numbers or of UIDs, which of the two the command says. {@link #STAR} stands for {@code *}.
 *
 * @param first the lower ends
 * @param last  the upper ends, at the same index
 */
record SequenceSet(long[] first, long[] last) {
    /** The greatest number in use. */
    static final long STAR = Long.MAX_VALUE;

    int ranges() {
        return first.length;
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
