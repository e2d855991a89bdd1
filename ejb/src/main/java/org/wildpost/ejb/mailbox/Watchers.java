// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.wildpost.core.listener.imap.Watch;

/** Who wants to hear of what, and of everything. Safe for all threads. */
final class Watchers<K> {
    private static final Logger LOG = System.getLogger(Watchers.class.getName());

    private final Map<K, Set<Subscription<K>>> watchers = new ConcurrentHashMap<>();
    private final Set<Subscription<K>> everywhere = ConcurrentHashMap.newKeySet();

    /** One watcher's subscription; its own identity, for a watcher may subscribe twice. */
    private static final class Subscription<K> {
        final Consumer<K> watcher;

        Subscription(Consumer<K> watcher) {
            this.watcher = watcher;
        }
    }

    /** Subscribes to one until the watch is closed. */
    Watch watch(K key, Consumer<K> watcher) {
        Subscription<K> subscription = new Subscription<>(watcher);
        watchers.compute(key, (same, set) -> {
            Set<Subscription<K>> watching = set == null ? ConcurrentHashMap.newKeySet() : set;
            watching.add(subscription);
            return watching;
        });
        return () -> watchers.computeIfPresent(key, (same, set) -> {
            set.remove(subscription);
            return set.isEmpty() ? null : set;
        });
    }

    /** Subscribes to all that this node does until the watch is closed. */
    Watch watchAll(Consumer<K> watcher) {
        Subscription<K> subscription = new Subscription<>(watcher);
        everywhere.add(subscription);
        return () -> everywhere.remove(subscription);
    }

    /** What somebody watches now. */
    Set<K> watched() {
        return Set.copyOf(watchers.keySet());
    }

    /** This node did something. */
    void done(K key) {
        tellEverywhere(key);
        tell(key);
    }

    /** This node did something: told to those who want to hear of everything. */
    void tellEverywhere(K key) {
        tell(key, everywhere);
    }

    /** Somebody did something. */
    void tell(K key) {
        tell(key, watchers.getOrDefault(key, Set.of()));
    }

    private static <K> void tell(K key, Set<Subscription<K>> subscriptions) {
        for (Subscription<K> subscription : subscriptions) {
            try {
                subscription.watcher.accept(key);
            } catch (RuntimeException e) {
                // The change is committed: a watcher's fault is its own.
                LOG.log(Level.WARNING, "a watcher of " + key + " failed", e);
            }
        }
    }
}
