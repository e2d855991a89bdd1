// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Where statements run. Safe for all threads; the connection that work gets is its own until it returns. */
public interface Database {
    /** Runs work in the caller's transaction, or in one of its own: committed on return, rolled back on an exception. */
    <T> T transaction(Work<T> work);

    /**
     * Runs work that needs no more than that each statement is atomic: in the caller's transaction when there is one; else each statement commits
     * by itself, which saves two round trips.
     */
    <T> T statement(Work<T> work);

    /** What to do with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException, IOException;
    }
}
