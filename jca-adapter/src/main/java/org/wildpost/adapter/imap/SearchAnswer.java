// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.wildpost.adapter.imap.ReturnOptions.Option;
import org.wildpost.core.listener.imap.Found;
import org.wildpost.core.listener.imap.MailboxStatus;

/**
 * A result and what is told of it (RFC 4731 §3.1, RFC 5267 §3.1, RFC 9394 §3.1, RFC 6203 §4).
 *
 * @param options what the client asked for
 * @param found   the messages in their order
 * @param numbers the same as the client counts them
 */
record SearchAnswer(ReturnOptions options, Found found, long[] numbers) {
    /**
     * Begins an ESEARCH response.
     *
     * @param mailbox named beside the tag to who searches several (RFC 7377 §2.1)
     * @param uid     whether messages are told by their UIDs
     */
    static ImapWriter begin(ImapWriter out, String tag, Optional<MailboxStatus> mailbox, boolean uid)
            throws IOException {
        out.text("* ESEARCH (TAG \"" + tag + "\"");
        if (mailbox.isPresent()) {
            out.text(" MAILBOX ").mailbox(mailbox.get().name());
            out.text(" UIDVALIDITY ").number(mailbox.get().uidValidity());
        }
        return out.text(uid ? ") UID" : ")");
    }

    /** The data items of an ESEARCH response, each with a space in front. */
    void write(ImapWriter out) throws IOException {
        int count = numbers.length;
        if (count > 0 && options.has(Option.MIN)) {
            out.text(" MIN ").number(numbers[0]);
        }
        if (count > 0 && options.has(Option.MAX)) {
            out.text(" MAX ").number(numbers[count - 1]);
        }
        if (options.has(Option.COUNT)) {
            out.text(" COUNT ").number(count);
        }
        if (count > 0 && options.has(Option.ALL)) {
            out.text(" ALL ").text(SequenceSet.format(numbers));
        }
        if (options.partial().isPresent()) {
            long[] part = options.partial().get().of(numbers);
            out.text(" PARTIAL (" + options.partial().get() + " ")
                    .text(part.length == 0 ? "NIL" : SequenceSet.format(part))
                    .text(")");
        }
        if (options.has(Option.RELEVANCY)) {
            writeScores(out);
        }
        if (found.modSeqs().length > 0) {
            out.text(" MODSEQ ").number(greatestModSeq());
        }
    }

    /** The scores of what ALL or PARTIAL tells, at the same places. */
    private void writeScores(ImapWriter out) throws IOException {
        int count = numbers.length;
        int from = options.partial().map(range -> range.from(count)).orElse(0);
        int to = options.partial().map(range -> range.to(count)).orElse(count);
        out.text(" RELEVANCY (");
        for (int i = from; i < to; i++) {
            out.text(i == from ? "" : " ").number(found.scores()[i]);
        }
        out.text(")");
    }

    /** The greatest of the messages that are told of (RFC 4731 §3.2). */
    long greatestModSeq() {
        return chosen().stream().mapToLong(i -> found.modSeqs()[i]).max().orElse(0);
    }

    /** UIDs that {@code $} stands for afterwards, ascending (RFC 5182 §2.4, RFC 9394 §3.2). */
    long[] saved() {
        long[] uids = chosen().stream().mapToLong(i -> found.uids()[i]).toArray();
        Arrays.sort(uids);
        return uids;
    }

    /** The indexes of what MIN, MAX and PARTIAL name; of everything, when COUNT or ALL stands beside them, or nothing. */
    private BitSet chosen() {
        int count = numbers.length;
        BitSet chosen = new BitSet(count);
        boolean some = options.has(Option.MIN) || options.has(Option.MAX) || options.has(Option.PARTIAL);
        if (!some || options.has(Option.COUNT) || options.has(Option.ALL)) {
            chosen.set(0, count);
            return chosen;
        }
        if (count > 0 && options.has(Option.MIN)) {
            chosen.set(0);
        }
        if (count > 0 && options.has(Option.MAX)) {
            chosen.set(count - 1);
        }
        options.partial().ifPresent(range -> chosen.set(range.from(count), range.to(count)));
        return chosen;
    }
}
