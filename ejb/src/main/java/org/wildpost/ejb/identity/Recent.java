// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A map that forgets what was touched longest ago when it is full, so that strangers cannot fill the heap. Safe for all threads. */
public final class Recent<K, V> {
    private final Map<K, V> entries;

    /** @param most entries that are kept */
    public Recent(int most) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** The value, which is touched by that. */
    public synchronized @Nullable V get(K key) {
        return entries.get(key);
    }

    /** Sets a value. */
    public synchronized void put(K key, V value) {
        entries.put(key, value);
    }

    /** Forgets a value. */
    public synchronized void remove(K key) {
        entries.remove(key);
    }

    /** Replaces the value by what comes of it, or of the first value when there is none. */
    public synchronized V update(K key, V first, UnaryOperator<V> change) {
        V old = entries.get(key);
        V now = change.apply(old == null ? first : old);
        entries.put(key, now);
        return now;
    }

    /** How many there are. */
    public synchronized int size() {
        return entries.size();
    }
}
