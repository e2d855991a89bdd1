// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.mailbox;

import java.util.Arrays;

/** Writes UIDs as PostgreSQL's {@code int8multirange}, in which neighbours take no room. */
final class Spans {
    private Spans() {}

    /** The spans of UIDs in any order. */
    static String of(long[] uids) {
        long[] ascending = uids.clone();
        Arrays.sort(ascending);
        StringBuilder spans = new StringBuilder("{");
        int from = 0;
        while (from < ascending.length) {
            int to = from;
            while (to + 1 < ascending.length && ascending[to + 1] <= ascending[to] + 1) {
                to++;
            }
            spans.append(from == 0 ? "[" : ",[")
                    .append(ascending[from])
                    .append(',')
                    .append(ascending[to])
                    .append(']');
            from = to + 1;
        }
        return spans.append('}').toString();
    }
}
