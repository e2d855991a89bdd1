// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    private Path folder;

    @Test
    void keepsItsDataOverARestartAndAsksForAPassword() throws StartFailure, IOException, SQLException {
        int port = freePort();
        try (DataFolder data = DataFolder.open(folder)) {
            EmbeddedPostgres first = EmbeddedPostgres.start(data, port);
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

            EmbeddedPostgres second = EmbeddedPostgres.start(data, port);
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
    void saysThatNobodyAnswers() throws IOException {
        Database nowhere = new Database("jdbc:postgresql://127.0.0.1:" + freePort() + "/wildpost", "u", "p");
        assertThatThrownBy(nowhere::check)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("no PostgreSQL answers at");
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
