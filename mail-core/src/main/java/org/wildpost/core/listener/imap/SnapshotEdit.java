// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes the next state of a mailbox of an earlier one: only blocks that change are copied. For one thread, for one change. */
final class SnapshotEdit {
    /** Blocks filled to less than this part are packed anew: many removals leave many small ones. */
    private static final int SPARSE = 4;

    private final MailboxSnapshot before;
    private final SnapshotBlock[] blocks;
    private final boolean[] ours;
    private final int[] removed;
    private KeywordSets keywords;

    SnapshotEdit(MailboxSnapshot before) {
        this.before = before;
        this.blocks = before.blocks();
        this.ours = new boolean[blocks.length];
        this.removed = new int[blocks.length];
        this.keywords = before.sets();
    }

    MailboxSnapshot apply(Changes changes) {
        learnKeywords(changes.changed());
        List<Changes.Changed> added = new ArrayList<>();
        long last = blocks.length == 0 ? 0 : blocks[blocks.length - 1].lastUid();
        for (Changes.Changed message : changes.changed()) {
            if (message.uid() > last) {
                added.add(message);
            } else {
                change(message);
            }
        }
        for (long uid : changes.expunged()) {
            mark(uid);
        }
        List<SnapshotBlock> next = packed(kept());
        append(next, added, changes.expunged());
        return new MailboxSnapshot(
                next.toArray(SnapshotBlock[]::new),
                keywords,
                Math.max(before.uidNext(), changes.uidNext()),
                changes.highestModSeq());
    }

    private void learnKeywords(List<Changes.Changed> changed) {
        Set<List<String>> unknown = new LinkedHashSet<>();
        for (Changes.Changed message : changed) {
            if (keywords.number(message.flags().keywords()) < 0) {
                unknown.add(message.flags().keywords());
            }
        }
        if (!unknown.isEmpty()) {
            keywords = keywords.with(List.copyOf(unknown));
        }
    }

    private int word(Changes.Changed message) {
        return message.flags().system() & SnapshotBlock.SYSTEM_MASK
                | keywords.number(message.flags().keywords()) << SnapshotBlock.SYSTEM_BITS;
    }

    private void change(Changes.Changed message) {
        int index = before.indexOf(message.uid());
        if (index < 0) {
            return;
        }
        int b = before.block(index);
        if (!ours[b]) {
            blocks[b] = blocks[b].copy();
            ours[b] = true;
        }
        int i = index - before.start(b);
        blocks[b].flags()[i] = word(message);
        blocks[b].modSeqs()[i] = message.modSeq();
    }

    /** A message that goes has the UID 0 for the moment. */
    private void mark(long uid) {
        int index = before.indexOf(uid);
        if (index < 0) {
            return;
        }
        int b = before.block(index);
        if (!ours[b]) {
            blocks[b] = blocks[b].copy();
            ours[b] = true;
        }
        int i = index - before.start(b);
        if (blocks[b].uids()[i] != 0) {
            blocks[b].uids()[i] = 0;
            removed[b]++;
        }
    }

    private List<SnapshotBlock> kept() {
        List<SnapshotBlock> kept = new ArrayList<>(blocks.length + 1);
        for (int b = 0; b < blocks.length; b++) {
            if (removed[b] == 0) {
                kept.add(blocks[b]);
            } else if (removed[b] < blocks[b].size()) {
                kept.add(without(blocks[b], blocks[b].size() - removed[b]));
            }
        }
        return kept;
    }

    private static SnapshotBlock without(SnapshotBlock marked, int size) {
        int[] uids = new int[size];
        int[] flags = new int[size];
        long[] modSeqs = new long[size];
        int to = 0;
        for (int i = 0; i < marked.size(); i++) {
            if (marked.uids()[i] != 0) {
                uids[to] = marked.uids()[i];
                flags[to] = marked.flags()[i];
                modSeqs[to++] = marked.modSeqs()[i];
            }
        }
        return new SnapshotBlock(uids, flags, modSeqs);
    }

    private static List<SnapshotBlock> packed(List<SnapshotBlock> some) {
        long messages = some.stream().mapToLong(SnapshotBlock::size).sum();
        if (some.size() <= 1 + SPARSE * (messages / SnapshotBlock.MAX + 1)) {
            return some;
        }
        List<SnapshotBlock> packed = new ArrayList<>();
        for (SnapshotBlock block : some) {
            extend(packed, block);
        }
        return packed;
    }

    private void append(List<SnapshotBlock> next, List<Changes.Changed> added, long[] gone) {
        int[] uids = new int[added.size()];
        int[] flags = new int[added.size()];
        long[] modSeqs = new long[added.size()];
        int size = 0;
        for (Changes.Changed message : added) {
            if (Arrays.binarySearch(gone, message.uid()) < 0) {
                uids[size] = (int) message.uid();
                flags[size] = word(message);
                modSeqs[size++] = message.modSeq();
            }
        }
        for (int from = 0; from < size; from += SnapshotBlock.MAX) {
            int to = Math.min(size, from + SnapshotBlock.MAX);
            extend(next, new SnapshotBlock(uids, flags, modSeqs).part(from, to));
        }
    }

    /** Adds messages at the end, filling the last block first. */
    private static void extend(List<SnapshotBlock> blocks, SnapshotBlock more) {
        int room = blocks.isEmpty() ? 0 : SnapshotBlock.MAX - blocks.getLast().size();
        int taken = Math.min(room, more.size());
        if (taken > 0) {
            blocks.set(blocks.size() - 1, joined(blocks.getLast(), more.part(0, taken)));
        }
        if (taken < more.size()) {
            blocks.add(taken == 0 ? more : more.part(taken, more.size()));
        }
    }

    private static SnapshotBlock joined(SnapshotBlock first, SnapshotBlock second) {
        int size = first.size() + second.size();
        int[] uids = Arrays.copyOf(first.uids(), size);
        int[] flags = Arrays.copyOf(first.flags(), size);
        long[] modSeqs = Arrays.copyOf(first.modSeqs(), size);
        System.arraycopy(second.uids(), 0, uids, first.size(), second.size());
        System.arraycopy(second.flags(), 0, flags, first.size(), second.size());
        System.arraycopy(second.modSeqs(), 0, modSeqs, first.size(), second.size());
        return new SnapshotBlock(uids, flags, modSeqs);
    }
}
