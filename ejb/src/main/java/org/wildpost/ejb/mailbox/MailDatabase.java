// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import javax.sql.DataSource;
import org.wildpost.persistence.jdbc.Connections;
import org.wildpost.persistence.jdbc.Database;

/** The container's database: its connections belong to the caller's JTA transaction, and are the same that JPA uses in it. */
@ApplicationScoped
public class MailDatabase implements Database {
    @Resource(lookup = "java:/jdbc/WildpostDS")
    DataSource source;

    @Override
    @Transactional(Transactional.TxType.REQUIRED)
    public <T> T transaction(Work<T> work) {
        return Connections.borrow(source, work);
    }

    /** Without {@code @Transactional}: it would change nothing, and its interceptor costs more than a small statement. */
    @Override
    public <T> T statement(Work<T> work) {
        return Connections.borrow(source, work);
    }
}
