// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxMeasure;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.persistence.jdbc.Sql;

/** What no counter is kept of: counted over the messages of many mailboxes in one statement. As safe for threads as its connection. */
public final class MailboxMeasures {
    private final Connection connection;

    public MailboxMeasures(Connection connection) {
        this.connection = connection;
    }

    /** The measure of each mailbox that has any. */
    public Map<MailboxId, Long> measure(AccountId account, MailboxMeasure what, List<MailboxId> mailboxes)
            throws SQLException {
        Map<MailboxId, Long> found = new HashMap<>();
        Sql.each(
                connection,
                select(what) + " where mailbox.id = any(?) and mailbox.account_id = ? group by mailbox.id",
                row -> found.put(new MailboxId(row.getLong(1)), row.getLong(2)),
                mailboxes.stream().mapToLong(MailboxId::value).toArray(),
                account.value());
        return found;
    }

    private static String select(MailboxMeasure what) {
        return switch (what) {
            // Counted, for UIDs have gaps.
            case RECENT ->
                "select mailbox.id, count(*) from mailbox join message on message.mailbox_id = mailbox.id"
                        + " and message.uid >= mailbox.recent_from";
            case DELETED_SIZE ->
                "select mailbox.id, sum(message.size) from mailbox join message on message.mailbox_id = mailbox.id"
                        + " and message.flags & " + SystemFlag.DELETED.bit() + " <> 0";
        };
    }
}
