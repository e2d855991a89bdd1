// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wildpost.persistence.jdbc.Sql;

/**
 * The destinations for which something waits, so that work is found without looking at entries. Whoever makes an entry wait touches its
 * destination; a row that is due already is not written again, so that a crowd of messages for one domain does not queue up at its row. Rows are
 * locked in the order of their names. As safe for threads as its connection.
 */
public final class QueueDestinations {
    /** For how long a node that looks at a destination has it for itself; another one may look after that. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    /**
     * How long a destination that seems empty is looked at once more: longer than a transaction lives that had made an entry wait and saw the
     * destination as due.
     */
    public static final Duration SETTLE = Duration.ofMinutes(6);

    /** When a destination that seems empty is looked at again, at first; after twice the time each time, until it has settled. */
    public static final Duration AGAIN = Duration.ofSeconds(5);

    // A row that is due within the lease, plus a margin for clocks, needs no touch.
    private static final String TOUCH = "insert into queue_destination as d (name, due_at)"
            + " select w.name, w.due_at from unnest(?::text[], ?::text[]::timestamptz[]) as w (name, due_at)"
            + " where (select true from queue_destination k where k.name = w.name and k.settled_at is null"
            + " and k.due_at <= greatest(w.due_at, coalesce(k.backoff_until, w.due_at)) + interval '15 seconds'"
            + " limit 1) is null"
            + " order by w.name on conflict (name) do update set settled_at = null, due_at = least(d.due_at,"
            + " greatest(excluded.due_at, coalesce(d.backoff_until, excluded.due_at)))";

    static final String LOOK = "update queue_destination d set due_at = ?::timestamptz"
            + " from (select name from queue_destination where due_at <= ? order by due_at limit ?"
            + " for update skip locked) due where d.name = due.name"
            + " returning d.name, d.failures, d.backoff_until, d.last_text";

    private static final String LOCK =
            "select name from queue_destination where name = any(?) order by name for update skip locked";

    // First the destination is marked; when it is looked at again after the mark, what it has is final.
    private static final String SETTLE_ROWS = "update queue_destination d set"
            + " settled_at = case when d.settled_at is null then n.now + ?::bigint * interval '1 ms'"
            + " when d.settled_at <= n.now then null else d.settled_at end,"
            + " due_at = case when d.settled_at <= n.now"
            + " then coalesce(greatest(n.next, case when d.backoff_until > n.now then d.backoff_until end), 'infinity')"
            + " else least(coalesce(d.settled_at, n.now + ?::bigint * interval '1 ms'),"
            + " greatest(d.backoff_until, least(n.next, n.now + greatest(?::bigint * interval '1 ms',"
            + " n.now + ?::bigint * interval '1 ms' - d.settled_at)))) end"
            + " from (select w.name, ?::timestamptz as now, (select e.next_attempt_at from queue_entry e"
            + " where e.destination collate \"C\" = w.name and e.node is null and e.held_at is null"
            + " order by e.next_attempt_at limit 1) as next"
            + " from unnest(?::text[]) as w (name)) n"
            + " where d.name = n.name and (n.next is null or n.next > n.now or d.backoff_until > n.now)";

    private static final String FAIL = "insert into queue_destination as d (name, due_at, failures, failing_since,"
            + " backoff_until, last_text) select w.name, w.now + s.waits[1] * interval '1 ms', 1, w.now,"
            + " w.now + s.waits[1] * interval '1 ms', w.reply from unnest(?::text[], ?::text[]) as f (name, reply)"
            + " cross join lateral (select f.name, f.reply, ?::timestamptz as now) w"
            + " cross join (select ?::bigint[] as waits) s order by w.name"
            + " on conflict (name) do update set"
            + " failures = d.failures + 1, failing_since = coalesce(d.failing_since, excluded.failing_since),"
            + " last_text = excluded.last_text,"
            + " backoff_until = excluded.failing_since"
            + " + (?::bigint[])[least(d.failures + 1, ?)] * interval '1 ms',"
            + " due_at = excluded.failing_since + (?::bigint[])[least(d.failures + 1, ?)] * interval '1 ms'"
            + " where d.backoff_until is null or d.backoff_until <= excluded.failing_since";

