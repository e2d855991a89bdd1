// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.wildpost.persistence.jdbc.Sql;

/**
 * The nodes that carry mail, by their heartbeats; the time is the database's, so that clocks of nodes need not agree. As safe for threads as its
 * connection.
 */
public final class QueueNodes {
    private final Connection connection;

    public QueueNodes(Connection connection) {
        this.connection = connection;
    }

    /** A new life of the node of that name. */
    public long register(String name) throws SQLException {
        return Sql.first(
                        connection,
                        "insert into queue_node (name, heartbeat_at) values (?, clock_timestamp()) returning id",
                        row -> row.getLong(1),
                        name)
                .orElseThrow();
    }

    /** Says that the node lives, also when it was thought dead. */
    public void beat(long node, String name) throws SQLException {
        Sql.update(
                connection,
                "insert into queue_node (id, name, heartbeat_at) values (?, ?, clock_timestamp())"
                        + " on conflict (id) do update set heartbeat_at = excluded.heartbeat_at",
                node,
                name);
    }

    /** Buries nodes whose heartbeat is older than that; how many there were. */
    public int bury(long self, Duration stale) throws SQLException {
        return Sql.update(
                connection,
                "delete from queue_node where id <> ? and heartbeat_at < clock_timestamp() - ?::bigint * interval '1 ms'",
                self,
                stale.toMillis());
    }

    /** Buries the earlier lives of the node of that name. */
    public int buryEarlier(long self, String name) throws SQLException {
        return Sql.update(connection, "delete from queue_node where name = ? and id < ?", name, self);
    }

    /** Gives back what nodes that are no more had claimed; the destinations of it. */
    public List<String> freeClaims() throws SQLException {
        return Sql.list(
                connection,
                "with freed as (update queue_entry set node = null where node is not null"
                        + " and node <> all (array(select id from queue_node)) returning destination)"
                        + " select distinct destination from freed",
                row -> row.getString(1));
    }

    /** Says that the node ends. */
    public void retire(long node) throws SQLException {
        Sql.update(connection, "delete from queue_node where id = ?", node);
    }
}
