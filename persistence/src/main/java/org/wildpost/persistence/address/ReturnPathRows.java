// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.address;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.persistence.jdbc.Sql;

/** Senders whose address is too long to stand in a rewritten return path. As safe for threads as its connection. */
public final class ReturnPathRows {
    /** A row that was used since is not written again. */
    private static final Duration FRESH = Duration.ofDays(1);

    /** Rows that one write forgets at most. */
    private static final int FORGOTTEN_AT_ONCE = 20;

    private final Connection connection;

    public ReturnPathRows(Connection connection) {
        this.connection = connection;
    }

    /**
     * Keeps the sender under the key, and forgets some of those that nobody used for so long.
     *
     * @param kept how long a path is valid
     */
    public void keep(String key, EmailAddress address, Instant now, Duration kept) throws SQLException {
        Sql.update(
                connection,
                "insert into return_path (key, address, used_at) values (?, ?, ?) on conflict (key)"
                        + " do update set used_at = excluded.used_at where return_path.used_at < ?",
                key,
                address.toString(),
                now,
                now.minus(FRESH));
        Sql.update(
                connection,
                "delete from return_path where key in (select key from return_path where used_at < ?"
                        + " order by used_at limit " + FORGOTTEN_AT_ONCE + " for update skip locked)",
                now.minus(kept).minus(FRESH).minus(FRESH));
    }

    /** The sender under the key. */
    public Optional<EmailAddress> find(String key) throws SQLException {
        return Sql.first(
                connection,
                "select address from return_path where key = ?",
                row -> EmailAddress.parse(row.getString(1)),
                key);
    }
}
