// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.jdbc.DatabaseException;

/** A node's way to the database, which can be cut. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
final class SwitchedDatabase implements Database {
    final AtomicInteger refused = new AtomicInteger();
    private final Database database;
    private volatile boolean cut;

    SwitchedDatabase(Database database) {
        this.database = database;
    }

    void cut() {
        cut = true;
    }

    void mend() {
        cut = false;
    }

    @Override
    public <T> T transaction(Work<T> work) {
        check();
        return database.transaction(connection -> {
            T result = work.run(connection);
            check();
            return result;
        });
    }

    @Override
    public <T> T statement(Work<T> work) {
        check();
        return database.statement(work);
    }

    private void check() {
        if (cut) {
            refused.incrementAndGet();
            throw new DatabaseException(new SQLException("connection refused", "08001"));
        }
    }
}
