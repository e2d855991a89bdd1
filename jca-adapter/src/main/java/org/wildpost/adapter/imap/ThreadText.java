// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.function.LongUnaryOperator;
import org.wildpost.core.thread.ThreadForest;

/** Threads as THREAD tells them (RFC 5256 §4). */
final class ThreadText {
    private ThreadText() {}

    /**
     * thread-list, one after the other: an only child follows its parent, several are lists of their own. Depth costs no stack.
     *
     * @param number how the client counts a UID
     */
    static String of(ThreadForest forest, LongUnaryOperator number) {
        int[] children = forest.children();
        int[] depths = forest.depths();
        long[] uids = forest.uids();
        // What is open at each depth: whether a parenthesis was opened for it, and how many children its message has.
        boolean[] opened = new boolean[depths.length + 1];
        int[] siblings = new int[depths.length + 1];
        StringBuilder out = new StringBuilder(uids.length * 8);
        int depth = -1;
        for (int i = 0; i < uids.length; i++) {
            boolean first = depths[i] > depth;
            for (; depth >= depths[i]; depth--) {
                out.append(opened[depth] ? ")" : "");
            }
            depth = depths[i];
            opened[depth] = depth == 0 || siblings[depth - 1] > 1;
            siblings[depth] = children[i];
            boolean behindNumber = first && depth > 0 && uids[i - 1] != ThreadForest.DUMMY;
            out.append(behindNumber ? " " : "").append(opened[depth] ? "(" : "");
            if (uids[i] != ThreadForest.DUMMY) {
                out.append(number.applyAsLong(uids[i]));
            }
        }
        for (; depth >= 0; depth--) {
            out.append(opened[depth] ? ")" : "");
        }
        return out.toString();
    }
}
