// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.wildpost.ejb.TestClock;
import org.wildpost.ejb.mailbox.PooledDatabase;

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
}
