// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schema on a real PostgreSQL. */
class MigrationsTest {
    private static EmbeddedPostgres postgres;

    private DataSource database;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void emptySchema() throws SQLException {
        database = postgres.getPostgresDatabase();
        execute("drop schema public cascade");
        execute("create schema public");
    }

    @Test
    void makesTheSchemaOnce() throws SQLException {
        assertThat(new Migrations(database).apply()).isEqualTo(Migrations.FILES.size());
        assertThat(new Migrations(database).apply()).isZero();

        assertThat(column("select table_name from information_schema.tables where table_schema = 'public'"))
                .contains("domain", "account", "mailbox", "message", "blob", "blob_chunk", "expunged", "maildrop_lock");
    }

    @Test
    void keepsWhatIsStored() throws SQLException {
        new Migrations(database).apply();
        execute("insert into domain (name) values ('demo.test')");

        new Migrations(database).apply();

        assertThat(column("select name from domain")).containsExactly("demo.test");
    }

    /** What accounts did with their mail before they could say that they keep no copy of what they redirect. */
    @Test
    void redirectsOfTheFirstSchemaKeepAsManyCopiesAsBefore() throws SQLException {
        new Migrations(database).apply("1");
        execute("insert into domain (name) values ('demo.test')");
        execute("insert into account (domain_id, local_part, address, password_hash, redirect_to) select d.id, a.n,"
                + " a.n || '@demo.test', '', a.r from domain d, (values ('keeps', '{}'::text[]), ('both', '{x@far.test,Both@demo.test}'),"
                + " ('away', '{x@far.test}')) as a (n, r)");

        new Migrations(database).apply();

        assertThat(column("select local_part from account where discard")).containsExactly("away");
        assertThat(column("select address from taken_address where account_id is not null order by 1"))
                .containsExactly("away@demo.test", "both@demo.test", "keeps@demo.test");
    }

    @Test
    void isAppliedOnceWhenTwoNodesStartTogether() throws Exception {
        Callable<Integer> start = () -> new Migrations(database).apply();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> applied = nodes.invokeAll(List.of(start, start, start));

            int sum = 0;
            for (Future<Integer> node : applied) {
                sum += node.get();
            }
            assertThat(sum).isEqualTo(Migrations.FILES.size());
        }
    }

    @Test
    void keepsMessageBytesUncompressedSoThatSlicesAreCheap() throws SQLException {
        new Migrations(database).apply();

        assertThat(column("select attrelid::regclass::text || ':' || attstorage::text from pg_attribute"
                        + " where attname = 'data' and attrelid in ('blob'::regclass, 'blob_chunk'::regclass)"))
                .containsExactlyInAnyOrder("blob:e", "blob_chunk:e");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> column(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
