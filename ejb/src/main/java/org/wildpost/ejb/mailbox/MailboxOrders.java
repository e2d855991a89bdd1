// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.wildpost.core.sort.SortCriterion;
import org.wildpost.core.thread.ThreadAlgorithm;
import org.wildpost.core.thread.ThreadForest;

/**
 * Threads and orders of all messages of a mailbox, worked out once: they are the same as long as no message comes, goes or is known better, whatever
 * its flags are. Nobody changes what is handed out. Safe for all threads.
 */
final class MailboxOrders {
    /** Orders that are kept; a client that asks for more kinds gets these worked out each time. */
    static final int MOST_SORTS = 4;

    /** What an entry takes beside its numbers, in octets, near enough. */
    private static final int OVERHEAD = 128;

    private final Map<ThreadAlgorithm, ThreadForest> threads = new ConcurrentHashMap<>();
    private final Map<List<SortCriterion>, int[]> sorts = new ConcurrentHashMap<>();

    /** The threads of all messages. */
    ThreadForest threads(ThreadAlgorithm algorithm, Supplier<ThreadForest> working) {
        ThreadForest known = threads.get(algorithm);
        if (known == null) {
            known = working.get();
            threads.put(algorithm, known);
        }
        return known;
    }

    /** The indexes of all messages in an order that only their summaries decide. */
    int[] sorted(List<SortCriterion> order, Supplier<int[]> working) {
        int[] known = sorts.get(order);
        if (known == null) {
            known = working.get();
            if (sorts.size() < MOST_SORTS) {
                sorts.put(List.copyOf(order), known);
            }
        }
        return known;
    }

    /** Memory in octets, near enough. */
    long weight() {
        long weight = 0;
        for (ThreadForest forest : threads.values()) {
            weight += OVERHEAD + (long) forest.uids().length * (Long.BYTES + Integer.BYTES);
        }
        for (int[] sort : sorts.values()) {
            weight += OVERHEAD + (long) sort.length * Integer.BYTES;
        }
        return weight;
    }
}
