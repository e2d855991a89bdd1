// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    private Path folder;

    @Test
    void keepsItsDataOverARestartAndAsksForAPassword()
            throws StartFailure, IOException, SQLException, Told.ToStopException {
        int port = freePort();
        try (DataFolder data = DataFolder.open(folder)) {
            EmbeddedPostgres first = EmbeddedPostgres.start(data, port, new Told());
            try (Connection connection = first.database().connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table kept (word text)");
                statement.execute("insert into kept values ('here')");
                assertThat(shown(statement, "fsync")).isEqualTo("on");
                assertThat(shown(statement, "synchronous_commit")).isEqualTo("on");
                assertThat(shown(statement, "full_page_writes")).isEqualTo("on");
            }
            Database stranger =
                    new Database(first.database().url(), first.database().user(), "guess");
            assertThatThrownBy(stranger::check)
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("refuses the user");
            first.stop();

            EmbeddedPostgres second = EmbeddedPostgres.start(data, port, new Told());
            try (Connection connection = second.database().connect();
                    Statement statement = connection.createStatement()) {
                assertThat(statement.executeQuery("select 1 from kept").next()).isTrue();
            } finally {
                second.stop();
            }
            assertThat(second.child().isAlive()).isFalse();
        }
    }

    @Test
    @Timeout(60)
    void isStartedAgainWhenItEndedByItselfAndKeepsWhatItHad()
            throws StartFailure, IOException, SQLException, Told.ToStopException {
        try (DataFolder data = DataFolder.open(folder)) {
            Told told = new Told();
            EmbeddedPostgres server = EmbeddedPostgres.start(data, freePort(), told);
            new DatabaseWatch(server, told, new ReentrantLock()).begin();
            try {
                try (Connection connection = server.database().connect();
                        Statement statement = connection.createStatement()) {
                    statement.execute("create table kept (word text)");
                }
                long first = server.child().pid();
                kill(first);
                while (server.child().pid() == first || !server.child().isAlive()) {
                    Thread.onSpinWait();
                }
                assertThat(answer(server, "select count(*) from kept")).isEqualTo("0");
                assertThat(Files.readString(server.log())).contains("was not properly shut down");
            } finally {
                told.toStop();
                server.stop();
            }
        }
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** Waits until there is one. */
    private static String answer(EmbeddedPostgres server, String question) {
        while (true) {
            try (Connection connection = server.database().connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(question)) {
                rows.next();
                return rows.getString(1);
            } catch (SQLException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        Database nowhere = new Database("jdbc:postgresql://127.0.0.1:" + freePort() + "/wildpost", "u", "p");
        assertThatThrownBy(nowhere::check)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("no PostgreSQL answers at");
    }

    @Test
    void saysWhyADatabaseIsOfNoUse() throws StartFailure, IOException, SQLException, Told.ToStopException {
        try (DataFolder data = DataFolder.open(folder)) {
            EmbeddedPostgres server = EmbeddedPostgres.start(data, freePort(), new Told());
            try (Connection connection = server.database().connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("create user mail password 'secret'");
                statement.execute("create database ascii encoding 'SQL_ASCII' locale 'C' template template0");
                statement.execute("create database frozen owner mail");
                statement.execute("alter database frozen set default_transaction_read_only = on");
                statement.execute("create database good owner mail");
                refuses(server, "wildpost", "may not create tables");
                refuses(server, "ascii", "is encoded in SQL_ASCII");
                refuses(server, "frozen", "can only be read");
                refuses(server, "none", "has no such database");
                of(server, "good").check();
            } finally {
                server.stop();
            }
        }
    }

    private static void refuses(EmbeddedPostgres server, String name, String words) {
        assertThatThrownBy(of(server, name)::check)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(words);
    }

    private static Database of(EmbeddedPostgres server, String name) {
        String url = server.database().url();
        return new Database(url.substring(0, url.lastIndexOf('/') + 1) + name, "mail", "secret");
    }

    /** One that takes the connection and never says a word must not be waited for. */
    @Test
    void doesNotWaitForAServerThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Database database =
                    new Database("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/mail", "u", "p");
            long begun = System.nanoTime();
            assertThatThrownBy(database::check)
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("no PostgreSQL answers at");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
        }
    }

    private static String shown(Statement statement, String name) throws SQLException {
        try (var rows = statement.executeQuery("show " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
