// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The embedded PostgreSQL of a running server: for other servers on it, and for what only time would bring about. */
record ServerDatabase(Instance server) {
    static final String USER = "wildpost";

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.port(5432) + "/wildpost";
    }

    String password() {
        try {
            return Files.readString(server.data().resolve("postgresql/password"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes rows; how many. */
    int execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), USER, password());
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** The number that a query gives. */
    long number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), USER, password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
