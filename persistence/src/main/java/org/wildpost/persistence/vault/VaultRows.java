// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.vault;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.Allocation;
import org.wildpost.persistence.message.FlagColumns;

/** What is kept of expunged messages. As safe for threads as its connection. */
public final class VaultRows {
    /** The columns that a message keeps on its way into the vault and back. */
    public static final String KEPT =
            "account_id, id, email_id, thread_id, blob_id, size, internal_date, sent_date, flags, keywords";

    /** Rows that one statement purges. */
    public static final int PURGE = 5_000;

    private static final String NO_LONGER = "flags & ~" + SystemFlag.DELETED.bit();

    private final Connection connection;

    public VaultRows(Connection connection) {
        this.connection = connection;
    }

    /** What an account can restore, the latest arrival first. */
    public List<VaultRow> list(AccountId account, long offset, int limit) throws SQLException {
        FlagColumns flags = new FlagColumns();
        return Sql.list(
                connection,
                "select id, mailbox_name, expunged_at, internal_date, size, envelope, subject, preview, "
                        + FlagColumns.COLUMNS
                        + " from vault_message join content using (blob_id, email_id)"
                        + " where account_id = ? order by id desc limit ? offset ?",
                row -> new VaultRow(
                        row.getLong("id"),
                        row.getString("mailbox_name"),
                        Sql.instant(row, "expunged_at"),
                        Sql.instant(row, "internal_date"),
                        row.getLong("size"),
                        flags.read(row),
                        row.getBytes("envelope"),
                        row.getString("subject"),
                        row.getString("preview")),
                account.value(),
                limit,
                offset);
    }

    /** How many messages an account can restore. */
    public long count(AccountId account) throws SQLException {
        return Sql.first(
                        connection,
                        "select count(*) from vault_message where account_id = ?",
                        row -> row.getLong(1),
                        account.value())
                .orElseThrow();
    }

    /** Locks those of the rows that exist, ascending by id: nobody else restores or purges them meanwhile. */
    public List<VaultRow> lock(AccountId account, long[] ids) throws SQLException {
        FlagColumns flags = new FlagColumns();
        return Sql.list(
                connection,
                "select id, mailbox_name, expunged_at, internal_date, size, ''::bytea as envelope, '' as subject,"
                        + " '' as preview, " + FlagColumns.COLUMNS
                        + " from vault_message where account_id = ? and id = any(?) order by id for update",
                row -> new VaultRow(
                        row.getLong("id"),
                        row.getString("mailbox_name"),
                        Sql.instant(row, "expunged_at"),
                        Sql.instant(row, "internal_date"),
                        row.getLong("size"),
                        flags.read(row),
                        row.getBytes("envelope"),
                        row.getString("subject"),
                        row.getString("preview")),
                account.value(),
                ids);
    }

    /** Makes messages of locked rows again, without {@code \Deleted}; their UIDs are those of the allocation, in the given order. */
    public void restore(AccountId account, long[] ids, MailboxId target, Allocation allocation) throws SQLException {
        Sql.update(
                connection,
                "with back as (delete from vault_message where account_id = ? and id = any(?) returning *)"
                        + " insert into message (mailbox_id, uid, modseq, " + KEPT + ")"
                        + " select ?, ? + t.n - 1, ?, " + KEPT.replace("flags, keywords", NO_LONGER + ", keywords")
                        + " from unnest(?::bigint[]) with ordinality as t (wanted, n) join back on back.id = t.wanted",
                account.value(),
                ids,
                target.value(),
                allocation.firstUid(),
                allocation.modSeq(),
                ids);
    }

    /** Forgets what was expunged before a moment, at most {@value #PURGE} rows; how many. */
    public int purge(Instant before) throws SQLException {
        return Sql.update(
                connection,
                "delete from vault_message v using (select account_id, id from vault_message where expunged_at < ?"
                        + " limit ? for update skip locked) old where v.account_id = old.account_id and v.id = old.id",
                before,
                PURGE);
    }

    /** Forgets rows of an account; those with the ids, or all. */
    public int forget(AccountId account) throws SQLException {
        return Sql.update(connection, "delete from vault_message where account_id = ?", account.value());
    }
}
