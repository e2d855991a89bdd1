// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.persistence.acl.AccessRows;
import org.wildpost.persistence.jdbc.Sql;

/** The services of this room on a real PostgreSQL: a database for each class, the services of one node and an account for each test. */
abstract class StoreTest {
    static PooledDatabase database;

    final Store store = new Store(database);
    final AccountId account = store.account();
    final MailboxRef inbox = store.ref(account, MailboxName.INBOX);

    @BeforeAll
    static void startDatabase() {
        database = new PooledDatabase();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    /** How others name an account in the lists of their mailboxes. */
    static Identifier named(AccountId account) {
        return Identifier.account(database.statement(connection -> new AccessRows(connection).address(account)));
    }

    /** The one number that a query gives. */
    static long count(String sql, Object... parameters) {
        return database.statement(connection ->
                Sql.first(connection, sql, row -> row.getLong(1), parameters).orElseThrow());
    }
}
