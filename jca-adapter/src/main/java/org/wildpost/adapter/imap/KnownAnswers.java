// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.MailboxId;

/** What the {@link AnswerCache} has of one item for one FETCH, and what it is going to have. UIDs ascend. For one command and one thread. */
final class KnownAnswers {
    private static final AnswerCache.Block NOTHING = new AnswerCache.Block(new long[0], new int[0], new byte[0]);

    private final AnswerCache cache;
    private final MailboxId mailbox;
    private final String item;
    private final Set<Extension> mode;
    private long current = -1;
    private AnswerCache.Block block = NOTHING;

    private final ByteArrayOutputStream fresh = new ByteArrayOutputStream();
    private long[] freshUids = new long[64];
    private int[] freshEnds = new int[64];
    private int freshCount;

    KnownAnswers(AnswerCache cache, MailboxId mailbox, String item, Set<Extension> mode) {
        this.cache = cache;
        this.mailbox = mailbox;
        this.item = item;
        this.mode = Set.copyOf(mode);
    }

    boolean has(long uid) {
        return index(uid) >= 0;
    }

    /** Writes the answer that is known. */
    void write(long uid, ImapWriter out) throws IOException {
        int index = index(uid);
        out.written(block.octets(), block.start(index), block.length(index));
    }

    private int index(long uid) {
        go(uid >>> AnswerCache.BLOCK_BITS);
        return Arrays.binarySearch(block.uids(), uid);
    }

    private void go(long number) {
        if (number != current) {
            current = number;
            block = cache.find(key(number)).orElse(NOTHING);
        }
    }

    private AnswerCache.Key key(long number) {
        return new AnswerCache.Key(mailbox, item, mode, number);
    }

    /** Takes an answer that was just written. */
    void learn(long uid, byte[] answer) {
        if (answer.length > AnswerCache.LONGEST) {
            return;
        }
        if (freshCount > 0 && uid >>> AnswerCache.BLOCK_BITS != freshUids[freshCount - 1] >>> AnswerCache.BLOCK_BITS) {
            keep();
        }
        if (freshCount == freshUids.length) {
            freshUids = Arrays.copyOf(freshUids, freshCount * 2);
            freshEnds = Arrays.copyOf(freshEnds, freshCount * 2);
        }
        fresh.writeBytes(answer);
        freshUids[freshCount] = uid;
        freshEnds[freshCount] = fresh.size();
        freshCount++;
    }

    /** Hands over what was learnt. */
    void keep() {
        if (freshCount == 0) {
            return;
        }
        AnswerCache.Block learnt = new AnswerCache.Block(
                Arrays.copyOf(freshUids, freshCount), Arrays.copyOf(freshEnds, freshCount), fresh.toByteArray());
        AnswerCache.Key key = key(freshUids[0] >>> AnswerCache.BLOCK_BITS);
        Optional<AnswerCache.Block> before = cache.find(key);
        cache.keep(key, before.isPresent() ? joined(before.get(), learnt) : learnt);
        freshCount = 0;
        fresh.reset();
        current = -1;
    }

    private static AnswerCache.Block joined(AnswerCache.Block one, AnswerCache.Block other) {
        long[] uids = new long[one.uids().length + other.uids().length];
        int[] ends = new int[uids.length];
        byte[] octets = new byte[one.octets().length + other.octets().length];
        int count = 0;
        int end = 0;
        int i = 0;
        int j = 0;
        while (i < one.uids().length || j < other.uids().length) {
            boolean first = j == other.uids().length || i < one.uids().length && one.uids()[i] < other.uids()[j];
            AnswerCache.Block from = first ? one : other;
            int index = first ? i++ : j++;
            if (!first && i < one.uids().length && one.uids()[i] == from.uids()[index]) {
                i++;
            }
            System.arraycopy(from.octets(), from.start(index), octets, end, from.length(index));
            end += from.length(index);
            uids[count] = from.uids()[index];
            ends[count] = end;
            count++;
        }
        return new AnswerCache.Block(
                Arrays.copyOf(uids, count), Arrays.copyOf(ends, count), Arrays.copyOf(octets, end));
    }

    /** Whether the answer to an item never changes and is short as a rule; partials are for single messages. */
    static Optional<String> name(FetchItem wanted) {
        @Nullable
        String name = switch (wanted) {
            case FetchItem.Simple simple ->
                switch (simple) {
                    case INTERNALDATE, SIZE, ENVELOPE, BODY, BODYSTRUCTURE -> simple.name();
                    case UID, FLAGS, MODSEQ, EMAILID, THREADID, SAVEDATE, PREVIEW -> null;
                };
            case FetchItem.Octets octets ->
                octets.section().kind().filtersFields() && octets.partial().isEmpty() ? octets.label() : null;
            case FetchItem.Binary ignored -> null;
            case FetchItem.BinarySize ignored -> null;
        };
        return Optional.ofNullable(name);
    }
}
