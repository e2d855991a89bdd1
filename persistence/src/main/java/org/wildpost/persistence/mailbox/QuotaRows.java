// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.mailbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.persistence.jdbc.Sql;

/** How much mail accounts may have, and how much they have. As safe for threads as its connection. */
public final class QuotaRows {
    private final Connection connection;

    /** Who may ask about a root, and whose it is. */
    public record Owner(AccountId account, String address) {}

    public QuotaRows(Connection connection) {
        this.connection = connection;
    }

    /** The columns {@code quota_bytes} and {@code quota_messages} of a row. */
    public static QuotaLimits limits(ResultSet row) throws SQLException {
        return new QuotaLimits(limit(row, "quota_bytes"), limit(row, "quota_messages"));
    }

    private static OptionalLong limit(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    public QuotaLimits limits(AccountId account) throws SQLException {
        return Sql.first(
                        connection,
                        "select quota_bytes, quota_messages from account where id = ?",
                        QuotaRows::limits,
                        account.value())
                .orElse(QuotaLimits.NONE);
    }

    /** The sum over the counters of the account's mailboxes. */
    public QuotaAmount used(AccountId account) throws SQLException {
        return Sql.first(
                        connection,
                        "select coalesce(sum(size), 0), coalesce(sum(messages), 0) from mailbox where account_id = ?",
                        row -> new QuotaAmount(row.getLong(1), row.getLong(2)),
                        account.value())
                .orElseThrow();
    }

    /** Whether the account administers the whole server. */
    public boolean administers(AccountId account) throws SQLException {
        return Sql.first(
                        connection,
                        "select super_admin from account where id = ?",
                        row -> row.getBoolean(1),
                        account.value())
                .orElse(false);
    }

    public Optional<Owner> owner(AccountId account) throws SQLException {
        return Sql.first(connection, "select id, address from account where id = ?", QuotaRows::owner, account.value());
    }

    /** @param address in canonical form */
    public Optional<Owner> owner(String address) throws SQLException {
        return Sql.first(connection, "select id, address from account where address = ?", QuotaRows::owner, address);
    }

    private static Owner owner(ResultSet row) throws SQLException {
        return new Owner(new AccountId(row.getLong("id")), row.getString("address"));
    }

    public void limit(AccountId account, QuotaLimits limits) throws SQLException {
        Sql.update(
                connection,
                "update account set quota_bytes = ?::bigint, quota_messages = ?::bigint, updated_at = now() where id = ?",
                boxed(limits.octets()),
                boxed(limits.messages()),
                account.value());
    }

    private static @Nullable Long boxed(OptionalLong limit) {
        return limit.isPresent() ? limit.getAsLong() : null;
    }
}
