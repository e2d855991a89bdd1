// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the mailbox must hold: UIDs and flags. For one thread. */
final class WalkModel {
    final TreeMap<Long, Set<String>> messages = new TreeMap<>();
    long uidNext = 1;

    /** The kinds of STORE. */
    enum Change {
        REPLACE("FLAGS"),
        ADD("+FLAGS"),
        REMOVE("-FLAGS");

        private final String word;

        Change(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        Set<String> apply(Set<String> before, Set<String> words) {
            Set<String> after = new TreeSet<>(this == REPLACE ? Set.of() : before);
            if (this == REMOVE) {
                after.removeAll(words);
            } else {
                after.addAll(words);
            }
            return after;
        }
    }

    long append(Set<String> flags) {
        messages.put(uidNext, flags);
        return uidNext++;
    }

    /** Those of the UIDs that exist. */
    List<Long> existing(List<Long> uids) {
        List<Long> existing = new ArrayList<>(uids);
        existing.retainAll(messages.keySet());
        return existing;
    }

    void store(List<Long> uids, Change change, Set<String> words) {
        for (long uid : existing(uids)) {
            messages.computeIfPresent(uid, (same, before) -> change.apply(before, words));
        }
    }

    /** Removes what is deleted, of all that there are or among some; returns how many. */
    int expunge(Set<Long> among) {
        int before = messages.size();
        messages.entrySet()
                .removeIf(message ->
                        among.contains(message.getKey()) && message.getValue().contains("\\Deleted"));
        return before - messages.size();
    }
}
