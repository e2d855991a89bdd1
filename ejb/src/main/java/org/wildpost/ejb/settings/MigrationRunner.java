// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.sql.DataSource;
import org.wildpost.persistence.migration.Migrations;

/** Brings the schema up to date before anything else of the application starts; when it fails the deployment fails. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class MigrationRunner {
    private static final Logger LOG = System.getLogger(MigrationRunner.class.getName());

    @Resource(lookup = "java:/jdbc/WildpostMigrationDS")
    DataSource dataSource;

    @PostConstruct
    void migrate() {
        int applied = new Migrations(dataSource).apply();
        LOG.log(Level.INFO, applied == 0 ? "The schema is up to date" : "Applied " + applied + " migrations");
    }
}
