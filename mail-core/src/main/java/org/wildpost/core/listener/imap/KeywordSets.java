// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The different sets of keywords in a mailbox, each with a number, so that a message carries the number alone. 0 is no keyword. Immutable. */
final class KeywordSets {
    static final KeywordSets NONE = new KeywordSets(List.of(List.of()), Map.of(List.of(), 0), Collections.emptySet());

    private final List<List<String>> sets;
    private final Map<List<String>, Integer> numbers;
    private final Set<String> names;

    private KeywordSets(List<List<String>> sets, Map<List<String>, Integer> numbers, Set<String> names) {
        this.sets = sets;
        this.numbers = numbers;
        this.names = names;
    }

    int count() {
        return sets.size();
    }

    List<String> set(int number) {
        return sets.get(number);
    }

    /** The number of a set, -1 when it is not here. */
    int number(List<String> keywords) {
        return keywords.isEmpty() ? 0 : numbers.getOrDefault(keywords, -1);
    }

    /** All keywords, each once whatever its case. */
    Set<String> names() {
        return names;
    }

    /** These sets and some more; the numbers of these stay. */
    KeywordSets with(List<List<String>> more) {
        List<List<String>> allSets = new ArrayList<>(sets);
        Map<List<String>, Integer> allNumbers = new HashMap<>(numbers);
        TreeSet<String> allNames = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        allNames.addAll(names);
        for (List<String> keywords : more) {
            List<String> set = List.copyOf(keywords);
            if (allNumbers.putIfAbsent(set, allSets.size()) == null) {
                allSets.add(set);
                allNames.addAll(set);
            }
        }
        return new KeywordSets(
                Collections.unmodifiableList(allSets), allNumbers, Collections.unmodifiableSet(allNames));
    }
}
