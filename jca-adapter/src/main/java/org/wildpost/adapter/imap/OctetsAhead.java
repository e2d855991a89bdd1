// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.ImapListener;

/**
 * The octets that FETCH is going to write, of many small messages at once: a question for each would cost more than its answer. The next ones are read while
 * these are written, and what is written is dropped. For one batch of rows and one thread.
 */
final class OctetsAhead {
    /** Octets of one message that are worth reading ahead; of a greater one slices are read while they are written. */
    static final int MOST_OF_ONE = 64 * 1024;

    private final ImapContext context;
    private final MailboxRef mailbox;
    private final List<FetchRow> rows;
    private final ToLongFunction<FetchRow> wanted;
    private final List<Optional<byte[]>> heads;
    private @Nullable Group next;
    private @Nullable Ahead<List<Optional<byte[]>>> answer;

    /**
     * Neighbouring messages that are asked for together.
     *
     * @param end     the index behind the last of them
     * @param indexes of those whose octets are read
     */
    private record Group(int end, List<Integer> indexes, List<Long> lengths) {}

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
    Optional<byte[]> head(int index) throws InterruptedIOException {
        while (index >= heads.size()) {
            readOn();
        }
        return heads.set(index, Optional.empty());
    }

    private void readOn() throws InterruptedIOException {
        Group group = next == null ? groupFrom(heads.size()) : next;
        List<Optional<byte[]>> octets = answer == null ? ask(group) : answer.answer();
        while (heads.size() < group.end()) {
            heads.add(Optional.empty());
        }
        for (int i = 0; i < octets.size(); i++) {
            heads.set(group.indexes().get(i), octets.get(i));
        }
        next = null;
        answer = null;
        if (group.end() < rows.size()) {
            Group following = groupFrom(group.end());
            next = following;
            answer = Ahead.asking(() -> ask(following));
        }
    }

    private Group groupFrom(int from) {
        List<Integer> indexes = new ArrayList<>();
        List<Long> lengths = new ArrayList<>();
        long octets = 0;
        int at = from;
        while (at < rows.size()) {
            long needed = wanted.applyAsLong(rows.get(at));
            boolean ahead = needed > 0 && needed <= MOST_OF_ONE;
            if (ahead && octets + needed > ImapListener.HEADS) {
                break;
            }
            if (ahead) {
                octets += needed;
                indexes.add(at);
                lengths.add(needed);
            }
            at++;
        }
        return new Group(at, indexes, lengths);
    }

    private List<Optional<byte[]>> ask(Group group) {
        if (group.indexes().isEmpty()) {
            return List.of();
        }
        long[] uids = group.indexes().stream().mapToLong(i -> rows.get(i).uid()).toArray();
        long[] lengths = group.lengths().stream().mapToLong(Long::longValue).toArray();
        return context.ask(l -> l.heads(mailbox, uids, lengths));
    }
}
