// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.wildpost.core.id.MailboxId;

/**
 * Answers to FETCH as they were written, of those items that are the same as long as the message exists: a UID never stands for another message
 * (RFC 9051 §2.3.1.1), so nothing here becomes wrong. Clients ask for the same columns of a list again and again, and from here an answer costs no question.
 * What is dropped when there is no room is chosen by chance: whoever reads through a mailbox greater than the cache still finds a share of it. Safe for all
 * threads.
 */
final class AnswerCache {
    /** Neighbouring UIDs whose answers are kept together. */
    static final int BLOCK_BITS = 9;

    /** Octets of one answer that are kept; a greater one is made anew each time. */
    static final int LONGEST = 4 * 1024;

    /** What a block takes besides its answers, about. */
    private static final int OVERHEAD = 256;

    private final long capacity;
    private final RandomGenerator random;
    private final Map<Key, Block> blocks = new ConcurrentHashMap<>();
    private final List<Key> keys = new ArrayList<>();
    private final Map<Key, Integer> places = new HashMap<>();
    private long octets;

    /**
     * @param item what is answered
     * @param mode what the client enabled, for it may be answered differently
     * @param number the UIDs in question, without their last {@link #BLOCK_BITS} bits
     */
    record Key(MailboxId mailbox, String item, Set<Extension> mode, long number) {}

    /**
     * Answers to one item.
     *
     * @param uids   ascending
     * @param ends   where the answer ends that begins where the one before ended, at the index of its UID
     * @param octets all answers
     */
    record Block(long[] uids, int[] ends, byte[] octets) {
        int start(int index) {
            return index == 0 ? 0 : ends[index - 1];
        }

        int length(int index) {
            return ends[index] - start(index);
        }

        private long weight() {
            return OVERHEAD + (long) uids.length * (Long.BYTES + Integer.BYTES) + octets.length;
        }
    }

    /**
     * @param capacity octets that may be kept; 0 keeps nothing
     */
    AnswerCache(long capacity, RandomGenerator random) {
        this.capacity = capacity;
        this.random = random;
    }

    /** Whether anything is ever kept. */
    boolean isOn() {
        return capacity > 0;
    }

    Optional<Block> find(Key key) {
        return Optional.ofNullable(blocks.get(key));
    }

    /** Keeps a block, in place of the one with this key. */
    synchronized void keep(Key key, Block block) {
        if (block.weight() > capacity) {
            return;
        }
        Block before = blocks.put(key, block);
        octets += block.weight() - (before == null ? 0 : before.weight());
        if (before == null) {
            places.put(key, keys.size());
            keys.add(key);
        }
        while (octets > capacity) {
            drop(keys.get(random.nextInt(keys.size())), key);
        }
    }

    /** Octets that are kept now. */
    synchronized long octets() {
        return octets;
    }

    private void drop(Key chosen, Key spared) {
        if (chosen.equals(spared)) {
            return;
        }
        Block gone = blocks.remove(chosen);
        Integer place = places.remove(chosen);
        if (gone == null || place == null) {
            throw new IllegalStateException("the books of the cache do not agree");
        }
        octets -= gone.weight();
        Key last = keys.removeLast();
        if (!last.equals(chosen)) {
            keys.set(place, last);
            places.put(last, place);
        }
    }
}
