// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.wildpost.persistence.jdbc.Sql;

/**
 * Where nodes hear each other. Whoever listens holds a lock that all listeners share, so that it can be counted how many there are. As safe for threads as
 * its connection.
 *
 * <p>A transaction that notifies takes one lock of the whole server from before its commit to behind it, so that such commits go one after the other, each
 * with its own write to the disk. So no transaction that stores mail notifies: news are gathered and told behind the commits, by a transaction of their own
 * that has nothing to be durable.
 */
public final class NodeChannel {
    private static final String CHANNEL = "wildpost_news";

    /** The two halves of the shared lock's number: "wild", "post". */
    private static final int LOCK_CLASS = 0x77696c64;

    private static final int LOCK = 0x706f7374;

    private final Connection connection;

    public NodeChannel(Connection connection) {
        this.connection = connection;
    }

    /** Hears from now on what others tell, until the connection ends or {@link #leave}. */
    public void listen() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
        }
        Sql.first(connection, "select pg_advisory_lock_shared(?, ?)", row -> true, LOCK_CLASS, LOCK);
    }

    /** Hears no more; for a connection that goes back to a pool. */
    public void leave() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("unlisten " + CHANNEL);
        }
        Sql.first(connection, "select pg_advisory_unlock_shared(?, ?)", row -> true, LOCK_CLASS, LOCK);
    }

    /** How many connections listen. */
    public long listeners() throws SQLException {
        return Sql.first(
                        connection,
                        "select count(*) from pg_locks where locktype = 'advisory' and granted and classid = ?::bigint::oid"
                                + " and objid = ?::bigint::oid"
                                + " and database = (select oid from pg_database where datname = current_database())",
                        row -> row.getLong(1),
                        LOCK_CLASS,
                        LOCK)
                .orElse(0L);
    }

    /** Tells all who listen, this node among them, in a transaction of its own that waits for no disk. */
    public void tell(NodeNews news) throws SQLException {
        Sql.list(
                connection,
                "select set_config('synchronous_commit', 'off', true), pg_notify('" + CHANNEL + "', payload)"
                        + " from unnest(?::text[]) as t (payload)",
                row -> true,
                (Object) news.payloads().toArray(String[]::new));
    }

    /** What was told, as soon as there is something; nothing when there was nothing for so long. */
    public List<NodeNews> hear(Duration atMost) throws SQLException {
        List<NodeNews> heard = new ArrayList<>();
        PGNotification[] told =
                connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(Math.max(1, atMost.toMillis())));
        if (told != null) {
            for (PGNotification one : told) {
                NodeNews.of(one.getParameter()).ifPresent(heard::add);
            }
        }
        return heard;
    }
}
