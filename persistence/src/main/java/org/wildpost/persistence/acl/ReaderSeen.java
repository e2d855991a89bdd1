// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.acl;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.persistence.jdbc.Sql;

/** What readers of others' mailboxes have seen. Wants the mailbox locked before a change. As safe for threads as its connection. */
public final class ReaderSeen {
    private final Connection connection;

    public ReaderSeen(Connection connection) {
        this.connection = connection;
    }

    /** How many messages the reader has seen in each of these mailboxes, where there are any. */
    public Map<MailboxId, Long> seen(AccountId reader, List<MailboxId> mailboxes) throws SQLException {
        Map<MailboxId, Long> found = new HashMap<>();
        Sql.each(
                connection,
                "select seen.mailbox_id, count(*) from reader_seen seen join message"
                        + " on message.mailbox_id = seen.mailbox_id and message.uid = seen.uid"
                        + " where seen.mailbox_id = any(?) and seen.account_id = ? and seen.seen group by seen.mailbox_id",
                row -> found.put(new MailboxId(row.getLong(1)), row.getLong(2)),
                mailboxes.stream().mapToLong(MailboxId::value).toArray(),
                reader.value());
        return found;
    }

    /** Marks messages, or takes the mark away. */
    public void mark(MailboxRef mailbox, long[] uids, boolean seen, long modSeq) throws SQLException {
        Sql.update(
                connection,
                "insert into reader_seen (mailbox_id, account_id, uid, seen, modseq)"
                        + " select ?, ?, unnest(?::bigint[]), ?, ? on conflict (mailbox_id, account_id, uid)"
                        + " do update set seen = excluded.seen, modseq = excluded.modseq",
                mailbox.mailbox().value(),
                mailbox.reader().value(),
                uids,
                seen,
                modSeq);
    }

    /** Forgets messages that are gone. */
    public void tidy(MailboxRef mailbox) throws SQLException {
        Sql.update(
                connection,
                "delete from reader_seen seen where seen.mailbox_id = ? and seen.account_id = ? and not exists"
                        + " (select 1 from message where message.mailbox_id = seen.mailbox_id and message.uid = seen.uid)",
                mailbox.mailbox().value(),
                mailbox.reader().value());
    }
}
