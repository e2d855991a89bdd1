// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.sending;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.wildpost.persistence.jdbc.Sql;

/** Ceilings that somebody set for an account, a domain or the server; what is not set has the server's default. As safe for threads as its connection. */
public final class Ceilings {
    /** Whose ceiling. */
    public enum Scope {
        ACCOUNT("account"),
        DOMAIN("domain"),
        SERVER("server");

        private final String column;

        Scope(String column) {
            this.column = column;
        }
    }

    private final Connection connection;

    public Ceilings(Connection connection) {
        this.connection = connection;
    }

    /** What is set, by the name of the limit. */
    public Map<String, Long> of(Scope scope, long id) throws SQLException {
        Map<String, Long> found = new HashMap<>();
        Sql.each(
                connection,
                "select kind, ceiling from sending_limit where scope = ? and scope_id = ?",
                row -> found.put(row.getString(1), row.getLong(2)),
                scope.column,
                id);
        return found;
    }

    /** Sets a ceiling; 0 means none. */
    public void set(Scope scope, long id, String kind, long ceiling) throws SQLException {
        Sql.update(
                connection,
                "insert into sending_limit (scope, scope_id, kind, ceiling) values (?, ?, ?, ?)"
                        + " on conflict (scope, scope_id, kind) do update set ceiling = excluded.ceiling",
                scope.column,
                id,
                kind,
                ceiling);
    }

    /** Takes a ceiling back to the default. */
    public void unset(Scope scope, long id, String kind) throws SQLException {
        Sql.update(
                connection,
                "delete from sending_limit where scope = ? and scope_id = ? and kind = ?",
                scope.column,
                id,
                kind);
    }
}
