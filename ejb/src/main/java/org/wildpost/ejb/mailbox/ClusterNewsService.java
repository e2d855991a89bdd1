// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.wildpost.persistence.jdbc.Database;

/** Has {@link ClusterNews} as long as the application runs. */
@Singleton
@Startup
@DependsOn("MigrationRunner")
@TransactionManagement(TransactionManagementType.BEAN)
public class ClusterNewsService {
    @Resource(lookup = "java:/jdbc/WildpostNewsDS")
    DataSource listening;

    @Inject
    Database database;

    @Inject
    MailboxEvents events;

    private @Nullable ClusterNews news;

    @PostConstruct
    void start() {
        news = new ClusterNews(listening, database, events);
        news.start();
    }

    @PreDestroy
    void stop() {
        if (news != null) {
            news.stop();
        }
    }
}
