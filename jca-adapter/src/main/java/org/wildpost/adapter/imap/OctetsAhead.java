// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.ImapListener;

/**
 * The octets that FETCH is going to write, of many small messages at once: a question for each would cost more than its answer. What is written is dropped.
 * For one batch of rows and one thread.
 */
final class OctetsAhead {
    /** Octets of one message that are worth reading ahead; of a greater one slices are read while they are written. */
    static final int MOST_OF_ONE = 64 * 1024;

    private final ImapContext context;
    private final MailboxRef mailbox;
    private final List<FetchRow> rows;
    private final ToLongFunction<FetchRow> wanted;
    private final List<Optional<byte[]>> heads;

    /**
     * @param wanted how many octets of a message are needed, from its first
     */
    OctetsAhead(ImapContext context, MailboxRef mailbox, List<FetchRow> rows, ToLongFunction<FetchRow> wanted) {
        this.context = context;
        this.mailbox = mailbox;
        this.rows = rows;
        this.wanted = wanted;
        this.heads = new ArrayList<>(rows.size());
    }

    /** The first octets of the message at that index, no index twice; empty when none were read ahead. */
    Optional<byte[]> head(int index) {
        while (index >= heads.size()) {
            readOn();
        }
        return heads.set(index, Optional.empty());
    }

    private void readOn() {
        int[] chosen = new int[ImapListener.BATCH];
        long[] uids = new long[ImapListener.BATCH];
        long[] lengths = new long[ImapListener.BATCH];
        int count = 0;
        long octets = 0;
        for (int at = heads.size(); at < rows.size() && count < ImapListener.BATCH; at++) {
            long needed = wanted.applyAsLong(rows.get(at));
            boolean ahead = needed > 0 && needed <= MOST_OF_ONE;
            if (ahead && octets + needed > ImapListener.HEADS) {
                break;
            }
            if (ahead) {
                octets += needed;
                chosen[count] = at;
                uids[count] = rows.get(at).uid();
                lengths[count] = needed;
                count++;
            }
            heads.add(Optional.empty());
        }
        if (count == 0) {
            return;
        }
        long[] asked = Arrays.copyOf(uids, count);
        long[] first = Arrays.copyOf(lengths, count);
        List<Optional<byte[]>> answer = context.ask(l -> l.heads(mailbox, asked, first));
        for (int i = 0; i < count; i++) {
            heads.set(chosen[i], answer.get(i));
        }
    }
}
