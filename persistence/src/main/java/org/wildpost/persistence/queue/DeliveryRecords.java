// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wildpost.persistence.jdbc.Sql;

/**
 * The record of deliveries: searched newest first, read over an index page by page, and cleaned up in batches. As safe for threads as its
 * connection.
 */
public final class DeliveryRecords {
    private static final String SELECT =
            "select r.id, r.delivery_id, r.sender, r.recipient, r.destination, r.message_id,"
                    + " r.subject, r.size, r.created_at, r.ended_at, r.outcome, r.status, r.reply, r.attempts"
                    + " from delivery_record r where ";

    private static final Comparator<DeliveryRecord> NEWEST_FIRST = Comparator.comparing(DeliveryRecord::created)
            .thenComparingLong(DeliveryRecord::id)
            .reversed();

    private final Connection connection;

    public DeliveryRecords(Connection connection) {
        this.connection = connection;
    }

    /** Deliveries that ended, the newest first. */
    public List<DeliveryRecord> search(DeliverySearch search, int limit) throws SQLException {
        Map<Long, DeliveryRecord> found = new LinkedHashMap<>();
        for (Condition side : sides(search)) {
            List<DeliveryRecord> rows = Sql.list(
                    connection,
                    SELECT + side.sql() + " order by r.created_at desc, r.id desc limit ?",
                    DeliveryRecords::record,
                    side.with(limit));
            rows.forEach(row -> found.put(row.id(), row));
        }
        return found.values().stream().sorted(NEWEST_FIRST).limit(limit).toList();
    }

    /** Sender's side and recipient's side, each with its own index. */
    private static List<Condition> sides(DeliverySearch search) {
        Condition rest = inTime(search, "r.created_at", "r.id");
        if (search.messageId().isPresent()) {
            rest = rest.and("r.message_id = ?", search.messageId().get());
        }
        if (search.address().isPresent()) {
            String address = search.address().get().toLowerCase(Locale.ROOT);
            if (search.domain().isPresent()) {
                String domain = search.domain().get();
                rest = rest.and("(r.sender_domain = ? or r.destination = ?)", domain, domain);
            }
            return List.of(rest.and("lower(r.sender) = ?", address), rest.and("lower(r.recipient) = ?", address));
        }
        if (search.domain().isPresent()) {
            String domain = search.domain().get();
            return List.of(rest.and("r.sender_domain = ?", domain), rest.and("r.destination = ?", domain));
        }
        return List.of(rest);
    }

    /** Entries that still wait, the newest first. */
    public List<QueueReads.Listed> waiting(DeliverySearch search, int limit) throws SQLException {
        Condition condition = inTime(search, "m.created_at", "e.id");
        if (search.messageId().isPresent()) {
            condition = condition.and("m.message_id = ?", search.messageId().get());
        }
        if (search.address().isPresent()) {
            String address = search.address().get().toLowerCase(Locale.ROOT);
            condition = condition.and("? in (lower(m.reverse_path), lower(e.recipient))", address);
        }
        if (search.domain().isPresent()) {
            String domain = search.domain().get();
            condition = condition.and("(m.sender_domain = ? or e.recipient like '%@' || ?)", domain, domain);
        }
        return new QueueReads(connection).newest(condition, limit);
    }

    private static Condition inTime(DeliverySearch search, String created, String id) {
        Condition condition = Condition.TRUE;
        if (search.from().isPresent()) {
            condition = condition.and(created + " >= ?", search.from().get());
        }
        if (search.to().isPresent()) {
            condition = condition.and(created + " < ?", search.to().get());
        }
        if (search.before().isPresent()) {
            DeliverySearch.Place place = search.before().get();
            condition = condition.and("(" + created + ", " + id + ") < (?, ?)", place.created(), place.id());
        }
        return condition;
    }

    /** The recipients of a delivery that are done. */
    public List<DeliveryRecord> ofDelivery(String deliveryId) throws SQLException {
        return Sql.list(connection, SELECT + "r.delivery_id = ? order by r.id", DeliveryRecords::record, deliveryId);
    }

    /** Every try of these entries, in order. */
    public List<AttemptRow> attempts(long[] entries) throws SQLException {
        return new ArrayList<>(Sql.list(
                connection,
                "select * from delivery_attempt where entry_id = any(?) order by entry_id, number",
                DeliveryRecords::attempt,
                (Object) entries));
    }

    /** Forgets records of messages that were taken before a moment, with their tries; how many, at most the limit. */
    public int forget(Instant before, int limit) throws SQLException {
        return Sql.first(
                        connection,
                        "with old as (select id from delivery_record where created_at < ? order by created_at, id limit ?),"
                                + " tries as (delete from delivery_attempt a using old where a.entry_id = old.id),"
                                + " gone as (delete from delivery_record r using old where r.id = old.id returning 1)"
                                + " select count(*) from gone",
                        row -> row.getInt(1),
                        before,
                        limit)
                .orElseThrow();
    }

    private static DeliveryRecord record(ResultSet row) throws SQLException {
        return new DeliveryRecord(
                row.getLong("id"),
                row.getString("delivery_id"),
                row.getString("sender"),
                row.getString("recipient"),
                row.getString("destination"),
                row.getString("message_id"),
                row.getString("subject"),
                row.getLong("size"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "ended_at"),
                DeliveryOutcome.valueOf(row.getString("outcome")),
                row.getString("status"),
                row.getString("reply"),
                row.getInt("attempts"));
    }

    private static AttemptRow attempt(ResultSet row) throws SQLException {
        return new AttemptRow(
                row.getLong("entry_id"),
                row.getInt("number"),
                Sql.instant(row, "began_at"),
                row.getLong("took_ms"),
                row.getString("host"),
                row.getString("address"),
                row.getString("tls_protocol"),
                row.getString("tls_cipher"),
                row.getString("tls_verified"),
                row.getString("policy"),
                row.getString("result"),
                row.getString("status"),
                row.getString("reply"));
    }
}
