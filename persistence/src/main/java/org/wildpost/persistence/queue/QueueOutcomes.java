// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wildpost.core.id.AccountId;
import org.wildpost.persistence.jdbc.Sql;

/**
 * Writes what became of entries, many in one transaction. Locks entries first, then messages, then blobs, each in ascending order. As safe for
 * threads as its connection.
 */
public final class QueueOutcomes {
    private static final String ATTEMPTS =
            "insert into delivery_attempt (entry_id, number, began_at, took_ms, host, address,"
                    + " tls_protocol, tls_cipher, tls_verified, policy, result, status, reply)"
                    + " select * from unnest(?::bigint[], ?::bigint[]::integer[], ?::text[]::timestamptz[], ?::bigint[], ?::text[],"
                    + " ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])"
                    + " on conflict do nothing";

    private static final String END = "with r as (select * from unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[],"
            + " ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[]::timestamptz[],"
            + " ?::text[]::timestamptz[], ?::text[], ?::text[], ?::text[], ?::bigint[]) as r (id)),"
            + " gone as (delete from queue_entry e using r where e.id = r.id returning r.*)"
            + " insert into delivery_record (id, delivery_id, account_id, sender, sender_domain, recipient, destination,"
            + " message_id, subject, size, created_at, ended_at, outcome, status, reply, attempts)"
            + " select * from gone returning id";

    private static final String DEFER = "update queue_entry e set node = null, attempts = e.attempts + 1,"
            + " next_attempt_at = d.next, last_status = d.status, last_text = d.reply"
            + " from unnest(?::bigint[], ?::text[]::timestamptz[], ?::text[], ?::text[]) as d (id, next, status, reply)"
            + " where e.id = d.id and e.node = ? returning e.id";

    private static final String UNUSED_BLOBS = "delete from blob b where b.id = any(?)"
            + " and (select true from content c where c.blob_id = b.id limit 1) is null"
            + " and (select true from queued_message q where q.blob_id = b.id limit 1) is null";

    private final Connection connection;

    public QueueOutcomes(Connection connection) {
        this.connection = connection;
    }

    /** Keeps tries; one that is kept already stays as it is. */
    public void attempted(List<AttemptRow> attempts) throws SQLException {
        if (attempts.isEmpty()) {
            return;
        }
        Sql.update(
                connection,
                ATTEMPTS,
                Columns.numbers(attempts, AttemptRow::entry),
                Columns.numbers(attempts, AttemptRow::number),
                Columns.moments(attempts, AttemptRow::began),
                Columns.numbers(attempts, AttemptRow::tookMillis),
                Columns.texts(attempts, AttemptRow::host),
                Columns.texts(attempts, AttemptRow::address),
                Columns.texts(attempts, AttemptRow::tlsProtocol),
                Columns.texts(attempts, AttemptRow::tlsCipher),
                Columns.texts(attempts, AttemptRow::tlsVerified),
                Columns.texts(attempts, AttemptRow::policy),
                Columns.texts(attempts, AttemptRow::result),
                Columns.texts(attempts, AttemptRow::status),
                Columns.texts(attempts, AttemptRow::reply));
    }

