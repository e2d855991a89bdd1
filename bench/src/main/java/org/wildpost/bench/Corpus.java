// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A mailbox that is the same whenever and wherever it is made: messages of about 8 KB with headers as they are met, conversations, several charsets
 * and transfer encodings, alternatives and attachments. What searches must find in it is known by the number of the message alone.
 *
 * @param messages how many
 */
record Corpus(int messages) {
    /** Octets of a message, give or take a line. */
    static final int SIZE = 8 * 1024;

    /** Stands in the subjects of some conversations and nowhere else. */
    static final String SUBJECT_WORD = "heliotrope";

    /** Stands in the text of some messages and nowhere else. */
    static final String TEXT_WORD = "zanzibar";

    private static final Instant FIRST = Instant.parse("2025-01-06T08:00:00Z");
    private static final int BLOCK = 10;
    /** For each of ten messages the one that it answers, -1 where it begins a conversation. */
    private static final int[] ANSWERS = {-1, -1, -1, -1, 0, 1, 4, 0, 6, 5};

    private static final int ARRIVED_EVERY_SECONDS = 61;
    private static final int SENT_EVERY_SECONDS = 67;
    private static final int SUBJECT_EVERY = 120;
    private static final int SUBJECT_AT = 50;
    private static final int TEXT_EVERY = 100;
    private static final int TEXT_AT = 37;
    /** A prime that no size of a mailbox is a multiple of: it mixes the dates. */
    private static final long MIXING = 1_000_003;

    /** The message with that number, from 0. */
    CorpusMessage message(int index) {
        return new CorpusWriter(this, index).message();
    }

    /** The message that this one answers, -1 when it begins a conversation. */
    static int parent(int index) {
        int answered = ANSWERS[index % BLOCK];
        return answered < 0 ? -1 : index - index % BLOCK + answered;
    }

    /** The first message of the conversation. */
    static int root(int index) {
        int at = index;
        while (parent(at) >= 0) {
            at = parent(at);
        }
        return at;
    }

    /** The messages that lead to this one, from the first of the conversation on. */
    static List<Integer> ancestors(int index) {
        List<Integer> found = new ArrayList<>();
        for (int at = parent(index); at >= 0; at = parent(at)) {
            found.addFirst(at);
        }
        return found;
    }

    static String messageId(int index) {
        return "<" + Long.toHexString(0x9e3779b97f4a7c15L * (index + 1)) + "." + index + "@mail.example.org>";
    }

    /** What the Date field says; no two messages have the same. */
    Instant sent(int index) {
        return FIRST.plusSeconds(MIXING * index % messages * SENT_EVERY_SECONDS);
    }

    static Instant arrived(int index) {
        return FIRST.plusSeconds((long) ARRIVED_EVERY_SECONDS * index);
    }

    static boolean subjectMatches(int index) {
        return root(index) % SUBJECT_EVERY == SUBJECT_AT;
    }

    static boolean textMatches(int index) {
        return index % TEXT_EVERY == TEXT_AT;
    }

    /** How many a search for {@link #SUBJECT_WORD} in the subject finds. */
    int subjectMatches() {
        return (int) IntStream.range(0, messages).filter(Corpus::subjectMatches).count();
    }

    /** How many a search for {@link #TEXT_WORD} in header and text finds. */
    int textMatches() {
        return (int) IntStream.range(0, messages).filter(Corpus::textMatches).count();
    }

    /** How many conversations there are. */
    int threads() {
        return (int)
                IntStream.range(0, messages).filter(index -> parent(index) < 0).count();
    }

    /** The numbers of all messages by the Date field. */
    int[] byDate() {
        return IntStream.range(0, messages)
                .boxed()
                .sorted(java.util.Comparator.comparing(this::sent))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
