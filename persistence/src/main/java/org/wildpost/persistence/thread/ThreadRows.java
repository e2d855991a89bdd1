// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.thread;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.thread.ThreadBook;
import org.wildpost.persistence.jdbc.Sql;

/**
 * Conversations as they are kept. Who writes has locked the account's tree, so that one is at it, and locks the mailbox before its messages. As safe
 * for threads as its connection.
 */
public final class ThreadRows {
    /** Octets of a message in which its header is looked for. */
    public static final int HEAD = 32 * 1024;

    private static final String THREADLESS = "select m.mailbox_id, m.account_id, m.uid, m.email_id, m.internal_date,"
            + " substring(b.data from 1 for " + HEAD + ") as head"
            + " from message m join blob b on b.id = m.blob_id where m.thread_id is null and m.mailbox_id = ?";

    private final Connection connection;

    public ThreadRows(Connection connection) {
        this.connection = connection;
    }

    /** The UID that the next message of a mailbox will have at least; 0 when it is gone. */
    public long uidNext(MailboxId mailbox) throws SQLException {
        return Sql.first(
                        connection, "select uid_next from mailbox where id = ?", row -> row.getLong(1), mailbox.value())
                .orElse(0L);
    }

    /** Those of the messages that have no conversation yet, ascending. */
    public List<ThreadlessMessage> among(MailboxRef mailbox, long[] uids) throws SQLException {
        return Sql.list(
                connection,
                THREADLESS + " and m.account_id = ? and m.uid = any(?) order by m.uid",
                ThreadRows::read,
                mailbox.mailbox().value(),
                mailbox.account().value(),
                uids);
    }

    /** The first messages of a mailbox from a UID on that have no conversation yet, ascending. */
    public List<ThreadlessMessage> from(MailboxId mailbox, long uid, int limit) throws SQLException {
        return Sql.list(
                connection,
                THREADLESS + " and m.uid >= ? order by m.uid limit ?",
                ThreadRows::read,
                mailbox.value(),
                uid,
                limit);
    }

    private static ThreadlessMessage read(java.sql.ResultSet row) throws SQLException {
        return new ThreadlessMessage(
                new MailboxRef(new AccountId(row.getLong("account_id")), new MailboxId(row.getLong("mailbox_id"))),
                row.getLong("uid"),
                row.getLong("email_id"),
                Sql.instant(row, "internal_date"),
                row.getBytes("head"));
    }

    /** What is known of these keys. */
    public Map<Long, ThreadBook.Entry> known(AccountId account, Collection<Long> keys) throws SQLException {
        Map<Long, ThreadBook.Entry> known = new HashMap<>();
        Sql.each(
                connection,
                "select hash, thread_id, seen_at from thread_ref where account_id = ? and hash = any(?)",
                row -> known.put(
                        row.getLong("hash"),
                        new ThreadBook.Entry(row.getLong("thread_id"), Sql.instant(row, "seen_at"))),
                account.value(),
                keys.stream().mapToLong(Long::longValue).toArray());
        return known;
    }

    /** Keeps what was learnt. */
    public void keep(AccountId account, Map<Long, ThreadBook.Entry> entries) throws SQLException {
        String sql = "insert into thread_ref (account_id, hash, thread_id, seen_at) values (?, ?, ?, ?)"
                + " on conflict (account_id, hash) do update"
                + " set thread_id = excluded.thread_id, seen_at = excluded.seen_at";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<Long, ThreadBook.Entry> entry : entries.entrySet()) {
                Sql.bind(
                        statement,
                        account.value(),
                        entry.getKey(),
                        entry.getValue().thread(),
                        entry.getValue().seen());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Gives messages of one mailbox, which is locked, their conversations; one that has one keeps it. */
    public void assign(MailboxId mailbox, long[] uids, long[] threads) throws SQLException {
        Sql.update(
                connection,
                "update message set thread_id = t.thread from unnest(?::bigint[], ?::bigint[]) as t (uid, thread)"
                        + " where message.mailbox_id = ? and message.uid = t.uid and message.thread_id is null",
                uids,
                threads,
                mailbox.value());
    }
}
