// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.persistence.queue.QueueDestinations;

/** The threads of a node, from its start to its end. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class QueueEngineTest extends QueueTest {
    private final QueueEngine engine = new QueueEngine();
    private final AtomicBoolean onDuty = new AtomicBoolean(true);

    @Override
    @BeforeEach
    void open() {
        node = new TestNode(database, clock, courier, Map.of("wildpost.queue.drain", "2s"));
        Queues.empty(node);
        engine.database = node.database;
        engine.node = node.node;
        engine.dispatcher = node.dispatcher;
        engine.claimer = node.claimer;
        engine.carrier = node.carrier;
        engine.recorder = node.recorder;
        engine.ledger = node.ledger;
        engine.sweeper = node.sweeper;
        engine.settings = node.settings;
    }

    @AfterEach
    void end() {
        engine.stop();
    }

    private void begin() {
        engine.start(onDuty::get);
    }

    @Test
    void carriesWhatWaitedAndWhatArrives() {
        node.send("d1", "alice@demo.test", "early@far.test");
        begin();
        TestNode.await(() -> courier.taken.size() == 1);
        node.send("d2", "alice@demo.test", "late@far.test");
        TestNode.await(() -> courier.taken.size() == 2 && node.count("queue_entry") == 0);
        assertThat(node.column("select name from queue_node")).containsExactly("node-a");
    }

    @Test
    void beginsNothingWhileTheServerTakesNoRequests() {
        onDuty.set(false);
        begin();
        node.send("d1", "alice@demo.test", "bob@far.test");
        assertThat(node.number("select count(*) from queue_entry where node is null"))
                .isEqualTo(1);
        assertThat(courier.shipments).isEmpty();

        onDuty.set(true);
        TestNode.await(() -> courier.taken.size() == 1);
    }

    @Test
    void waitsForWhatIsUnderWayAndGivesBackTheRest() {
        begin();
        CountDownLatch latch = new CountDownLatch(1);
        courier.gate = name -> Optional.of(latch);
        TestNode.await(() -> {
            node.send("d" + System.nanoTime(), "alice@demo.test", "bob@far.test");
            return courier.stuck.get() == 1;
        });
        node.send("last", "alice@demo.test", "bob@far.test");
        Thread ending = Thread.ofVirtual().start(engine::stop);
        TestNode.await(() -> node.dispatcher.reserve("other.test", 0, 1) == Dispatcher.Place.NONE);
        latch.countDown();
        TestNode.await(() -> !ending.isAlive());

        assertThat(courier.taken).as("what was under way is recorded").hasSize(1);
        assertThat(node.number("select count(*) from queue_entry where node is not null"))
                .isZero();
        assertThat(node.count("queue_entry")).isPositive();
        assertThat(node.count("queue_node")).isZero();
    }

    @Test
    void theEndOfTheServerSaysNothingAboutTheOtherSide() {
        begin();
        courier.answer = path -> FakeCourier.NOBODY;
        CountDownLatch latch = new CountDownLatch(1);
        courier.gate = name -> Optional.of(latch);
        TestNode.await(() -> {
            node.send("d" + System.nanoTime(), "alice@demo.test", "bob@far.test");
            return courier.stuck.get() == 1;
        });
        Thread ending = Thread.ofVirtual().start(engine::stop);
        TestNode.await(() -> !node.dispatcher.isOpen());
        latch.countDown();
        TestNode.await(() -> !ending.isAlive());
        assertThat(node.number("select count(*) from queue_destination where failures > 0"))
                .isZero();
        assertThat(node.number("select coalesce(sum(attempts), 0) from queue_entry"))
                .isZero();
        assertThat(node.number("select count(*) from queue_entry where node is not null"))
                .isZero();
    }

    @Test
    void doesNotWaitForEver() {
        begin();
        CountDownLatch never = new CountDownLatch(1);
        courier.gate = name -> Optional.of(never);
        TestNode.await(() -> {
            node.send("d" + System.nanoTime(), "alice@demo.test", "bob@far.test");
            return courier.stuck.get() == 1;
        });
        engine.stop();
        assertThat(node.number("select count(*) from queue_entry where node is not null"))
                .isZero();
        assertThat(node.count("queue_node")).isZero();
    }

    @Test
    void goesOnWhenTheDatabaseIsBack() {
        begin();
        node.send("d1", "alice@demo.test", "bob@far.test");
        TestNode.await(() -> courier.taken.size() == 1);
        node.database.cut();
        int before = node.database.refused.get();
        TestNode.await(() -> node.database.refused.get() > before);
        assertThat(node.database.refused.get()).as("not in a busy loop").isLessThan(before + 20);
        node.database.mend();
        another("node-b").send("d2", "alice@demo.test", "carol@far.test");
        // The destination may be leased by a look whose claim was cut off.
        clock.forward(QueueDestinations.LEASE);
        TestNode.await(() -> courier.taken.size() == 2);
    }

    @Test
    void leavesMailAloneWithoutACourier() {
        node.carrier.couriers = new One<>(courier) {
            @Override
            public boolean isUnsatisfied() {
                return true;
            }
        };
        begin();
        node.send("d1", "alice@demo.test", "bob@far.test");
        assertThat(node.number("select count(*) from queue_entry where node is null"))
                .isEqualTo(1);
        assertThat(node.count("queue_node")).isZero();
    }
}
