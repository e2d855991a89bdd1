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
                .contains(
                        "domain",
                        "account",
                        "mailbox",
                        "message_row",
                        "blob",
                        "blob_chunk",
                        "mailbox_change",
                        "maildrop_lock");
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

    /** RFC 5198 §3: two mailboxes whose names read the same stay two, and none is lost. */
    @Test
    void composesTheNamesOfMailboxesThatAreThere() throws SQLException {
        new Migrations(database).apply("5");
        execute("insert into domain (name) values ('demo.test')");
        execute("insert into account (domain_id, local_part, address, password_hash)"
                + " select id, 'a', 'a@demo.test', '' from domain");
        for (String name : List.of("Plain", "\u00c4", "A\u0308", "A\u0308/x", "\u00c4 (2)", "o\u0308/y", "a\u2028b")) {
            execute("insert into mailbox (account_id, name, uid_validity) select id, '" + name + "', 1 from account");
            execute("insert into subscription (account_id, name) select id, '" + name + "' from account");
        }

        new Migrations(database).apply();

        assertThat(column("select name from mailbox order by id"))
                .containsExactly("Plain", "\u00c4", "\u00c4 (3)", "\u00c4/x", "\u00c4 (2)", "\u00f6/y", "a_b");
        assertThat(column("select name from subscription"))
                .containsExactlyInAnyOrder("Plain", "\u00c4", "\u00c4/x", "\u00c4 (2)", "\u00f6/y", "a_b");
    }

    /** RFC 8474, RFC 8514: what is stored knows neither; what it says stays with it. */
    @Test
    void messagesThatAreThereStay() throws SQLException {
        new Migrations(database).apply("5");
        execute("insert into domain (name) values ('demo.test')");
        execute("insert into account (domain_id, local_part, address, password_hash)"
                + " select id, 'a', 'a@demo.test', '' from domain");
        execute("insert into mailbox (account_id, name, uid_validity) select id, 'INBOX', 1 from account");
        execute("insert into blob (id, size, sha256, data) values (1, 1, '', 'x')");
        String message = "insert into message (mailbox_id, uid, account_id, id, blob_id, prefix, size, internal_date,"
                + " modseq, envelope, structure, subject)"
                + " select id, %1$d, account_id, %1$d, 1, 'P%1$d', 1, now(), 1, '', '', 'about' from mailbox";
        execute(message.formatted(1));
        execute(message.formatted(2));
        execute(
                "insert into expunged (mailbox_id, modseq, uid) select id, 5, unnest('{4,5,9}'::bigint[]) from mailbox");

        new Migrations(database).apply();

        assertThat(column("select uid || ' ' || email_id || ' ' || convert_from(prefix, 'UTF8') || ' ' || subject"
                        + " from message join content using (blob_id, email_id) order by uid"))
                .containsExactly("1 1 P1 about", "2 2 P2 about");
        assertThat(column("select uid from message where save_date is null and thread_id is null order by uid"))
                .containsExactly("1", "2");
        assertThat(column("select modseq || ' ' || gone || ' ' || uids from mailbox_change"))
                .containsExactly("5 true {[4,6),[9,10)}");
        execute("insert into message (mailbox_id, uid, account_id, id, email_id, blob_id, size, internal_date, modseq)"
                + " select mailbox_id, 3, account_id, 3, 1, 1, 1, now(), 3 from message where uid = 1");
        assertThat(column("select uid from message where save_date is not null"))
                .containsExactly("3");
    }

    /** Words in the form of older days would not be found any more: they are made anew. */
    @Test
    void mailboxesThatWereIndexedAreIndexedAgain() throws SQLException {
        new Migrations(database).apply("11");
        execute("insert into domain (name) values ('demo.test')");
        execute("insert into account (domain_id, local_part, address, password_hash)"
                + " select id, 'a', 'a@demo.test', '' from domain");
        execute("insert into mailbox (account_id, name, uid_validity) select id, 'INBOX', 1 from account");
        execute("insert into blob (id, size, sha256, data) values (1, 1, '', 'x')");
        execute(
                "insert into blob_words (blob_id, account_id, words) select 1, id, array_to_tsvector('{1bx}') from account");
        execute("insert into mailbox_words (mailbox_id, indexed_uid) select id, 7 from mailbox");

        new Migrations(database).apply();

        assertThat(column("select indexed_uid from mailbox_words")).containsExactly("0");
        assertThat(column("select blob_id from blob_words")).isEmpty();
    }

    /** Names of others' mailboxes begin with it since mailboxes are shared. */
    @Test
    void whatWasCalledOtherUsersMovesToAFreeName() throws SQLException {
        new Migrations(database).apply("11");
        execute("insert into domain (name) values ('demo.test')");
        execute("insert into account (domain_id, local_part, address, password_hash)"
                + " select id, 'a', 'a@demo.test', '' from domain");
        for (String name : List.of("Other Users", "Other Users/b", "Other Users_", "Other Users too")) {
            execute("insert into mailbox (account_id, name, uid_validity) select id, '" + name + "', 1 from account");
            execute("insert into subscription (account_id, name) select id, '" + name + "' from account");
        }

        new Migrations(database).apply();

        assertThat(column("select name from mailbox order by id"))
                .containsExactly("Other Users_2", "Other Users_2/b", "Other Users_", "Other Users too");
        assertThat(column("select name from subscription"))
                .containsExactlyInAnyOrder("Other Users_2", "Other Users_2/b", "Other Users_", "Other Users too");
    }

    /** Entries that are there, and those that nodes of an earlier version still write. */
    @Test
    void mailboxesForAnyoneAreKnown() throws SQLException {
        new Migrations(database).apply("16");
        execute("insert into domain (name) values ('demo.test')");
        execute("insert into account (domain_id, local_part, address, password_hash)"
                + " select id, 'a', 'a@demo.test', '' from domain");
        execute("insert into mailbox (account_id, name, uid_validity) select id, name, 1 from account,"
                + " unnest('{given,named,read,taken,nothing}'::text[]) name");
        entry("given", "null, false, 'lr'");
        entry("named", "(select id from account), false, 'lr'");
        entry("read", "null, false, 'r'");
        entry("taken", "null, false, 'lr'");
        entry("taken", "null, true, 'l'");

        new Migrations(database).apply();

        assertThat(forAnyone()).containsExactly("given");
        entry("nothing", "null, false, 'l'");
        entry("given", "null, true, 'l'");
        execute("update mailbox_access set rights = 'lr' where rights = 'r'");
        assertThat(forAnyone()).containsExactly("nothing", "read");
        execute("delete from mailbox_access where negative");
        assertThat(forAnyone()).containsExactly("given", "nothing", "read", "taken");
        execute("delete from mailbox_access where grantee_id is null");
        assertThat(forAnyone()).isEmpty();
    }

    private void entry(String mailbox, String values) throws SQLException {
        execute("insert into mailbox_access select id, " + values + " from mailbox where name = '" + mailbox + "'");
    }

    private List<String> forAnyone() throws SQLException {
        return column("select name from mailbox where for_anyone order by name");
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
