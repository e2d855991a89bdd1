// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.sending;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.id.AccountId;
import org.wildpost.persistence.jdbc.Sql;

/** How accounts may send, in the rows of {@code account}. As safe for threads as its connection. */
public final class SendingPolicies {
    private final Connection connection;

    public SendingPolicies(Connection connection) {
        this.connection = connection;
    }

    /** How the account may send; empty when it is gone. */
    public Optional<SendingPolicy> of(AccountId account) throws SQLException {
        return Sql.first(
                connection,
                "select domain_id, address, strict_from, sending_frozen_at, sending_frozen_reason from account where id = ?",
                row -> new SendingPolicy(
                        row.getLong(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getTimestamp(4) == null
                                ? Optional.empty()
                                : Optional.of(new SendingPolicy.Freeze(
                                        Sql.instant(row, "sending_frozen_at"), row.getString(5)))),
                account.value());
    }

    /** Sets whether the account sends under its own addresses alone. */
    public void strictFrom(AccountId account, boolean strict) throws SQLException {
        Sql.update(
                connection,
                "update account set strict_from = ?, updated_at = now() where id = ?",
                strict,
                account.value());
    }

    /** Lets the account send no more; whether it was not frozen before. */
    public boolean freeze(AccountId account, Instant now, String reason) throws SQLException {
        return Sql.update(
                        connection,
                        "update account set sending_frozen_at = ?, sending_frozen_reason = ? where id = ? and sending_frozen_at is null",
                        now,
                        reason,
                        account.value())
                == 1;
    }

    /** Lets the account send again. */
    public void unfreeze(AccountId account) throws SQLException {
        Sql.update(
                connection,
                "update account set sending_frozen_at = null, sending_frozen_reason = null where id = ?",
                account.value());
    }
}
