// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.jdbc.DatabaseException;
import org.wildpost.persistence.migration.Migrations;

/** A migrated database on a real PostgreSQL with transactions as the container has them: bound to the thread, joined, with hooks at their end. */
public final class PooledDatabase implements Database, TransactionSynchronizationRegistry, AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    @SuppressWarnings("ThreadLocalUsage") // one per database on purpose; a test has one and closes it
    private final ThreadLocal<Transaction> current = new ThreadLocal<>();

    private record Transaction(Connection connection, Map<Object, Object> resources, List<Synchronization> hooks) {}

    public PooledDatabase() {
        this(empty -> {});
    }

    /**
     * A database that was there before.
     *
     * @param earlier what was done to it, from the first migration on
     */
    PooledDatabase(Consumer<DataSource> earlier) {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "120")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            earlier.accept(postgres.getPostgresDatabase());
            new Migrations(postgres.getPostgresDatabase()).apply();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T transaction(Work<T> work) {
        if (current.get() != null) {
            return run(current.get().connection(), work);
        }
        Connection connection = take();
        Transaction transaction = new Transaction(connection, new HashMap<>(), new ArrayList<>());
        current.set(transaction);
        int status = Status.STATUS_ROLLEDBACK;
        try {
            connection.setAutoCommit(false);
            T result;
            try {
                result = run(connection, work);
            } catch (RuntimeException e) {
                connection.rollback();
                throw e;
            }
            connection.commit();
            status = Status.STATUS_COMMITTED;
            return result;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } finally {
            current.remove();
            give(connection);
            int ended = status;
            transaction.hooks().forEach(hook -> hook.afterCompletion(ended));
        }
    }

    @Override
    public <T> T statement(Work<T> work) {
        if (current.get() != null) {
            return run(current.get().connection(), work);
        }
        Connection connection = take();
        try {
            return run(connection, work);
        } finally {
            give(connection);
        }
    }

    private static <T> T run(Connection connection, Work<T> work) {
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where connections of one's own come from. */
    DataSource source() {
        return postgres.getPostgresDatabase();
    }

    private Connection take() {
        Connection connection = idle.pollFirst();
        try {
            return connection != null
                    ? connection
                    : postgres.getPostgresDatabase(Map.of("reWriteBatchedInserts", "true"))
                            .getConnection();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private void give(Connection connection) {
        try {
            connection.setAutoCommit(true);
            idle.addFirst(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    @Override
    public Object getTransactionKey() {
        return current.get();
    }

    @Override
    public void putResource(Object key, Object value) {
        current.get().resources().put(key, value);
    }

    @Override
    public Object getResource(Object key) {
        return current.get().resources().get(key);
    }

    @Override
    public void registerInterposedSynchronization(Synchronization hook) {
        current.get().hooks().add(hook);
    }

    @Override
    public int getTransactionStatus() {
        return current.get() == null ? Status.STATUS_NO_TRANSACTION : Status.STATUS_ACTIVE;
    }

    @Override
    public void setRollbackOnly() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean getRollbackOnly() {
        return false;
    }

    @Override
    public void close() {
        try {
            for (Connection connection : idle) {
                connection.close();
            }
            postgres.close();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
