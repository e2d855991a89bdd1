// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.wildpost.core.id.MailboxId;
import org.wildpost.persistence.jdbc.Sql;

/** What is left of expunged messages, for clients that were away (RFC 7162 §3.2.5), and how it is given up. As safe for threads as its connection. */
public final class Tombstones {
    private final Connection connection;

    public Tombstones(Connection connection) {
        this.connection = connection;
    }

    /** Mailboxes that have tombstones from before a moment, so many at most. */
    public List<MailboxId> olderThan(Instant moment, int limit) throws SQLException {
        return Sql.list(
                connection,
                "select distinct mailbox_id from expunged where expunged_at < ? limit ?",
                row -> new MailboxId(row.getLong(1)),
                moment,
                limit);
    }

    /**
     * Gives up the tombstones of a mailbox up to the last from before a moment, and notes on the mailbox, which is locked first, up to which MODSEQ.
     *
     * @return how many
     */
    public int prune(MailboxId mailbox, Instant moment) throws SQLException {
        return Sql.update(
                connection,
                "with pruned as (update mailbox set tombstones_since = greatest(tombstones_since, old.modseq)"
                        + " from (select max(modseq) as modseq from expunged where mailbox_id = ? and expunged_at < ?) old"
                        + " where mailbox.id = ? and old.modseq is not null returning mailbox.id, old.modseq)"
                        + " delete from expunged using pruned"
                        + " where expunged.mailbox_id = pruned.id and expunged.modseq <= pruned.modseq",
                mailbox.value(),
                moment,
                mailbox.value());
    }
}
