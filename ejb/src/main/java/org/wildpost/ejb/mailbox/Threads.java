// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.mime.HeaderFields;
import org.wildpost.core.thread.ThreadBook;
import org.wildpost.core.thread.ThreadKeys;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.thread.ThreadRows;
import org.wildpost.persistence.thread.ThreadlessMessage;

/**
 * Finds out which conversations messages belong to (RFC 8474 §5.2), a batch in a transaction, one batch of an account at a time. Delivery does not
 * wait for it: {@link ThreadKeeper} follows behind, and whoever asks before it comes is answered at once.
 */
@Dependent
class Threads {
    /** Messages of one transaction. */
    static final int BATCH = 200;

    private final Database database;

    @Inject
    Threads(Database database) {
        this.database = database;
    }

    /** Makes sure that these messages have conversations. */
    void assign(MailboxRef mailbox, long[] uids) {
        for (int from = 0; from < uids.length; from += BATCH) {
            long[] batch = Arrays.copyOfRange(uids, from, Math.min(from + BATCH, uids.length));
            assign(database.statement(connection -> new ThreadRows(connection).among(mailbox, batch)));
        }
    }

    /**
     * How far a mailbox is done.
     *
     * @param nextUid all messages below have conversations
     * @param more    whether there may be others from here on
     */
    record Progress(long nextUid, boolean more) {}

    /** Makes sure that all messages of a mailbox have conversations. */
    void assignAll(MailboxId mailbox) {
        Progress progress = new Progress(1, true);
        while (progress.more()) {
            progress = assignSome(mailbox, progress.nextUid());
        }
    }

    /** The next batch of a mailbox from a UID on. */
    Progress assignSome(MailboxId mailbox, long fromUid) {
        long uidNext = database.statement(connection -> new ThreadRows(connection).uidNext(mailbox));
        if (uidNext <= fromUid) {
            return new Progress(fromUid, false);
        }
        List<ThreadlessMessage> batch =
                database.statement(connection -> new ThreadRows(connection).from(mailbox, fromUid, BATCH));
        assign(batch);
        boolean more = batch.size() == BATCH;
        return new Progress(more ? batch.getLast().uid() + 1 : uidNext, more);
    }

    /** The headers are read before anything is locked. */
    private void assign(List<ThreadlessMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        List<ThreadKeys> keys = messages.stream()
                .map(message -> ThreadKeys.of(HeaderFields.ofMessage(message.head()), message.emailId()))
                .toList();
        database.transaction(connection -> {
            write(connection, messages, keys);
            return messages;
        });
    }

    private static void write(Connection connection, List<ThreadlessMessage> messages, List<ThreadKeys> keys)
            throws SQLException {
        MailboxRef mailbox = messages.getFirst().mailbox();
        AccountId account = mailbox.account();
        Mailboxes mailboxes = new Mailboxes(connection);
        mailboxes.lockTree(account);
        ThreadRows rows = new ThreadRows(connection);
        Set<Long> all = new HashSet<>();
        keys.forEach(one -> all.addAll(one.all()));
        ThreadBook book = new ThreadBook(rows.known(account, all));
        long[] uids = new long[keys.size()];
        long[] threads = new long[keys.size()];
        for (int i = 0; i < uids.length; i++) {
            ThreadlessMessage message = messages.get(i);
            uids[i] = message.uid();
            threads[i] = book.assign(keys.get(i), message.emailId(), message.internalDate());
        }
        rows.keep(account, book.changed());
        mailboxes.lock(account, mailbox.mailbox().value());
        rows.assign(mailbox.mailbox(), uids, threads);
    }
}
