// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Where the mail is.
 *
 * @param url      a JDBC URL
 * @param user     who logs in
 * @param password the password of that user
 */
record Database(String url, String user, String password) {
    /** The oldest PostgreSQL that the schema works with. */
    static final int LEAST_VERSION = 15;

    private static final String CONNECT_SECONDS = "10";

    /**
     * Looks whether an outside database can be used; answers within 30 s.
     *
     * @throws StartFailure when not, with the reason
     */
    void check() throws StartFailure {
        try (Connection connection = connect()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < LEAST_VERSION) {
                throw new StartFailure("the PostgreSQL at " + url + " is version " + version + ": " + LEAST_VERSION
                        + " or later is needed");
            }
            checkUse(connection);
        } catch (SQLException e) {
            throw new StartFailure(reason(e), e);
        }
    }

    /** What would otherwise only show when the schema is made, or with the first letter that is not ASCII. */
    private void checkUse(Connection connection) throws SQLException, StartFailure {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select current_setting('server_encoding'), current_setting('transaction_read_only') = 'on',"
                                + " coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)")) {
            row.next();
            String encoding = row.getString(1);
            if (!encoding.equals("UTF8")) {
                throw new StartFailure("the database at " + url + " is encoded in " + encoding
                        + ": create one with \"encoding 'UTF8' template template0\"");
            }
            if (row.getBoolean(2)) {
                throw new StartFailure(
                        "the database at " + url + " can only be read: name the primary server in WILDPOST_DB_URL");
            }
            if (!row.getBoolean(3)) {
                throw new StartFailure("the user '" + user + "' may not create tables in the database at " + url
                        + ": make that user its owner");
            }
        }
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", CONNECT_SECONDS);
        return DriverManager.getConnection(url, properties);
    }

    private String reason(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "28P01", "28000" ->
                "the PostgreSQL at " + url + " refuses the user '" + user
                        + "' or the password: check WILDPOST_DB_USER and WILDPOST_DB_PASSWORD";
            case "3D000" -> "the PostgreSQL at " + url + " has no such database: create it, or mend WILDPOST_DB_URL";
            case "08001", "08004", "08006" -> "no PostgreSQL answers at " + url + ": start it, or mend WILDPOST_DB_URL";
            default ->
                "the PostgreSQL at " + url + " cannot be used (" + state + "): "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        };
    }

    @Override
    public String toString() {
        return url + " as " + user;
    }
}
