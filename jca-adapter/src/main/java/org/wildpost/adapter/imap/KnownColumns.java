// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What is known of the items of one FETCH that never change. For one command and one thread. */
final class KnownColumns {
    private final Map<FetchItem, KnownAnswers> columns = new HashMap<>();
    private final boolean suffice;

    KnownColumns(ImapContext context, MailboxView view, FetchPlan plan) {
        boolean all = true;
        for (FetchItem item : plan.items()) {
            boolean own = item == FetchItem.Simple.UID || item == FetchItem.Simple.FLAGS;
            if (context.answers().isOn()) {
                KnownAnswers.name(item)
                        .map(name ->
                                new KnownAnswers(context.answers(), view.ref().mailbox(), name, context.enabled()))
                        .ifPresent(answers -> columns.put(item, answers));
            }
            all &= own || columns.containsKey(item);
        }
        this.suffice = all;
    }

    /** Whether the store need not be asked for these messages: all answers are known, or the session has them. */
    boolean suffice(long[] uids) {
        if (!suffice) {
            return false;
        }
        for (KnownAnswers answers : columns.values()) {
            for (long uid : uids) {
                if (!answers.has(uid)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Writes the answer that is known; false where an item has none. */
    boolean write(FetchItem item, long uid, ImapWriter out) throws IOException {
        KnownAnswers answers = columns.get(item);
        if (answers == null) {
            return false;
        }
        answers.write(uid, out);
        return true;
    }

    /** Writes an answer and remembers it where it never changes. */
    void writeNew(FetchItem item, long uid, ImapWriter out, Answer answer) throws IOException {
        KnownAnswers answers = columns.get(item);
        if (answers == null) {
            answer.write();
            return;
        }
        out.record();
        boolean whole = false;
        try {
            answer.write();
            whole = true;
        } finally {
            byte[] written = out.recorded();
            if (whole) {
                answers.learn(uid, written);
            }
        }
    }

    /** Writes an answer to one item. */
    @FunctionalInterface
    interface Answer {
        void write() throws IOException;
    }

    /** Hands over what was learnt. */
    void keep() {
        columns.values().forEach(KnownAnswers::keep);
    }
}
