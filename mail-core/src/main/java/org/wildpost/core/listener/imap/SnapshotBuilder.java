// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a {@link MailboxSnapshot} of messages that come in ascending order of UID. For one thread, for one snapshot. */
public final class SnapshotBuilder {
    private final List<SnapshotBlock> blocks = new ArrayList<>();
    private final Map<List<String>, Integer> numbers = new LinkedHashMap<>();
    private int[] uids = new int[SnapshotBlock.MAX];
    private int[] flags = new int[SnapshotBlock.MAX];
    private long[] modSeqs = new long[SnapshotBlock.MAX];
    private int size;

    /** Begins with no message. */
    public SnapshotBuilder() {
        numbers.put(List.of(), 0);
    }

    /**
     * Adds a message.
     *
     * @param systemFlags the mask of {@link org.wildpost.core.message.SystemFlag} bits
     */
    public SnapshotBuilder add(long uid, int systemFlags, List<String> keywords, long modSeq) {
        if (size == SnapshotBlock.MAX) {
            close();
        }
        int set = keywords.isEmpty() ? 0 : numbers.computeIfAbsent(keywords, same -> numbers.size());
        uids[size] = (int) uid;
        flags[size] = systemFlags & SnapshotBlock.SYSTEM_MASK | set << SnapshotBlock.SYSTEM_BITS;
        modSeqs[size] = modSeq;
        size++;
        return this;
    }

    private void close() {
        blocks.add(
                new SnapshotBlock(Arrays.copyOf(uids, size), Arrays.copyOf(flags, size), Arrays.copyOf(modSeqs, size)));
        size = 0;
    }

    /** The snapshot. */
    public MailboxSnapshot build(long uidNext, long highestModSeq) {
        if (size > 0) {
            close();
        }
        KeywordSets sets =
                numbers.size() == 1 ? KeywordSets.NONE : KeywordSets.NONE.with(List.copyOf(numbers.keySet()));
        return new MailboxSnapshot(blocks.toArray(SnapshotBlock[]::new), sets, uidNext, highestModSeq);
    }
}
