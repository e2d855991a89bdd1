// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.wildpost.core.listener.smtp.MailOptions;

/** 20,000 entries for 2,000 destinations, 200 of which never answer. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class DrainTest extends QueueTest {
    private static final int DESTINATIONS = 2_000;
    private static final int DEAD_OF = 10;
    private static final int EACH = 10;

    @Override
    Map<String, String> properties() {
        return Map.of("wildpost.queue.in.flight", "500", "wildpost.queue.doubtful.percent", "50");
    }

    private static boolean dead(String destination) {
        return destination.startsWith("dead");
    }

    private void fill() {
        node.close();
        for (int message = 0; message < EACH; message++) {
            List<String> to = new ArrayList<>();
            for (int i = 0; i < DESTINATIONS; i++) {
                to.add("a" + message + "@" + (i % DEAD_OF == 0 ? "dead" : "live") + i + ".test");
            }
            node.send(
                    "d" + message,
                    "alice@demo.test",
                    MailOptions.NONE,
                    Optional.empty(),
                    TestNode.paths(to.toArray(String[]::new)));
        }
        node.execute("analyze");
        courier.noting = false;
        node = new TestNode(database, clock, courier, properties()).open();
    }

    @Test
    void theHealthyOnesAllDrainWhileTheDeadOnesAreStuck() {
        fill();
        CountDownLatch never = new CountDownLatch(1);
        courier.gate = name -> dead(name) ? Optional.of(never) : Optional.empty();
        int healthy = DESTINATIONS * EACH * (DEAD_OF - 1) / DEAD_OF;

        node.node.beat();
        node.claimer.look();
        TestNode.await(() -> {
            while (node.claimer.claim()) {
                // as long as something is wanted
            }
            LockSupport.parkNanos(500_000);
            return courier.taken.size() == healthy;
        });

        int dead = DESTINATIONS / DEAD_OF;
        assertThat(courier.stuck.get())
                .as("one shipment each, until somebody answers")
                .isLessThanOrEqualTo(dead);
        assertThat(courier.twice).isEmpty();
        TestNode.await(() -> node.dispatcher.inHand() == node.dispatcher.underWay());
        assertThat(node.count("queue_entry")).isEqualTo((long) dead * EACH);
        assertThat(node.number("select count(*) from queue_entry where node is not null"))
                .as("what waits for the dead ones is not in anybody's hand")
                .isEqualTo(courier.stuck.get());
        never.countDown();
        node.quiet();
    }

    @Test
    void theDeadOnesHoldNoMoreThanTheirShareOfThePlaces() {
        node.close();
        node = new TestNode(
                        database,
                        clock,
                        courier,
                        Map.of("wildpost.queue.in.flight", "100", "wildpost.queue.doubtful.percent", "40"))
                .open();
        courier.noting = false;
        for (int i = 0; i < 30; i++) {
            node.send("t" + i, "alice@demo.test", "a@live" + i + ".test");
        }
        node.quiet();
        CountDownLatch never = new CountDownLatch(1);
        courier.gate = name -> dead(name) ? Optional.of(never) : Optional.empty();
        List<String> to = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            to.add("a@dead" + i + ".test");
        }
        node.send(
                "d", "alice@demo.test", MailOptions.NONE, Optional.empty(), TestNode.paths(to.toArray(String[]::new)));
        TestNode.await(() -> courier.stuck.get() == 40);
        for (int i = 0; i < 300; i++) {
            node.send("h" + i, "alice@demo.test", "a@live" + i % 30 + ".test");
        }
        TestNode.await(() -> {
            while (node.claimer.claim()) {
                // as long as something is wanted
            }
            LockSupport.parkNanos(500_000);
            return courier.taken.size() == 330;
        });
        assertThat(courier.stuck.get()).isEqualTo(40);
        never.countDown();
        node.work();
    }
}
