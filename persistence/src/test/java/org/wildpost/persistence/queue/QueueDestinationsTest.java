// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.migration.Migrations;

/** When a look at a destination is worth it, with transactions side by side. */
class QueueDestinationsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SETTLED = NOW.plus(QueueDestinations.SETTLE).plusSeconds(1);

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        new Migrations(postgres.getPostgresDatabase()).apply();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        run(connection ->
                Sql.update(connection, "truncate queue_entry, queued_message, queue_destination, blob cascade"));
    }

    @FunctionalInterface
    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    private static Connection begin() throws SQLException {
        Connection connection = postgres.getPostgresDatabase().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void run(Work work) throws SQLException {
        try (Connection connection = begin()) {
            work.run(connection);
            connection.commit();
        }
    }

    private static void touch(Instant due) throws SQLException {
        run(connection -> new QueueDestinations(connection).touch(Map.of("far.test", due)));
    }

    private static void settle(Instant now) throws SQLException {
        run(connection -> new QueueDestinations(connection).settle(List.of("far.test"), now));
    }

    private static List<String> look(Instant now) throws SQLException {
        try (Connection connection = begin()) {
            List<QueueDestinations.State> due = new QueueDestinations(connection).look(now, 10);
            connection.commit();
            return due.stream().map(QueueDestinations.State::name).toList();
        }
    }

    private static void waits(Connection connection, Instant next) throws SQLException {
        Sql.update(connection, "insert into blob (id, size, sha256, data) values (1, 1, '', '')");
        Sql.update(
                connection,
                "insert into queued_message (id, delivery_id, blob_id, prefix, size, account_id, reverse_path, smtp_utf8,"
                        + " body, require_tls, priority, deliver_by_trace, message_id, subject, needs_eight, needs_utf8,"
                        + " created_at, recipients, open_entries) values (1, 'd', 1, '', 1, 0, '', false, 'SEVEN_BIT', false,"
                        + " 0, false, '', '', false, false, ?, 1, 1)",
                NOW);
        Sql.update(
                connection,
                "insert into queue_entry (id, message_id, account_id, destination, recipient, notify, urgency,"
                        + " next_attempt_at, expires_at) values (1, 1, 0, 'far.test', 'a@far.test', 0, 0, ?, ?)",
                next,
                next.plus(Duration.ofDays(5)));
        new QueueDestinations(connection).touch(Map.of("far.test", next));
    }

    @Test
    void isLookedAtByOneNodeAtATime() throws SQLException {
        touch(NOW);
        assertThat(look(NOW.minusSeconds(1))).isEmpty();
        assertThat(look(NOW)).containsExactly("far.test");
        assertThat(look(NOW.plusSeconds(1))).as("somebody else has it").isEmpty();
        assertThat(look(NOW.plus(QueueDestinations.LEASE))).containsExactly("far.test");
    }

    @Test
    void goesWhenNothingWaitsTwice() throws SQLException {
        touch(NOW);
        settle(NOW);
        assertThat(look(NOW.plus(QueueDestinations.AGAIN).minusMillis(1))).isEmpty();
        assertThat(look(SETTLED)).containsExactly("far.test");
        settle(SETTLED);
        run(connection -> assertThat(
                        Sql.list(connection, "select name from queue_destination", row -> row.getString(1)))
                .isEmpty());
    }

    /** It saw the row as due and wrote nothing; the row is put off before it commits. */
    @Test
    void whatWasWrittenBeforeTheMarkIsFoundSoonAfterIt() throws SQLException {
        touch(NOW);
        try (Connection late = begin()) {
            waits(late, NOW);
            settle(NOW);
            late.commit();
        }
        Instant again = NOW.plus(QueueDestinations.AGAIN);
        assertThat(look(again)).containsExactly("far.test");
        settle(again);
        assertThat(look(again.plusSeconds(11))).as("there is something").containsExactly("far.test");
    }

    @Test
    void isLookedAtAgainLessAndLessOftenUntilItHasSettled() throws SQLException {
        touch(NOW);
        List<Long> looks = new ArrayList<>();
        settle(NOW);
        for (long second = 1; second <= QueueDestinations.SETTLE.toSeconds(); second++) {
            Instant now = NOW.plusSeconds(second);
            if (!look(now).isEmpty()) {
                looks.add(second);
                settle(now);
            }
        }
        assertThat(looks).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 360L);
    }

    /** It comes at the very moment at which a marked row is about to go. */
    @Test
    void whatIsWrittenWhileARowGoesIsFound() throws SQLException {
        touch(NOW);
        settle(NOW);
        assertThat(look(SETTLED)).hasSize(1);
        try (Connection late = begin()) {
            waits(late, SETTLED);
            settle(SETTLED);
            late.commit();
        }
        assertThat(look(SETTLED.plusSeconds(11))).containsExactly("far.test");
    }

    @Test
    void doesNotMakeTransactionsQueueUpAtARowThatIsDue() throws SQLException {
        touch(NOW);
        try (Connection one = begin();
                Connection two = begin()) {
            Sql.update(two, "set local lock_timeout = '1s'");
            new QueueDestinations(one).touch(Map.of("far.test", NOW));
            new QueueDestinations(two).touch(Map.of("far.test", NOW.plusSeconds(3)));
            one.commit();
            two.commit();
        }
    }

    @Test
    void waitsForTheNextEntry() throws SQLException {
        Instant next = NOW.plus(Duration.ofHours(2));
        run(connection -> waits(connection, next));
        touch(NOW);
        settle(NOW);
        assertThat(look(SETTLED)).hasSize(1);
        settle(SETTLED);
        assertThat(look(next.minusSeconds(1))).isEmpty();
        assertThat(look(next)).hasSize(1);
    }

    @Test
    void restsLongerWithEachFailureAndNothingWakesItBefore() throws SQLException {
        long[] waits = {60_000, 120_000};
        Instant now = NOW;
        for (int seconds : new int[] {60, 120, 120}) {
            Instant then = now;
            run(connection -> new QueueDestinations(connection).fail(Map.of("far.test", "nobody"), then, waits));
            run(connection ->
                    new QueueDestinations(connection).fail(Map.of("far.test", "nobody"), then.plusSeconds(1), waits));
            touch(then.plusSeconds(1));
            assertThat(look(then.plusSeconds(seconds - 1))).isEmpty();
            now = then.plusSeconds(seconds);
            assertThat(look(now)).hasSize(1);
        }
        run(connection -> assertThat(new QueueDestinations(connection).states(List.of("far.test", "other.test")))
                .singleElement()
                .satisfies(state -> {
                    assertThat(state.failures()).isEqualTo(3);
                    assertThat(state.lastText()).isEqualTo("nobody");
                }));
        Instant back = now;
        run(connection -> new QueueDestinations(connection).recover(List.of("far.test"), back));
        run(connection -> assertThat(new QueueDestinations(connection).states(List.of("far.test")))
                .extracting(QueueDestinations.State::backoffUntil)
                .containsExactly(Optional.empty()));
    }
}
