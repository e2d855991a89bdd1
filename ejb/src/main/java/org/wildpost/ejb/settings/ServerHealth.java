// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.sql.DataSource;

/** Whether the server can do its work now. Safe for all threads. */
@ApplicationScoped
public class ServerHealth {
    /** Where the resource adapter says whether all its listeners are bound. */
    static final String LISTENERS = "org.wildpost:type=Listeners";

    private static final Logger LOG = System.getLogger(ServerHealth.class.getName());
    private static final int PATIENCE_SECONDS = 2;

    /**
     * What was looked at.
     *
     * @param database  whether the database answers
     * @param started   whether the schema is there and the first accounts are made
     * @param listeners whether the ports of mail are bound
     */
    public record Report(boolean database, boolean started, boolean listeners) {
        /** Whether mail and the web can be used. */
        public boolean ready() {
            return database && started && listeners;
        }
    }

    @Inject
    StartUp startUp;

    @Resource(lookup = "java:/jdbc/WildpostDS")
    DataSource dataSource;

    /** Looks now. */
    public Report check() {
        return new Report(databaseAnswers(), startUp.done(), listenersBound());
    }

    private boolean databaseAnswers() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "The database does not answer", e);
            return false;
        }
    }

    private static boolean listenersBound() {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = new ObjectName(LISTENERS);
            return server.isRegistered(name) && Boolean.TRUE.equals(server.getAttribute(name, "Bound"));
        } catch (JMException e) {
            LOG.log(Level.DEBUG, "The listeners do not say how they are", e);
            return false;
        }
    }
}
