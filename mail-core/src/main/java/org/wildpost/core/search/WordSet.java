// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Different words as far as there is room for them. For one thread. */
final class WordSet {
    /** Octets that a word costs besides its own: whose it is, and where it stands. */
    private static final int EACH = 16;

    private final Set<String> words = new LinkedHashSet<>();
    private int room;
    private boolean whole = true;

    /** @param room octets that the words may have together, in UTF-8, each with 16 more */
    WordSet(int room) {
        this.room = room;
    }

    void add(String word) {
        if (!whole || words.contains(word)) {
            return;
        }
        int cost = octets(word) + EACH;
        if (cost > room) {
            whole = false;
        } else {
            room -= cost;
            words.add(word);
        }
    }

    /** Whether there was room for all. */
    boolean isWhole() {
        return whole;
    }

    Set<String> words() {
        return Collections.unmodifiableSet(words);
    }

    private static int octets(String word) {
        int octets = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            // Each half of a pair is two of the four octets.
            octets += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return octets;
    }
}
