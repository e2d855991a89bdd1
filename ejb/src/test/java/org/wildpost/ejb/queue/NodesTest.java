// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several nodes at one queue. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class NodesTest extends QueueTest {
    @Test
    void twoNodesNeverCarryTheSameEntry() throws Exception {
        node.close();
        for (int i = 0; i < 600; i++) {
            node.send("d" + i, "alice@demo.test", "a@x" + i % 30 + ".test", "b@x" + i % 30 + ".test", "c@y.test");
        }
        TestNode one = another("node-b").open();
        TestNode two = another("node-c").open();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> done = new ArrayList<>();
            for (TestNode each : List.of(one, two)) {
                Callable<Boolean> rounds = () -> {
                    for (int round = 0; round < 50 && each.count("queue_entry") > 0; round++) {
                        each.work();
                        each.dispatcher.backlog(each.column("select distinct destination from queue_entry"));
                    }
                    return true;
                };
                done.add(threads.submit(rounds));
            }
            for (Future<Boolean> each : done) {
                assertThat(each.get()).isTrue();
            }
        }
        one.quiet();
        two.quiet();

        assertThat(courier.twice).isEmpty();
        assertThat(courier.taken)
                .hasSize(1_800)
                .allSatisfy((_, times) -> assertThat(times).hasValue(1));
        assertThat(node.count("queue_entry") + node.count("queued_message")).isZero();
        assertThat(node.count("delivery_record")).isEqualTo(1_800);
        one.close();
        two.close();
    }

    @Test
    void anotherNodeTakesOverWhatADeadOneHad() {
        CountDownLatch never = new CountDownLatch(1);
        courier.gate = name -> Optional.of(never);
        node.send("d1", "alice@demo.test", "bob@far.test");
        TestNode.await(() -> courier.stuck.get() == 1);
        node.database.cut();

        TestNode other = another("node-b").open();
        courier.gate = name -> Optional.empty();
        other.work();
        assertThat(courier.shipments).as("the first node may live").hasSize(1);

        node.execute("update queue_node set heartbeat_at = heartbeat_at - interval '"
                + (QueueNode.STALE.toSeconds() + 1) + " seconds' where name = 'node-a'");
        other.work();
        assertThat(courier.carried()).containsExactly("bob@far.test", "bob@far.test");
        assertThat(node.count("queue_entry") + node.count("queued_message")).isZero();

        node.database.mend();
        never.countDown();
        node.quiet();
        assertThat(node.column("select recipient || ' ' || outcome from delivery_record"))
                .as("recorded once")
                .containsExactly("bob@far.test DELIVERED");
        other.close();
    }

    @Test
    void aNodeThatStartsAgainGoesOnAtOnce() {
        CountDownLatch never = new CountDownLatch(1);
        courier.gate = name -> Optional.of(never);
        node.send("d1", "alice@demo.test", "bob@far.test");
        TestNode.await(() -> courier.stuck.get() == 1);
        node.database.cut();

        courier.gate = name -> Optional.empty();
        TestNode again = another("node-a").open();
        again.work();
        assertThat(courier.carried()).containsExactly("bob@far.test", "bob@far.test");
        assertThat(again.count("queue_node")).isEqualTo(1);
        never.countDown();
        again.close();
    }

    /** The remote said 250, and the node died before it could record that: one more copy, no loss. */
    @Test
    void aCrashBetweenDeliveryAndRecordCostsOneCopyAtMost() {
        courier.answer = path -> {
            node.database.cut();
            return FakeCourier.TAKEN;
        };
        node.send("d1", "alice@demo.test", "bob@far.test");
        TestNode.await(() -> courier.taken.size() == 1);
        courier.answer = path -> FakeCourier.TAKEN;
        assertThat(node.count("queue_entry")).isEqualTo(1);

        TestNode again = another("node-a").open();
        again.work();
        again.work();
        assertThat(courier.taken.values())
                .singleElement()
                .satisfies(times -> assertThat(times).hasValue(2));
        assertThat(again.count("queue_entry")).isZero();
        again.close();
    }

    @Test
    void aNodeWithoutHeartbeatBeginsNothing() {
        clock.forward(QueueNode.LEASE.plusSeconds(1));
        node.send("d1", "alice@demo.test", "bob@far.test");
        assertThat(node.claimer.claim()).isFalse();
        assertThat(courier.shipments).isEmpty();

        node.work();
        assertThat(courier.shipments).hasSize(1);
    }

    @Test
    void whatWasClaimedAndForgottenIsFreed() {
        node.send("d0", "alice@demo.test", "x@far.test");
        node.quiet();
        node.dispatcher.close();
        node.send("d1", "alice@demo.test", "bob@far.test");
        node.execute("update queue_entry set node = (select max(id) from queue_node)");
        node.dispatcher.open(
                run -> Thread.ofVirtual().start(() -> node.carrier.run(run)), () -> {}, node.ledger.retries());
        node.sweeper.reconcile();
        node.work();
        assertThat(courier.shipments).as("its transaction may just be over").hasSize(1);

        node.sweeper.reconcile();
        node.work();
        assertThat(courier.shipments).hasSize(2);
    }

    @Test
    void carriesOnAfterTheDatabaseWasAway() {
        CountDownLatch latch = new CountDownLatch(1);
        courier.gate = name -> Optional.of(latch);
        for (int i = 0; i < 20; i++) {
            node.send("d" + i, "alice@demo.test", "bob@far" + i + ".test");
        }
        TestNode.await(() -> courier.stuck.get() == 20);
        node.database.cut();
        latch.countDown();
        TestNode.await(() -> courier.taken.size() == 20 && node.database.refused.get() > 5);
        assertThat(node.dispatcher.inHand()).as("nothing is forgotten").isEqualTo(20);

        clock.forward(Duration.ofMinutes(1));
        node.database.mend();
        node.work();
        assertThat(node.count("queue_entry")).isZero();
        assertThat(courier.taken).allSatisfy((_, times) -> assertThat(times).hasValue(1));
    }

    @Test
    void givesBackWhatHasNotBegunWhenItEnds() {
        CountDownLatch latch = new CountDownLatch(1);
        courier.gate = name -> Optional.of(latch);
        for (int i = 0; i < 5; i++) {
            node.send("d" + i, "alice@demo.test", "bob@far.test");
        }
        TestNode.await(() -> courier.stuck.get() == 1);
        assertThat(node.number("select count(*) from queue_entry where node is not null"))
                .isEqualTo(5);
        node.recorder.giveBack(node.dispatcher.close());
        TestNode.await(() -> node.dispatcher.inHand() == 1);
        assertThat(node.number("select count(*) from queue_entry where node is null"))
                .isEqualTo(4);
        latch.countDown();
        node.quiet();
        assertThat(node.count("queue_entry")).isEqualTo(4);

        courier.gate = name -> Optional.empty();
        TestNode next = another("node-b").open();
        next.work();
        assertThat(node.count("queue_entry")).isZero();
        next.close();
    }
}
