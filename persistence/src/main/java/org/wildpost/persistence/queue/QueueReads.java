// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wildpost.persistence.jdbc.Sql;

/** What operators ask about the queue, and what they do with it. As safe for threads as its connection. */
public final class QueueReads {
    private static final String FROM = " from queue_entry e join queued_message m on m.id = e.message_id where ";
    private static final String SELECT =
            "select " + QueueRows.ENTRY + ", e.node, e.held_at, " + QueueRows.MESSAGE + FROM;

    private final Connection connection;

    public QueueReads(Connection connection) {
        this.connection = connection;
    }

    /** An entry with its message and where it is. */
    public record Listed(QueueEntry entry, QueuedMessage message, EntryState state, Optional<Instant> heldAt) {}

    /** Entries, the newest first. */
    public List<Listed> list(EntrySelection selection, int offset, int limit) throws SQLException {
        Condition condition = selection.condition();
        return Sql.list(
                connection,
                SELECT + condition.sql() + " order by e.id desc limit ? offset ?",
                QueueReads::listed,
                condition.with(limit, offset));
    }

    /** How many there are. */
    public long count(EntrySelection selection) throws SQLException {
        Condition condition = selection.condition();
        return Sql.first(
                        connection, "select count(*)" + FROM + condition.sql(), row -> row.getLong(1), condition.with())
                .orElseThrow();
    }

    /** The next entries of a selection above an id, in ascending order: for work in batches. */
    public List<Listed> above(EntrySelection selection, long id, int limit) throws SQLException {
        Condition condition = selection.condition().and("e.id > ?", id);
        return Sql.list(
                connection,
                SELECT + condition.sql() + " order by e.id limit ?",
                QueueReads::listed,
                condition.with(limit));
    }

    /** Entries in the order of their messages' time, the newest first. */
    List<Listed> newest(Condition condition, int limit) throws SQLException {
        return Sql.list(
                connection,
                SELECT + condition.sql() + " order by m.created_at desc, e.id desc limit ?",
                QueueReads::listed,
                condition.with(limit));
    }

    /** All entries of the messages of a delivery. */
    public List<Listed> ofDelivery(String deliveryId) throws SQLException {
        return Sql.list(connection, SELECT + "m.delivery_id = ? order by e.id", QueueReads::listed, deliveryId);
    }

    /** Stops entries, also those that a node has in hand: they stop when they come back. */
    public int hold(long[] ids, Instant now) throws SQLException {
        return Sql.update(
                connection, "update queue_entry set held_at = ? where id = any(?) and held_at is null", now, ids);
    }

    /** Lets stopped entries go on, and as much later expire as they were stopped. */
    public int unhold(long[] ids, Instant now) throws SQLException {
        return Sql.update(
                connection,
                "update queue_entry set held_at = null, expires_at = expires_at + greatest(? - held_at, interval '0'),"
                        + " notice_at = notice_at + greatest(? - held_at, interval '0')"
                        + " where id = any(?) and held_at is not null",
                now,
                now,
                ids);
    }

    /** Lets waiting entries be tried at once. */
    public int retryNow(long[] ids, Instant now) throws SQLException {
        return Sql.update(
                connection, "update queue_entry set next_attempt_at = ? where id = any(?) and node is null", now, ids);
    }

    /** Sends entries to another next hop, or the ordinary way again when there is none. */
    public int reroute(List<QueueEntry> entries, Optional<QueueEntry.NextHop> hop, Instant now) throws SQLException {
        return Sql.update(
                connection,
                "update queue_entry e set reroute_host = ?, reroute_port = ?, destination = d.destination,"
                        + " next_attempt_at = ? from unnest(?::bigint[], ?::text[]) as d (id, destination)"
                        + " where e.id = d.id and e.node is null",
                hop.map(QueueEntry.NextHop::host).orElse(null),
                hop.map(QueueEntry.NextHop::port).orElse(null),
                now,
                Columns.numbers(entries, QueueEntry::id),
                Columns.texts(
                        entries,
                        entry -> hop.map(QueueEntry.NextHop::destination)
                                .orElseGet(() -> entry.path().address().domain().ascii())));
    }

    /** Takes entries that no node has, held ones too, for a node that ends them. */
    public List<Long> seize(long[] ids, long node) throws SQLException {
        return Sql.list(
                connection,
                "with mine as (select id from queue_entry where id = any(?) and node is null order by id"
                        + " for update skip locked)"
                        + " update queue_entry e set node = ? from mine where e.id = mine.id returning e.id",
                row -> row.getLong(1),
                ids,
                node);
    }

    /** Locks those of the entries that no node has, until the transaction ends. */
    public List<Long> lockIdle(long[] ids) throws SQLException {
        return Sql.list(
                connection,
                "select id from queue_entry where id = any(?) and node is null order by id for update skip locked",
                row -> row.getLong(1),
                (Object) ids);
    }

    private static Listed listed(ResultSet row) throws SQLException {
        Optional<Instant> heldAt = Columns.moment(row, "held_at");
        row.getLong("node");
        EntryState state =
                !row.wasNull() ? EntryState.CARRIED : heldAt.isPresent() ? EntryState.HELD : EntryState.WAITING;
        return new Listed(QueueRows.entry(row), QueueRows.message(row), state, heldAt);
    }
}
