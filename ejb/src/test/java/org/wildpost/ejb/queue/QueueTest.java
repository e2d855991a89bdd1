// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.ForwardPath.Event;
import org.wildpost.ejb.TestClock;
import org.wildpost.ejb.mailbox.PooledDatabase;
import org.wildpost.persistence.jdbc.Sql;

/** A database for the tests of a class and an empty queue for each. */
abstract class QueueTest {
    static PooledDatabase database;

    final TestClock clock = new TestClock();
    final FakeCourier courier = new FakeCourier();
    TestNode node;

    @BeforeAll
    static void start() {
        database = new PooledDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void open() {
        node = new TestNode(database, clock, courier, properties());
        Queues.empty(node);
        node.open();
    }

    @AfterEach
    void close() {
        node.close();
    }

    Map<String, String> properties() {
        return Map.of();
    }

    TestNode another(String name) {
        return new TestNode(database, clock, courier, Map.of("jboss.node.name", name));
    }

    /** A recipient whose sender wants to hear of some events. */
    static ForwardPath path(String address, Event... events) {
        return new ForwardPath(
                EmailAddress.parse(address), new ForwardPath.Notify(Set.of(events), true), Optional.empty());
    }

    /** Messages in the INBOX of an account, the first one first. */
    List<String> inbox(AccountId account) {
        return node.shared.statement(connection -> Sql.list(
                connection,
                "select convert_from(c.prefix || b.data, 'UTF8') from message m join content c using (blob_id, email_id)"
                        + " join blob b on b.id = m.blob_id join mailbox x on x.id = m.mailbox_id where x.account_id = ? and x.name = ? order by m.uid",
                row -> row.getString(1),
                account.value(),
                MailboxName.INBOX.value()));
    }
}
