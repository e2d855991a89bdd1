// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.sql.Connection;
import java.sql.SQLException;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.persistence.jdbc.IdBlocks;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.Allocation;

/** Copies of messages between mailboxes of any accounts, which are locked by the caller. As safe for threads as its connection. */
public final class SharedCopies {
    private final Connection connection;

    public SharedCopies(Connection connection) {
        this.connection = connection;
    }

    /**
     * Where copies go, and what they keep (RFC 4314 §4).
     *
     * @param flags    the system flags that are kept
     * @param keywords whether keywords are
     */
    public record Target(AccountId owner, MailboxId mailbox, int flags, boolean keywords) {}

    /** Copies messages, which share what they say; to another account a copy belongs to no conversation yet. */
    public void copy(MailboxRef source, long[] uids, Target target, Allocation allocation, IdBlocks messageIds)
            throws SQLException {
        Sql.update(
                connection,
                "insert into message (mailbox_id, uid, modseq, account_id, id, email_id, blob_id, size, internal_date,"
                        + " sent_date, flags, keywords, thread_id)"
                        + " select ?, ? + t.n - 1, ?, ?, t.id, email_id, blob_id, size, internal_date,"
                        + " sent_date, flags & ?, case when ? then keywords else '{}' end,"
                        + " case when message.account_id = ? then thread_id end"
                        + " from unnest(?::bigint[], ?::bigint[]) with ordinality as t (uid, id, n) join "
                        + MessageSource.of(source) + " on message.uid = t.uid and message.mailbox_id = ?",
                target.mailbox().value(),
                allocation.firstUid(),
                allocation.modSeq(),
                target.owner().value(),
                target.flags(),
                target.keywords(),
                target.owner().value(),
                uids,
                messageIds.next(connection, uids.length),
                source.mailbox().value());
    }
}
