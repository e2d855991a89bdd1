// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BooleanSupplier;

/** Runs the queue as long as the application does, and only while the server takes requests. */
@Singleton
@Startup
@DependsOn("MigrationRunner")
@TransactionManagement(TransactionManagementType.BEAN)
public class QueueService {
    private static final Logger LOG = System.getLogger(QueueService.class.getName());

    @Inject
    QueueEngine engine;

    @EJB
    Duty duty;

    @PostConstruct
    void start() {
        engine.start(onDuty());
    }

    @PreDestroy
    void stop() {
        engine.stop();
    }

    private BooleanSupplier onDuty() {
        Duty door = duty;
        return () -> {
            try {
                return door.on();
            } catch (EJBException | IllegalStateException e) {
                LOG.log(Level.DEBUG, "The server takes no requests now", e);
                return false;
            }
        };
    }
}
