// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Arrays;

/**
 * partial-range: a part of a result, counted from 1 at its beginning or, where the ends have a minus, from 1 at its end (RFC 5267 §4.4, RFC 9394 §3.1).
 *
 * @param first as the client wrote it, without the minus
 * @param last  likewise; may be the lower one
 */
record PartialRange(boolean fromEnd, long first, long last) {
    /** Either end may come first; what is nearer to the counted end is told first. */
    PartialRange {
        long low = Math.min(first, last);
        last = Math.max(first, last);
        first = low;
    }

    /** Reads partial-range = partial-range-first / partial-range-last (RFC 9394 §4). */
    static PartialRange read(Cursor in) throws ImapParseException {
        boolean fromEnd = in.accept('-');
        long first = in.positive();
        in.expect(':');
        if (in.accept('-') != fromEnd) {
            throw in.error("both ends of a range have a minus, or none");
        }
        return new PartialRange(fromEnd, first, in.positive());
    }

    /** The index of the first of so many results that lies in the range. */
    int from(int results) {
        return (int) (fromEnd ? Math.max(0, results - last) : Math.min(results, first - 1));
    }

    /** The index behind the last one; that of the first when there is none. */
    int to(int results) {
        return Math.max(from(results), (int) (fromEnd ? results - first + 1 : Math.min(results, last)));
    }

    /** The results that lie in the range. */
    long[] of(long[] results) {
        return Arrays.copyOfRange(results, from(results.length), to(results.length));
    }

    @Override
    public String toString() {
        String sign = fromEnd ? "-" : "";
        return sign + first + ":" + sign + last;
    }
}
