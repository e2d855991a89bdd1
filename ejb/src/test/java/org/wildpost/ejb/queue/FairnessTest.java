// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.MailOptions;

/** Nobody's mail holds up that of the others. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class FairnessTest extends QueueTest {
    @Override
    Map<String, String> properties() {
        return Map.of("wildpost.queue.per.destination", "1");
    }

    private void send(String id, long account, int priority, String to) {
        MailOptions options = new MailOptions(
                false,
                MailOptions.Body.SEVEN_BIT,
                Optional.empty(),
                Optional.empty(),
                false,
                priority,
                Optional.empty(),
                Optional.empty());
        node.send(id, "alice@demo.test", options, Optional.of(new AccountId(account)), TestNode.paths(to));
    }

    @Test
    void accountsTakeTurnsInWhatWaitsInTheDatabase() {
        node.dispatcher.close();
        for (int i = 0; i < 300; i++) {
            send("newsletter" + i, 1, 0, "n" + i + "@far.test");
        }
        send("letter1", 2, 0, "l1@far.test");
        send("letter2", 3, 0, "l2@far.test");
        send("letter3", 2, 0, "l3@far.test");
        node.close();

        node = new TestNode(database, clock, courier, properties()).open();
        node.work();

        List<String> order = courier.carried();
        assertThat(order).hasSize(303).doesNotHaveDuplicates();
        assertThat(order.subList(0, 10)).contains("l1@far.test", "l2@far.test", "l3@far.test");
    }

    @Test
    void accountsTakeTurnsInWhatWaitsInMemory() {
        CountDownLatch latch = new CountDownLatch(1);
        courier.gate = name -> Optional.of(latch);
        for (int i = 0; i < 12; i++) {
            send("newsletter" + i, 1, 0, "n" + i + "@far.test");
        }
        send("letter1", 2, 0, "l1@far.test");
        latch.countDown();
        node.quiet();

        assertThat(courier.carried().indexOf("l1@far.test")).isLessThan(4);
    }

    /** RFC 6710 §4.1. */
    @Test
    void whatIsUrgentGoesFirst() {
        node.dispatcher.close();
        for (int i = 0; i < 120; i++) {
            send("d" + i, i % 70, i % 3 - 1, "p" + (i % 3 - 1) + "-" + i + "@far.test");
        }
        node.close();

        node = new TestNode(database, clock, courier, properties()).open();
        node.work();

        List<String> order = courier.carried();
        assertThat(order).hasSize(120);
        assertThat(order.subList(0, 20))
                .allSatisfy(address -> assertThat(address).startsWith("p1-"));
        assertThat(order.subList(90, 120))
                .allSatisfy(address -> assertThat(address).startsWith("p-1-"));
    }

    @Test
    void everyAccountIsServedHoweverManyThereAre() {
        node.dispatcher.close();
        for (int i = 0; i < 400; i++) {
            send("d" + i, i + 1, 0, "a" + i + "@far.test");
        }
        node.close();
        node = new TestNode(database, clock, courier, properties()).open();
        node.work();
        assertThat(new HashSet<>(courier.carried())).hasSize(400);
    }

    /** Full mailboxes of many accounts, and one message that can go. */
    @Test
    void whatIsDueIsFoundAmongWhatIsNot() {
        courier.answer = path -> path.address().localPart().startsWith("full") ? FakeCourier.FULL : FakeCourier.TAKEN;
        for (int i = 0; i < 240; i++) {
            send("d" + i, i + 1, 0, "full" + i + "@far.test");
        }
        node.work();
        assertThat(node.count("queue_entry")).isEqualTo(240);
        int before = courier.shipments.size();
        node.dispatcher.close();
        send("late", 120, 0, "ready@far.test");
        node.close();

        node = new TestNode(database, clock, courier, properties()).open();
        clock.forward(Duration.ofSeconds(20));
        node.work();
        assertThat(courier.carried().subList(before, courier.shipments.size())).containsExactly("ready@far.test");
    }
}
