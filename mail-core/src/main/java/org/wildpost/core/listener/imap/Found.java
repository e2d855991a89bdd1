// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/**
 * The answer to a {@link SearchQuery}; the columns have one entry per message, those that were not asked for are empty.
 *
 * @param uids    in the order that was asked for
 * @param modSeqs modification sequences
 * @param scores  relevancy from 1 to 100 (RFC 6203 §4)
 */
public record Found(long[] uids, long[] modSeqs, int[] scores) {
    /** Nothing. */
    public static final Found NONE = new Found(new long[0], new long[0], new int[0]);
}
