// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.wildpost.core.message.Flags;

/**
 * The messages of a mailbox as of one modification sequence, consistent in itself: UID, flags, keywords and MODSEQ of each, at indexes from 0 on in
 * ascending order of UID. Immutable and for all threads: the sessions of a node share one, and a newer one shares with it all blocks that did not
 * change. Costs 16 octets for each message.
 */
public final class MailboxSnapshot {
    private final SnapshotBlock[] blocks;
    private final int[] starts;
    private final KeywordSets keywords;
    private final long uidNext;
    private final long highestModSeq;

    MailboxSnapshot(SnapshotBlock[] blocks, KeywordSets keywords, long uidNext, long highestModSeq) {
        this.blocks = blocks;
        this.keywords = keywords;
        this.uidNext = uidNext;
        this.highestModSeq = highestModSeq;
        this.starts = new int[blocks.length + 1];
        for (int b = 0; b < blocks.length; b++) {
            starts[b + 1] = starts[b] + blocks[b].size();
        }
    }

    /** How many messages. */
    public int size() {
        return starts[blocks.length];
    }

    /** The UID that the next message will have at least. */
    public long uidNext() {
        return uidNext;
    }

    /** The modification sequence of this state (RFC 7162 §3.1.2.1). */
    public long highestModSeq() {
        return highestModSeq;
    }

    public long uid(int index) {
        int b = block(index);
        return blocks[b].uid(index - starts[b]);
    }

    /** The mask of {@link org.wildpost.core.message.SystemFlag} bits. */
    public int systemFlags(int index) {
        return word(index) & SnapshotBlock.SYSTEM_MASK;
    }

    /** The keywords; the same instance for the same keywords. */
    public List<String> keywords(int index) {
        return keywords.set(word(index) >>> SnapshotBlock.SYSTEM_BITS);
    }

    public Flags flags(int index) {
        return new Flags(systemFlags(index), keywords(index));
    }

    public long modSeq(int index) {
        int b = block(index);
        return blocks[b].modSeqs()[index - starts[b]];
    }

    /** The index of a UID; when it is not here, the index where it would be, negated, less one. */
    public int indexOf(long uid) {
        int low = 0;
        int high = blocks.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blocks[middle].lastUid() < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (blocks.length == 0) {
            return -1;
        }
        int i = blocks[low].indexOf(uid);
        return i < 0 ? i - starts[low] : i + starts[low];
    }

    /** The index of the first message with this UID or a greater one; the size when there is none. */
    public int firstNotBelow(long uid) {
        int i = indexOf(uid);
        return i < 0 ? -i - 1 : i;
    }

    /** The index of the first message without a system flag, -1 when there is none. */
    public int firstWithout(int systemFlag) {
        for (int b = 0; b < blocks.length; b++) {
            int[] words = blocks[b].flags();
            for (int i = 0; i < words.length; i++) {
                if ((words[i] & systemFlag) == 0) {
                    return starts[b] + i;
                }
            }
        }
        return -1;
    }

    /** All UIDs, ascending. */
    public long[] uids() {
        long[] all = new long[size()];
        copyUids(0, all.length, all, 0);
        return all;
    }

    /** Copies the UIDs from one index up to another. */
    public void copyUids(int from, int to, long[] target, int at) {
        int index = from;
        int b = from < to ? block(from) : 0;
        while (index < to) {
            int end = Math.min(to, starts[b + 1]);
            for (; index < end; index++) {
                target[at + index - from] = blocks[b].uid(index - starts[b]);
            }
            b++;
        }
    }

    /** All keywords that messages have, or had not long ago; each once whatever its case. */
    public Set<String> knownKeywords() {
        return keywords.names();
    }

    /** How many different sets of keywords this remembers; those that no message has any more are forgotten by reading the mailbox anew. */
    public int keywordSets() {
        return keywords.count();
    }

    /**
     * The state after some changes.
     *
     * @param changes what happened since {@link #highestModSeq()}, or less: what is not told stays as it is
     */
    public MailboxSnapshot with(Changes changes) {
        return new SnapshotEdit(this).apply(changes);
    }

    /** What is different here from an earlier state. */
    public SnapshotDifference since(MailboxSnapshot earlier) {
        return SnapshotDifference.between(earlier, this);
    }

    SnapshotBlock[] blocks() {
        return blocks.clone();
    }

    int start(int block) {
        return starts[block];
    }

    KeywordSets sets() {
        return keywords;
    }

    private int word(int index) {
        int b = block(index);
        return blocks[b].flags()[index - starts[b]];
    }

    /** The block of a message. */
    int block(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(index);
        }
        int i = Arrays.binarySearch(starts, index);
        return i < 0 ? -i - 2 : i;
    }
}
