// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.wildpost.core.id.MailboxId;
import org.wildpost.persistence.jdbc.Sql;

/**
 * What happened to the messages of mailboxes, a row for each MODSEQ that changed flags or removed messages: for views of other nodes, and for clients
 * that were away (RFC 7162 §3.2.5). Messages that came are not in it, for their UIDs tell. As safe for threads as its connection.
 */
public final class ChangeLog {
    /**
     * UIDs of messages whose flags changed, each perhaps more than once; wants a mailbox and the MODSEQ behind which it looks.
     */
    public static final String CHANGED = uids("not gone");

    /** UIDs of messages that are gone, each perhaps more than once; wants the same. */
    public static final String GONE = uids("gone");

    private final Connection connection;

    public ChangeLog(Connection connection) {
        this.connection = connection;
    }

    private static String uids(String kind) {
        return "select generate_series(lower(span), upper(span) - 1) as uid from mailbox_change, unnest(uids) span"
                + " where mailbox_id = ? and modseq > ? and " + kind;
    }

    /** Notes messages whose flags one MODSEQ changed. */
    public void changed(MailboxId mailbox, long modSeq, long[] uids) throws SQLException {
        add(mailbox, modSeq, false, uids, false);
    }

    /**
     * Notes messages that one MODSEQ removed: tombstones (RFC 7162 §3.2.7).
     *
     * @param unfiled whether they are still to be put into the vault
     */
    public void gone(MailboxId mailbox, long modSeq, long[] uids, boolean unfiled) throws SQLException {
        add(mailbox, modSeq, true, uids, unfiled);
    }

    private void add(MailboxId mailbox, long modSeq, boolean gone, long[] uids, boolean unfiled) throws SQLException {
        if (uids.length > 0) {
            Sql.update(
                    connection,
                    "insert into mailbox_change (mailbox_id, modseq, gone, uids, unfiled)"
                            + " values (?, ?, ?, ?::int8multirange, ?)",
                    mailbox.value(),
                    modSeq,
                    gone,
                    Spans.of(uids),
                    unfiled);
        }
    }

    /** Mailboxes of which there is something from before a moment, so many at most. */
    public List<MailboxId> olderThan(Instant moment, int limit) throws SQLException {
        return Sql.list(
                connection,
                "select distinct mailbox_id from mailbox_change where changed_at < ? limit ?",
                row -> new MailboxId(row.getLong(1)),
                moment,
                limit);
    }

    /**
     * Gives up what is noted of a mailbox up to the last from before a moment, and notes on the mailbox, which is locked first, up to which MODSEQ. What
     * still is to be filed stays.
     *
     * @return how many changes
     */
    public int prune(MailboxId mailbox, Instant moment) throws SQLException {
        return Sql.update(
                connection,
                "with pruned as (update mailbox set changes_since = greatest(changes_since, old.modseq)"
                        + " from (select max(modseq) as modseq from mailbox_change where mailbox_id = ? and changed_at < ?) old"
                        + " where mailbox.id = ? and old.modseq is not null returning mailbox.id, old.modseq)"
                        + " delete from mailbox_change using pruned"
                        + " where mailbox_change.mailbox_id = pruned.id and mailbox_change.modseq <= pruned.modseq"
                        + " and not mailbox_change.unfiled",
                mailbox.value(),
                moment,
                mailbox.value());
    }
}