    private final Connection connection;

    public QueueDestinations(Connection connection) {
        this.connection = connection;
    }

    /**
     * A destination and how it is.
     *
     * @param failures     in a row
     * @param backoffUntil nothing is tried before that moment
     * @param lastText     what was said when nobody answered, or ""
     */
    public record State(String name, int failures, Optional<Instant> backoffUntil, String lastText) {}

    /** Makes destinations due at these moments, or when their back-off ends. */
    public void touch(Map<String, Instant> due) throws SQLException {
        if (due.isEmpty()) {
            return;
        }
        List<Map.Entry<String, Instant>> rows = List.copyOf(new TreeMap<>(due).entrySet());
        Sql.update(
                connection, TOUCH, Columns.texts(rows, Map.Entry::getKey), Columns.moments(rows, Map.Entry::getValue));
    }

    /** Destinations that are due, the longest waiting first, each for the length of a {@link #LEASE}. */
    public List<State> look(Instant now, int limit) throws SQLException {
        return Sql.list(connection, LOOK, QueueDestinations::state, now.plus(LEASE), now, limit);
    }

    /**
     * Says that nothing of these destinations was due: they are looked at when the next entry is, or their back-off ends, and now and then until
     * they have settled, for a transaction that ends only now may have made an entry wait.
     */
    public void settle(Collection<String> names, Instant now) throws SQLException {
        List<String> locked =
                Sql.list(connection, LOCK, row -> row.getString(1), (Object) Columns.texts(names, name -> name));
        if (locked.isEmpty()) {
            return;
        }
        String[] mine = locked.toArray(String[]::new);
        long settle = SETTLE.toMillis();
        Sql.update(connection, SETTLE_ROWS, settle, settle, AGAIN.toMillis(), settle, now, mine);
        Sql.update(
                connection,
                "delete from queue_destination where name = any(?) and due_at = 'infinity' and settled_at is null",
                (Object) mine);
    }

    /** Says that there is work after all, so that whoever makes an entry wait need not write the row. */
    public void busy(Collection<String> names) throws SQLException {
        Sql.update(
                connection,
                "update queue_destination set settled_at = null where name = any(?) and settled_at is not null",
                (Object) Columns.texts(names, name -> name));
    }

    /**
     * Says that nobody answered: the destination rests. Several failures within one rest count once.
     *
     * @param replies what was said, by name
     * @param waits   milliseconds after the first, second, ... failure in a row; the last one for all that follow
     */
    public void fail(Map<String, String> replies, Instant now, long[] waits) throws SQLException {
        if (replies.isEmpty()) {
            return;
        }
        List<Map.Entry<String, String>> rows = List.copyOf(new TreeMap<>(replies).entrySet());
        Sql.update(
                connection,
                FAIL,
                Columns.texts(rows, Map.Entry::getKey),
                Columns.texts(rows, Map.Entry::getValue),
                now,
                waits,
                waits,
                waits.length,
                waits,
                waits.length);
    }

    /** Ends the rest of destinations, for somebody answered there or an operator wants it. */
    public void recover(Collection<String> names, Instant now) throws SQLException {
        Sql.update(
                connection,
                "update queue_destination set failures = 0, failing_since = null, backoff_until = null, last_text = '',"
                        + " settled_at = null, due_at = least(due_at, ?) where name = any(?) and failures > 0",
                now,
                Columns.texts(names, name -> name));
    }

    /** How these destinations are, those that have a row. */
    public List<State> states(Collection<String> names) throws SQLException {
        return Sql.list(
                connection,
                "select name, failures, backoff_until, last_text from queue_destination where name = any(?)",
                QueueDestinations::state,
                (Object) Columns.texts(names, name -> name));
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(
                row.getString(1), row.getInt(2), Columns.moment(row, "backoff_until"), row.getString("last_text"));
    }
}
