// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gives what is urgent first (RFC 6710), and of the same urgency one of each account in turn. For one thread at a time. */
final class FairQueue<T> {
    private final TreeMap<Integer, LinkedHashMap<Long, ArrayDeque<T>>> byUrgency = new TreeMap<>();
    private int size;

    void add(int urgency, long account, T element) {
        byUrgency
                .computeIfAbsent(urgency, _ -> new LinkedHashMap<>())
                .computeIfAbsent(account, _ -> new ArrayDeque<>())
                .add(element);
        size++;
    }

    /** The next one; null when there is none. */
    @Nullable
    T poll() {
        Map.Entry<Integer, LinkedHashMap<Long, ArrayDeque<T>>> urgent = byUrgency.firstEntry();
        if (urgent == null) {
            return null;
        }
        LinkedHashMap<Long, ArrayDeque<T>> accounts = urgent.getValue();
        Map.Entry<Long, ArrayDeque<T>> turn = accounts.pollFirstEntry();
        T element = turn.getValue().poll();
        if (!turn.getValue().isEmpty()) {
            accounts.putLast(turn.getKey(), turn.getValue());
        }
        if (accounts.isEmpty()) {
            byUrgency.remove(urgent.getKey());
        }
        size--;
        return element;
    }

    int size() {
        return size;
    }

    /** How many an account has. */
    int size(long account) {
        int sum = 0;
        for (LinkedHashMap<Long, ArrayDeque<T>> accounts : byUrgency.values()) {
            ArrayDeque<T> own = accounts.get(account);
            sum += own == null ? 0 : own.size();
        }
        return sum;
    }

    /** Takes those out that are meant; the others keep their turn. */
    List<T> remove(Predicate<T> meant) {
        List<T> removed = new ArrayList<>();
        for (LinkedHashMap<Long, ArrayDeque<T>> accounts : byUrgency.values()) {
            for (ArrayDeque<T> own : accounts.values()) {
                own.stream().filter(meant).forEach(removed::add);
                own.removeIf(meant);
            }
            accounts.values().removeIf(ArrayDeque::isEmpty);
        }
        byUrgency.values().removeIf(LinkedHashMap::isEmpty);
        size -= removed.size();
        return removed;
    }

    /** Takes all out. */
    List<T> clear() {
        List<T> all = new ArrayList<>(size);
        for (T element = poll(); element != null; element = poll()) {
            all.add(element);
        }
        return all;
    }
}