    /**
     * Takes entries out of the queue, whoever has them, and keeps a record of each; a message goes with its last entry, and its blob when no
     * mailbox has it.
     *
     * @return the entries that were still there
     */
    public Set<Long> end(List<EndedEntry> unordered) throws SQLException {
        if (unordered.isEmpty()) {
            return Set.of();
        }
        List<EndedEntry> entries = unordered.stream()
                .sorted(Comparator.comparingLong(one -> one.entry().id()))
                .toList();
        Set<Long> gone = new HashSet<>(Sql.list(
                connection,
                END,
                row -> row.getLong(1),
                Columns.numbers(entries, one -> one.entry().id()),
                Columns.texts(entries, one -> one.message().deliveryId()),
                Columns.numbers(
                        entries,
                        one -> one.message().account().map(AccountId::value).orElse(0L)),
                Columns.texts(entries, one -> one.message().reversePath().toString()),
                Columns.texts(
                        entries,
                        one -> one.message()
                                .senderDomain()
                                .map(Object::toString)
                                .orElse("")),
                Columns.texts(entries, one -> one.entry().path().address().toString()),
                Columns.texts(
                        entries, one -> one.entry().path().address().domain().ascii()),
                Columns.texts(entries, one -> one.message().messageId()),
                Columns.texts(entries, one -> one.message().subject()),
                Columns.numbers(entries, one -> one.message().size()),
                Columns.moments(entries, one -> one.message().created()),
                Columns.moments(entries, EndedEntry::ended),
                Columns.texts(entries, one -> one.outcome().name()),
                Columns.texts(entries, EndedEntry::status),
                Columns.texts(entries, EndedEntry::reply),
                Columns.numbers(entries, EndedEntry::attempts)));
        endMessages(
                entries.stream().filter(one -> gone.contains(one.entry().id())).toList());
        return gone;
    }

    private void endMessages(List<EndedEntry> entries) throws SQLException {
        Set<Long> done = new HashSet<>();
        Map<Long, Long> shared = new HashMap<>();
        for (EndedEntry one : entries) {
            if (one.message().recipients() == 1) {
                done.add(one.message().id());
            } else {
                shared.merge(one.message().id(), 1L, Long::sum);
            }
        }
        if (!shared.isEmpty()) {
            done.addAll(lessEntries(shared));
        }
        if (done.isEmpty()) {
            return;
        }
        List<Long> blobs = new ArrayList<>(Sql.list(
                connection,
                "delete from queued_message where id = any(?) returning blob_id",
                row -> row.getLong(1),
                (Object) sorted(Columns.numbers(done, Long::longValue))));
        long[] ids = sorted(Columns.numbers(blobs, Long::longValue));
        // What ever was in a mailbox is the sweep's. Locked first, so that the question after it sees content that came
        // before.
        Sql.list(connection, "select id from blob where id = any(?) order by id for update", row -> 1, (Object) ids);
        Sql.update(connection, UNUSED_BLOBS, (Object) ids);
    }

    /** Counts down the open entries; the messages that have none any more. */
    private List<Long> lessEntries(Map<Long, Long> messages) throws SQLException {
        long[] ids = sorted(Columns.numbers(messages.keySet(), Long::longValue));
        long[] ended = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ended[i] = messages.getOrDefault(ids[i], 0L);
        }
        Sql.list(
                connection, "select id from queued_message where id = any(?) order by id for update", row -> 1, (Object)
                        ids);
        return Sql.list(
                connection,
                "with less as (update queued_message m set open_entries = m.open_entries - d.ended"
                        + " from unnest(?::bigint[], ?::bigint[]) as d (id, ended) where m.id = d.id"
                        + " returning m.id, m.open_entries) select id from less where open_entries <= 0",
                row -> row.getLong(1),
                ids,
                ended);
    }

    /** Lets entries of this node wait for their next try; those that are not the node's any more stay as they are. */
    public Set<Long> defer(List<DeferredEntry> entries, long node) throws SQLException {
        if (entries.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(Sql.list(
                connection,
                DEFER,
                row -> row.getLong(1),
                Columns.numbers(entries, one -> one.entry().id()),
                Columns.moments(entries, DeferredEntry::next),
                Columns.texts(entries, DeferredEntry::status),
                Columns.texts(entries, DeferredEntry::reply),
                node));
    }

    /** Stops an entry that cannot be handled, for an operator to look at. */
    public void park(long entry, String why) throws SQLException {
        Sql.update(
                connection,
                "update queue_entry set node = null, held_at = now(), last_text = ? where id = ?",
                Sql.storable(why),
                entry);
    }

    private static long[] sorted(long[] ids) {
        java.util.Arrays.sort(ids);
        return ids;
    }
}
