// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.vault;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.persistence.jdbc.Sql;

/**
 * Puts expunged messages into the vault, some time after they left their mailbox, so that nobody waits for it. As safe for threads as its connection;
 * several may do it at once.
 */
public final class VaultFiling {
    /** Takes rows {@code gone} of messages, with the moment {@code at} of their end. */
    public static final String FILE = "insert into vault_message (mailbox_name, expunged_at, " + VaultRows.KEPT + ")"
            + " select mailbox.name, gone.at, " + VaultRows.KEPT.replaceAll("\\b([a-z_]+)\\b", "gone.$1")
            + " from gone join mailbox on mailbox.id = gone.mailbox_id";

    private final Connection connection;

    public VaultFiling(Connection connection) {
        this.connection = connection;
    }

    /** Messages that one MODSEQ removed from a mailbox, and that are not in the vault yet. */
    public record Unfiled(MailboxId mailbox, long modSeq) {}

    /** The next that are to be filed, of any account. */
    public List<Unfiled> next(int limit) throws SQLException {
        return Sql.list(
                connection,
                "select mailbox_id, modseq from mailbox_change where unfiled order by mailbox_id, modseq limit ?",
                row -> new Unfiled(new MailboxId(row.getLong(1)), row.getLong(2)),
                limit);
    }

    /** All that are to be filed of one account. */
    public List<Unfiled> of(AccountId account) throws SQLException {
        return Sql.list(
                connection,
                "select mailbox_id, modseq from mailbox_change where unfiled"
                        + " and mailbox_id in (select id from mailbox where account_id = ?)",
                row -> new Unfiled(new MailboxId(row.getLong(1)), row.getLong(2)),
                account.value());
    }

    /** Files them; waits for who is at the same and then does nothing. */
    public void file(Unfiled unfiled) throws SQLException {
        Sql.update(
                connection,
                "with change as (update mailbox_change set unfiled = false"
                        + " where mailbox_id = ? and modseq = ? and gone and unfiled returning uids, changed_at),"
                        + " gone as (delete from message_row where mailbox_id = ? and gone and uid = any(array("
                        + "select generate_series(lower(span), upper(span) - 1) from change, unnest(uids) span))"
                        + " returning *, (select changed_at from change) as at) " + FILE,
                unfiled.mailbox().value(),
                unfiled.modSeq(),
                unfiled.mailbox().value());
    }
}
