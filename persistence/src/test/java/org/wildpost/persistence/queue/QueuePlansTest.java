// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.migration.Migrations;

/**
 * What the hot statements cost with 100,000 entries waiting, 90,000 of them for one destination that rests: counted in rows, never in time.
 */
class QueuePlansTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ENTRIES = 100_000;
    private static final List<String> TABLES = List.of("queue_entry", "queued_message", "queue_destination");

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void fill() throws IOException, SQLException {
        postgres = EmbeddedPostgres.start();
        new Migrations(postgres.getPostgresDatabase()).apply();
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            // The planner looks while the tables are empty, and does not look again: the worst that can happen.
            Sql.update(connection, "alter table queue_entry set (autovacuum_enabled = off)");
            Sql.update(connection, "alter table queued_message set (autovacuum_enabled = off)");
            Sql.update(connection, "alter table queue_destination set (autovacuum_enabled = off)");
            Sql.update(
                    connection,
                    "insert into blob (id, size, sha256, data) select i, 10, '', '' from generate_series(1, ?) i",
                    ENTRIES);
            Sql.update(
                    connection,
                    "insert into queued_message (id, delivery_id, blob_id, prefix, size, account_id, reverse_path,"
                            + " smtp_utf8, body, require_tls, priority, deliver_by_trace, message_id, subject, needs_eight,"
                            + " needs_utf8, created_at, recipients, open_entries)"
                            + " select i, 'd' || i, i, '', 10, i % 500, 'a@demo.test', false, 'SEVEN_BIT', false, 0, false,"
                            + " '', '', false, false, ?, 1, 1 from generate_series(1, ?) i",
                    NOW,
                    ENTRIES);
            Sql.update(
                    connection,
                    "insert into queue_entry (id, message_id, account_id, destination, recipient, notify, urgency,"
                            + " next_attempt_at, expires_at, notice_at) select i, i, i % 500, case when i <= 90000 then"
                            + " 'dead.test' else 'd' || i % 2000 || '.test' end, 'b@x.test', 6, 0,"
                            + " ?::timestamptz, ?::timestamptz + interval '5 days', ?::timestamptz + interval '4 hours'"
                            + " from generate_series(1, ?) i",
                    NOW,
                    NOW,
                    NOW,
                    ENTRIES);
            Sql.update(
                    connection,
                    "insert into queue_destination (name, due_at) select 'd' || i || '.test', ?::timestamptz"
                            + " from generate_series(0, 1999) i",
                    NOW);
            Sql.update(
                    connection,
                    "insert into queue_destination (name, due_at, failures, backoff_until)"
                            + " values ('dead.test', ?::timestamptz + interval '1 hour', 3, ?::timestamptz + interval '1 hour')",
                    NOW,
                    NOW);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    /** Work that is rolled back. */
    @FunctionalInterface
    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    /** Rows that a transaction reads of the queue's tables, and whether it read a table from end to end. */
    private static long rowsRead(Work work) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            connection.setAutoCommit(false);
            new QueueClaims(connection).byIndexOnly();
            work.run(connection);
            long rows = 0;
            for (String table : TABLES) {
                long[] read = Sql.first(
                                connection,
                                "select coalesce(seq_scan, 0), coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables"
                                        + " where relname = ?",
                                row -> new long[] {row.getLong(1), row.getLong(2)},
                                table)
                        .orElseThrow();
                assertThat(read[0]).as("scans of " + table).isZero();
                rows += read[1];
            }
            connection.rollback();
            return rows;
        }
    }

    private static List<String> plan(String statement, Object... parameters) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            connection.setAutoCommit(false);
            new QueueClaims(connection).byIndexOnly();
            List<String> lines = Sql.list(connection, "explain " + statement, row -> row.getString(1), parameters);
            connection.rollback();
            return lines;
        }
    }

    @Test
    void everyHotStatementGoesOverItsIndex() throws SQLException {
        String[] names = {"d7.test"};
        long[] zero = {0};
        long[] one = {1};
        assertThat(plan(QueueDestinations.LOOK, NOW, NOW, 100))
                .noneMatch(line -> line.contains("Seq Scan"))
                .anyMatch(line -> line.contains("queue_destination_due"));
        assertThat(plan(QueueClaims.LANE_SCAN, names, new long[] {-100}, new long[] {-1}))
                .noneMatch(line -> line.contains("Seq Scan"))
                .anyMatch(line -> line.contains("queue_entry_lane"));
        assertThat(plan(QueueClaims.CLAIM, names, zero, zero, one, zero, one, NOW, NOW, 1L))
                .noneMatch(line -> line.contains("Seq Scan"))
                .anyMatch(line -> line.contains("queue_entry_lane"))
                .anyMatch(line -> line.contains("queue_entry_message"));
        assertThat(plan(QueueClaims.CLAIM_EXPIRED, 1L, NOW, 100))
                .noneMatch(line -> line.contains("Seq Scan"))
                .anyMatch(line -> line.contains("queue_entry_expiry"));
        assertThat(plan(QueueNotices.DUE, NOW, 100))
                .noneMatch(line -> line.contains("Seq Scan"))
                .anyMatch(line -> line.contains("queue_entry_notice"));
    }

    @Test
    void lookingForDueDestinationsReadsThoseThatAreDue() throws SQLException {
        assertThat(rowsRead(connection -> assertThat(new QueueDestinations(connection).look(NOW, 50))
                        .hasSize(50)))
                .isLessThan(500);
        assertThat(rowsRead(connection -> assertThat(new QueueDestinations(connection).look(NOW.minusSeconds(1), 50))
                        .isEmpty()))
                .isLessThan(10);
    }

    @Test
    void claimingReadsAboutWhatItClaims() throws SQLException {
        assertThat(rowsRead(connection -> {
                    QueueClaims claims = new QueueClaims(connection);
                    List<Lane> lanes =
                            claims.lanesBehind(List.of(Lane.beforeAll("d7.test"), Lane.beforeAll("dead.test")));
                    assertThat(lanes.stream().filter(lane -> lane.destination().equals("dead.test")))
                            .hasSize(QueueClaims.LANES);
                    assertThat(lanes).isSorted();
                    List<QueueEntry> claimed = claims.claim(
                            List.of(
                                    new QueueClaims.Wish(lanes.getFirst(), 3, 0, 3),
                                    new QueueClaims.Wish(lanes.getLast(), 4, 0, 4)),
                            1,
                            NOW);
                    assertThat(claimed).hasSize(7);
                    assertThat(claims.contents(List.of(claimed.getFirst().message()), 100))
                            .hasSize(1);
                }))
                .isLessThan(300);
    }

    @Test
    void claimingWhatIsNotDueReadsNothing() throws SQLException {
        assertThat(rowsRead(connection -> assertThat(new QueueClaims(connection)
                                .claim(
                                        List.of(new QueueClaims.Wish(new Lane("dead.test", 0, 7), 5, 0, 5)),
                                        1,
                                        NOW.minusSeconds(1)))
                        .isEmpty()))
                .isLessThan(10);
    }

    @Test
    void sweepingReadsWhatIsDue() throws SQLException {
        assertThat(rowsRead(connection -> {
                    assertThat(new QueueClaims(connection).claimExpired(1, NOW, 100))
                            .isEmpty();
                    assertThat(new QueueNotices(connection).due(NOW, 100)).isEmpty();
                }))
                .isLessThan(10);
        assertThat(rowsRead(connection -> assertThat(
                                new QueueClaims(connection).claimExpired(1, NOW.plusSeconds(600_000), 100))
                        .hasSize(100)))
                .isLessThan(500);
    }

    @Test
    void aNewNodeReadsOnlyClaims() throws SQLException {
        assertThat(rowsRead(connection -> {
                    QueueNodes nodes = new QueueNodes(connection);
                    long node = nodes.register("node-a");
                    nodes.buryEarlier(node, "node-a");
                    nodes.freeClaims();
                    assertThat(new QueueClaims(connection).claimedBy(node)).isEmpty();
                }))
                .isLessThan(10);
    }

    @Test
    void recordingReadsWhatItRecords() throws SQLException {
        assertThat(rowsRead(connection -> {
                    QueueClaims claims = new QueueClaims(connection);
                    List<QueueEntry> claimed =
                            claims.claim(List.of(new QueueClaims.Wish(new Lane("dead.test", 0, 7), 20, 0, 20)), 1, NOW);
                    Map<Long, QueuedContent> contents = claims.contents(
                            claimed.stream().map(QueueEntry::message).toList(), 0);
                    List<EndedEntry> ended = claimed.stream()
                            .map(entry -> new EndedEntry(
                                    entry,
                                    contents.get(entry.message()).message(),
                                    DeliveryOutcome.DELIVERED,
                                    "2.0.0",
                                    "ok",
                                    NOW,
                                    1))
                            .toList();
                    QueueOutcomes outcomes = new QueueOutcomes(connection);
                    assertThat(outcomes.end(ended.subList(0, 10))).hasSize(10);
                    assertThat(outcomes.defer(
                                    claimed.subList(10, 20).stream()
                                            .map(entry -> new DeferredEntry(entry, NOW, "4.0.0", "later"))
                                            .toList(),
                                    1))
                            .hasSize(10);
                    QueueDestinations destinations = new QueueDestinations(connection);
                    destinations.touch(Map.of("d1.test", NOW, "new.test", NOW));
                    destinations.settle(List.of("d2.test", "dead.test"), NOW);
                    destinations.fail(Map.of("d3.test", "nobody"), NOW, new long[] {1_000});
                    destinations.recover(List.of("d3.test"), NOW);
                }))
                .isLessThan(600);
    }
}
