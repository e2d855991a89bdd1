// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wildpost.persistence.jdbc.Sql;

/**
 * Takes entries for a node, gives them back, and reads what is to be carried. Any number of nodes claim at once; what another one is just
 * claiming is passed over. Each statement reads about as many rows as it answers with, however many wait. As safe for threads as its connection.
 */
public final class QueueClaims {
    /** Lanes of a destination that one question answers with. */
    public static final int LANES = 50;

    /** Recipients of one message that are claimed together; the least that a next hop must take (RFC 5321 §4.5.3.1.8). */
    public static final int RECIPIENTS = 100;

    private static final String WAITS = "e.node is null and e.held_at is null";

    /** A loose scan: one step over the index for each lane, not for each entry. */
    static final String LANE_SCAN =
            "select w.name, l.urgency, l.account_id from unnest(?::text[], ?::bigint[], ?::bigint[])"
                    + " as w (name, urgency, account_id) cross join lateral (with recursive step as ("
                    + " (select e.urgency, e.account_id, 1 as turn from queue_entry e where e.destination = w.name and "
                    + WAITS
                    + " and (e.urgency, e.account_id) > (w.urgency::smallint, w.account_id)"
                    + " order by e.urgency, e.account_id limit 1)"
                    + " union all select n.urgency, n.account_id, step.turn + 1 from step cross join lateral"
                    + " (select e.urgency, e.account_id from queue_entry e where e.destination = w.name and " + WAITS
                    + " and (e.urgency, e.account_id) > (step.urgency, step.account_id)"
                    + " order by e.urgency, e.account_id limit 1) n where step.turn < " + LANES
                    + ") select urgency, account_id from step) l";

    /** The first due ones of each lane, of those as many as the destination may have, and with each the others of its message. */
    static final String CLAIM = "with due as (select l.destination, l.urgency, l.turn, l.wanted, h.message_id,"
            + " row_number() over (partition by l.turn, l.destination) as round"
            + " from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])"
            + " as l (destination, urgency, account_id, share, turn, wanted)"
            + " cross join lateral (select e.message_id from queue_entry e"
            + " where e.destination = l.destination and e.urgency = l.urgency::smallint and e.account_id = l.account_id"
            + " and " + WAITS + " and e.next_attempt_at <= ? order by e.next_attempt_at limit l.share"
            + " for update skip locked) h),"
            + " head as (select distinct destination, message_id from (select destination, message_id, wanted,"
            + " row_number() over (partition by destination order by urgency, round, turn) as place from due) placed"
            + " where place <= wanted),"
            // That they wait is hidden from the planner, so that it takes the index of the message and none of those
            // that wait.
            + " mate as (select e.id from head h cross join lateral (select e.id from queue_entry e"
            + " where e.message_id = h.message_id and e.destination = h.destination"
            + " and coalesce(e.node, -1) = -1 and coalesce(e.held_at, 'infinity') = 'infinity'"
            + " and e.next_attempt_at <= ? limit " + RECIPIENTS + " for update skip locked) e)"
            + " update queue_entry e set node = ? where e.id = any (array(select id from mate))"
            + " returning " + QueueRows.ENTRY;

    static final String CLAIM_EXPIRED = "update queue_entry e set node = ? from (select e.id from queue_entry e where "
            + WAITS + " and e.expires_at <= ? order by e.expires_at limit ? for update skip locked) old"
            + " where e.id = old.id returning " + QueueRows.ENTRY;

    private static final String CONTENT = "select " + QueueRows.MESSAGE
            + ", case when b.size <= ? then b.data end as octets"
            + " from queued_message m join blob b on b.id = m.blob_id where m.id = any(?)";

    private final Connection connection;

    public QueueClaims(Connection connection) {
        this.connection = connection;
    }

    /**
     * A lane to claim from.
     *
     * @param share  messages that it may give at most
     * @param turn   its place among those of its destination and urgency
     * @param wanted messages that all lanes of the destination may give together
     */
    public record Wish(Lane lane, int share, int turn, int wanted) {}

    /**
     * Keeps the planner from reading whole tables in this transaction: one that was small when it looked may have a hundred thousand rows before
     * it looks again.
     */
    public void byIndexOnly() throws SQLException {
        Sql.first(
                connection,
                "select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),"
                        + " set_config('enable_mergejoin', 'off', true)",
                row -> true);
    }

    /** The lanes of destinations behind the given ones, in order, at most {@value #LANES} for each destination. */
    public List<Lane> lanesBehind(Collection<Lane> places) throws SQLException {
        List<Lane> lanes = Sql.list(
                connection,
                LANE_SCAN,
                row -> new Lane(row.getString(1), row.getInt(2), row.getLong(3)),
                Columns.texts(places, Lane::destination),
                Columns.numbers(places, Lane::urgency),
                Columns.numbers(places, Lane::account));
        lanes.sort(null);
        return lanes;
    }

    /** Claims what is due now. */
    public List<QueueEntry> claim(List<Wish> wishes, long node, Instant now) throws SQLException {
        return Sql.list(
                connection,
                CLAIM,
                QueueRows::entry,
                Columns.texts(wishes, wish -> wish.lane().destination()),
                Columns.numbers(wishes, wish -> wish.lane().urgency()),
                Columns.numbers(wishes, wish -> wish.lane().account()),
                Columns.numbers(wishes, Wish::share),
                Columns.numbers(wishes, Wish::turn),
                Columns.numbers(wishes, Wish::wanted),
                now,
                now,
                node);
    }

    /** Claims entries that are too old, the oldest first. */
    public List<QueueEntry> claimExpired(long node, Instant now, int limit) throws SQLException {
        return Sql.list(connection, CLAIM_EXPIRED, QueueRows::entry, node, now, limit);
    }

    /**
     * Messages by id, with the octets of those blobs that have at most so many.
     *
     * @param smallOctets at most what one row of {@code blob} holds
     */
    public Map<Long, QueuedContent> contents(Collection<Long> messages, int smallOctets) throws SQLException {
        Map<Long, QueuedContent> found = new HashMap<>();
        Sql.each(
                connection,
                CONTENT,
                row -> {
                    QueuedMessage message = QueueRows.message(row);
                    found.put(message.id(), new QueuedContent(message, row.getBytes("octets")));
                },
                smallOctets,
                Columns.numbers(messages, Long::longValue));
        return found;
    }

    /** Gives entries back as they are, to be claimed by whoever comes; their destinations with the earliest moment of each. */
    public Map<String, Instant> release(long[] entries, long node) throws SQLException {
        Map<String, Instant> destinations = new HashMap<>();
        Sql.each(
                connection,
                "update queue_entry e set node = null where e.id = any(?) and e.node = ?"
                        + " returning e.destination, e.next_attempt_at",
                row -> destinations.merge(
                        row.getString(1), Sql.instant(row, "next_attempt_at"), (a, b) -> a.isBefore(b) ? a : b),
                entries,
                node);
        return destinations;
    }

    /** Entries that the node has claimed. */
    public List<Long> claimedBy(long node) throws SQLException {
        return Sql.list(connection, "select id from queue_entry where node = ?", row -> row.getLong(1), node);
    }
}
