// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.persistence.jdbc.IdBlocks;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.Advance;
import org.wildpost.persistence.mailbox.Allocation;
import org.wildpost.persistence.mailbox.ChangeLog;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.vault.VaultFiling;

/** Changes rows of messages in mailboxes that the caller has locked. As safe for threads as its connection. */
public final class MessageChanges {
    private static final String COUNTERS = "count(*), count(*) filter (where flags & " + SystemFlag.SEEN.bit()
            + " = 0), count(*) filter (where flags & " + SystemFlag.DELETED.bit()
            + " <> 0), coalesce(sum(size), 0)::bigint";

    private static final String LEAVE = "update message_row set gone = true where not gone and";

    private final Connection connection;
    private final ChangeLog log;

    public MessageChanges(Connection connection) {
        this.connection = connection;
        this.log = new ChangeLog(connection);
    }

    private static String state(MailboxRef mailbox) {
        return "select uid, " + FlagColumns.COLUMNS + ", modseq, size from " + MessageSource.of(mailbox)
                + " where mailbox_id = ? and account_id = ?";
    }

    /** Those of the messages that exist, ascending, with the flags that the reader sees. */
    public List<MessageState> states(MailboxRef mailbox, long[] uids) throws SQLException {
        FlagColumns flags = new FlagColumns();
        return Sql.list(
                connection,
                state(mailbox) + " and uid = any(?) order by uid",
                row -> new MessageState(
                        row.getLong("uid"), flags.read(row), row.getLong("modseq"), row.getLong("size")),
                mailbox.mailbox().value(),
                mailbox.account().value(),
                uids);
    }

    /** All messages, ascending; only those marked deleted if asked. */
    public List<MessageState> states(MailboxRef mailbox, boolean onlyDeleted) throws SQLException {
        FlagColumns flags = new FlagColumns();
        return Sql.list(
                connection,
                state(mailbox) + " and flags & ? = ? order by uid",
                row -> new MessageState(
                        row.getLong("uid"), flags.read(row), row.getLong("modseq"), row.getLong("size")),
                mailbox.mailbox().value(),
                mailbox.account().value(),
                onlyDeleted ? SystemFlag.DELETED.bit() : 0,
                onlyDeleted ? SystemFlag.DELETED.bit() : 0);
    }

    /** Gives messages new flags. */
    public void setFlags(MailboxId mailbox, Map<Flags, long[]> uidsByFlags, long modSeq) throws SQLException {
        setFlags("?", mailbox, uidsByFlags, modSeq);
    }

    /** Gives messages new flags, but leaves {@code \Seen}, which is the owner's, as it is. */
    public void setFlagsOfAll(MailboxId mailbox, Map<Flags, long[]> uidsByFlags, long modSeq) throws SQLException {
        int seen = SystemFlag.SEEN.bit();
        setFlags("(flags & " + seen + ") | (? & ~" + seen + ")", mailbox, uidsByFlags, modSeq);
    }

    private void setFlags(String value, MailboxId mailbox, Map<Flags, long[]> uidsByFlags, long modSeq)
            throws SQLException {
        String sql = "update message set flags = " + value
                + ", keywords = ?, modseq = ? where mailbox_id = ? and uid = any(?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<Flags, long[]> entry : uidsByFlags.entrySet()) {
                Flags flags = entry.getKey();
                Sql.bind(
                        statement,
                        flags.system(),
                        flags.keywords().toArray(String[]::new),
                        modSeq,
                        mailbox.value(),
                        entry.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        log.changed(
                mailbox,
                modSeq,
                uidsByFlags.values().stream().flatMapToLong(Arrays::stream).toArray());
    }

    /**
     * Removes messages, moves the counters of their mailbox and notes that they are gone (RFC 7162 §3.2.7). Those that are kept only leave the view of
     * messages, which writes their rows in place; {@link VaultFiling} puts them into the vault.
     *
     * @param kept whether they can be restored
     * @return with the MODSEQ by which they went
     */
    public Allocation expunge(MailboxId mailbox, long[] uids, boolean kept) throws SQLException {
        Advance gone = Sql.first(
                        connection,
                        "with gone as (" + (kept ? LEAVE : "delete from message where")
                                + " mailbox_id = ? and uid = any(?) returning flags, size) select " + COUNTERS
                                + " from gone",
                        row -> counters(row).negated(),
                        mailbox.value(),
                        uids)
                .orElse(Advance.NONE);
        Allocation given = new Mailboxes(connection).advance(mailbox, gone);
        log.gone(mailbox, given.modSeq(), uids, kept);
        return given;
    }

    /** What those of the messages that exist count, all together. */
    public Advance counted(MailboxRef mailbox, long[] uids) throws SQLException {
        return Sql.first(
                        connection,
                        "select " + COUNTERS + " from " + MessageSource.of(mailbox)
                                + " where mailbox_id = ? and account_id = ? and uid = any(?)",
                        MessageChanges::counters,
                        mailbox.mailbox().value(),
                        mailbox.account().value(),
                        uids)
                .orElseThrow();
    }

    private static Advance counters(ResultSet row) throws SQLException {
        return new Advance(0, row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }

    /** Removes all messages of mailboxes that are about to go themselves. */
    public void clear(AccountId account, long[] mailboxes, boolean kept) throws SQLException {
        // In the order in which VaultFiling comes by them.
        Sql.list(
                connection,
                "select modseq from mailbox_change where mailbox_id = any(?) and unfiled order by mailbox_id, modseq for update",
                row -> row.getLong(1),
                (Object) mailboxes);
        Sql.update(
                connection,
                kept
                        ? "with gone as (delete from message_row where mailbox_id = any(?) and account_id = ?"
                                + " returning *, now() as at) " + VaultFiling.FILE
                        : "delete from message_row where mailbox_id = any(?) and account_id = ?",
                mailboxes,
                account.value());
    }

    /** Copies messages, which share what they say; the new ones have UIDs from the allocation in the given order and row ids of their own. */
    public void copy(MailboxRef source, long[] uids, MailboxId target, Allocation allocation, IdBlocks messageIds)
            throws SQLException {
        Sql.update(
                connection,
                "insert into message (mailbox_id, uid, modseq, account_id, id, email_id, thread_id, blob_id, size,"
                        + " internal_date, sent_date, flags, keywords)"
                        + " select ?, ? + t.n - 1, ?, account_id, t.id, email_id, thread_id, blob_id, size,"
                        + " internal_date, sent_date, flags, keywords"
                        + " from unnest(?::bigint[], ?::bigint[]) with ordinality as t (uid, id, n)"
                        + " join message on message.uid = t.uid and message.mailbox_id = ?",
                target.value(),
                allocation.firstUid(),
                allocation.modSeq(),
                uids,
                messageIds.next(connection, uids.length),
                source.mailbox().value());
    }

    /** Moves messages, which keep their row ids, and notes that they are gone from where they were. */
    public void move(MailboxRef source, long[] uids, long sourceModSeq, MailboxId target, Allocation allocation)
            throws SQLException {
        Sql.update(
                connection,
                "update message set mailbox_id = ?, uid = ? + t.n - 1, modseq = ?, save_date = now()"
                        + " from unnest(?::bigint[]) with ordinality as t (uid, n)"
                        + " where message.mailbox_id = ? and message.uid = t.uid",
                target.value(),
                allocation.firstUid(),
                allocation.modSeq(),
                uids,
                source.mailbox().value());
        log.gone(source.mailbox(), sourceModSeq, uids, false);
    }
}
