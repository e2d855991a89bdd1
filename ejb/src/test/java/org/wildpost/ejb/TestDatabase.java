// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.w3c.dom.NodeList;
import org.wildpost.persistence.jdbc.Connections;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.migration.Migrations;

/**
 * A migrated database of its own on a real PostgreSQL, with the entities of {@code persistence.xml}. The entity manager it gives is the
 * calling thread's, as in the container; {@link #tx} does what {@code @Transactional} does there.
 */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static EmbeddedPostgres postgres;

    private final DataSource dataSource;
    private final SessionFactory sessions;
    private final List<String> statements = new CopyOnWriteArrayList<>();

    @SuppressWarnings("ThreadLocalUsage") // one per database on purpose; a test has few and closes them
    private final ThreadLocal<EntityManager> current = new ThreadLocal<>();

    public TestDatabase() {
        String name = "test" + NUMBER.incrementAndGet();
        try {
            execute(postgres().getPostgresDatabase(), "create database " + name);
            dataSource = postgres().getDatabase("postgres", name);
            new Migrations(dataSource).apply();
            Configuration configuration = new Configuration();
            for (String entity : entities()) {
                configuration.addAnnotatedClass(Class.forName(entity));
            }
            configuration.getProperties().put(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, dataSource);
            configuration.getProperties().put(AvailableSettings.STATEMENT_INSPECTOR, (StatementInspector) sql -> {
                statements.add(sql);
                return sql;
            });
            sessions = configuration.buildSessionFactory();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized EmbeddedPostgres postgres() throws IOException {
        if (postgres == null) {
            postgres = EmbeddedPostgres.start();
        }
        return postgres;
    }

    private static List<String> entities() throws Exception {
        URL file = TestDatabase.class.getResource("/META-INF/persistence.xml");
        NodeList classes = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.openStream())
                .getElementsByTagName("class");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < classes.getLength(); i++) {
            names.add(classes.item(i).getTextContent());
        }
        return names;
    }

    /** Delegates to the transaction's entity manager, or to one of its own that sees the newest state. */
    public EntityManager entityManager() {
        return (EntityManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EntityManager.class}, (proxy, method, arguments) -> {
                    EntityManager joined = current.get();
                    // One that no transaction owns lives on with the query it made, as long as that is read.
                    return method.invoke(joined == null ? sessions.createEntityManager() : joined, arguments);
                });
    }

    /** Runs in a transaction; joins one that is open. */
    public <T> T tx(Supplier<T> work) {
        if (current.get() != null) {
            return work.get();
        }
        try (EntityManager entityManager = sessions.createEntityManager()) {
            current.set(entityManager);
            entityManager.getTransaction().begin();
            T result;
            try {
                result = work.get();
            } catch (RuntimeException e) {
                entityManager.getTransaction().rollback();
                throw e;
            }
            entityManager.getTransaction().commit();
            return result;
        } finally {
            current.remove();
        }
    }

    /** Statements over JDBC: each transaction and each statement has a connection of its own, apart from {@link #tx}. */
    public Database jdbc() {
        return new Database() {
            @Override
            public <T> T transaction(Work<T> work) {
                return Connections.borrow(dataSource, connection -> {
                    connection.setAutoCommit(false);
                    try {
                        T result = work.run(recorded(connection));
                        connection.commit();
                        return result;
                    } catch (SQLException | IOException | RuntimeException e) {
                        connection.rollback();
                        throw e;
                    }
                });
            }

            @Override
            public <T> T statement(Work<T> work) {
                return Connections.borrow(dataSource, connection -> work.run(recorded(connection)));
            }
        };
    }

    private Connection recorded(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements.add((String) arguments[0]);
                    }
                    return method.invoke(connection, arguments);
                });
    }

    /** The statements that were made while this ran. */
    public List<String> statementsOf(Runnable work) {
        statements.clear();
        work.run();
        return List.copyOf(statements);
    }

    public void execute(String sql) {
        try {
            execute(dataSource, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of all rows. */
    public List<String> column(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public void empty() {
        execute("truncate domain, account, alias, scram_verifier, setting, return_path cascade");
    }

    @Override
    public void close() {
        sessions.close();
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
