// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.id.AccountId;
import org.wildpost.persistence.jdbc.Sql;

/** Entries whose senders are to be told that they are late. As safe for threads as its connection. */
public final class QueueNotices {
    static final String DUE =
            "select " + QueueRows.ENTRY + " from queue_entry e where e.node is null and e.held_at is null"
                    + " and e.notice_at is not null and e.notice_at <= ? order by e.notice_at limit ?";

    private final Connection connection;

    public QueueNotices(Connection connection) {
        this.connection = connection;
    }

    /** Those that are due, the longest waiting first. */
    public List<QueueEntry> due(Instant now, int limit) throws SQLException {
        return Sql.list(connection, DUE, QueueRows::entry, now, limit);
    }

    /** The language of an account (BCP 47), for whom a notice is written. */
    public Optional<String> language(AccountId account) throws SQLException {
        return Sql.first(
                connection,
                "select language from account where id = ? and language is not null",
                row -> row.getString(1),
                account.value());
    }

    /** Takes the notice of entries, so that nobody else gives it; those that had one still. */
    public List<Long> take(List<QueueEntry> entries) throws SQLException {
        return Sql.list(
                connection,
                "with mine as (select id from queue_entry where id = any(?) and notice_at is not null order by id"
                        + " for update skip locked)"
                        + " update queue_entry e set notice_at = null from mine where e.id = mine.id returning e.id",
                row -> row.getLong(1),
                (Object) Columns.numbers(entries, QueueEntry::id));
    }
}
