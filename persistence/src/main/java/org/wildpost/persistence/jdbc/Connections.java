// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Borrows a connection for work and turns what can go wrong into faults. */
public final class Connections {
    private Connections() {}

    /** Runs work with a connection of the source, whatever transaction that is in. */
    public static <T> T borrow(DataSource source, Database.Work<T> work) {
        try (Connection connection = source.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
