// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What could not be delivered is tried again, by its own schedule and by that of its destination. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class RetryTest extends QueueTest {
    @Override
    Map<String, String> properties() {
        return Map.of("wildpost.queue.retries", "5m,10m,1h", "wildpost.queue.lifetime", "1d");
    }

    @Test
    void triesARecipientAgainByTheSchedule() {
        courier.answer = path -> FakeCourier.FULL;
        node.send("d1", "alice@demo.test", "bob@far.test");
        node.work();
        assertThat(courier.shipments).hasSize(1);

        for (String wait : new String[] {"PT5M", "PT10M", "PT1H", "PT1H"}) {
            int before = courier.shipments.size();
            clock.forward(Duration.parse(wait).multipliedBy(9).dividedBy(10).minusSeconds(1));
            node.work();
            assertThat(courier.shipments).as("before " + wait).hasSize(before);
            clock.forward(Duration.parse(wait).multipliedBy(2).dividedBy(10).plusSeconds(2));
            node.work();
            assertThat(courier.shipments).as("after " + wait).hasSize(before + 1);
        }
        assertThat(node.column("select attempts || ' ' || last_status || ' ' || last_text from queue_entry"))
                .containsExactly("5 4.2.2 452 4.2.2 mailbox full");
        assertThat(node.column("select number || ' ' || result || ' ' || reply || ' ' || tls_verified"
                        + " from delivery_attempt order by number"))
                .hasSize(5)
                .first()
                .isEqualTo("1 deferred 452 4.2.2 mailbox full dane");
    }

    @Test
    void onlyTheRecipientThatWasDeferredComesAgain() {
        courier.answer = path -> path.address().localPart().equals("full") ? FakeCourier.FULL : FakeCourier.TAKEN;
        node.send("d1", "alice@demo.test", "bob@far.test", "full@far.test");
        node.work();
        assertThat(node.column("select recipient from queue_entry")).containsExactly("full@far.test");

        courier.answer = path -> FakeCourier.TAKEN;
        clock.forward(Duration.ofMinutes(6));
        node.work();
        assertThat(courier.carried()).containsExactly("bob@far.test", "full@far.test", "full@far.test");
        assertThat(node.count("queue_entry") + node.count("queued_message") + node.count("blob"))
                .isZero();
    }

    @Test
    void letsTheOthersWaitUntouchedWhileADestinationRests() {
        courier.answer = path -> FakeCourier.NOBODY;
        node.send("d1", "alice@demo.test", "a@dead.test");
        node.work();
        for (int i = 2; i <= 6; i++) {
            node.send("d" + i, "alice@demo.test", "a@dead.test");
            node.work();
        }
        assertThat(courier.shipments).as("one try told enough").hasSize(1);
        assertThat(node.number("select count(*) from queue_entry where attempts = 0"))
                .isEqualTo(5);
        assertThat(node.column("select name || ' ' || failures || ' ' || last_text from queue_destination"))
                .containsExactly("dead.test 1 nobody answers");

        clock.forward(Duration.ofMinutes(6));
        node.work();
        assertThat(courier.shipments).as("one of them finds out").hasSize(2);
        assertThat(node.number("select failures from queue_destination")).isEqualTo(2);
        assertThat(node.number("select count(*) from queue_entry where attempts = 0"))
                .isEqualTo(4);

        courier.answer = path -> FakeCourier.TAKEN;
        clock.forward(Duration.ofMinutes(12));
        node.work();
        assertThat(courier.shipments).as("somebody answers: all go at once").hasSize(8);
        assertThat(node.count("queue_entry")).isZero();
    }

    @Test
    void aNodeThatStartsKnowsWhatRests() {
        courier.answer = path -> FakeCourier.NOBODY;
        node.send("d1", "alice@demo.test", "a@dead.test");
        node.work();
        node.close();
        TestNode next = another("node-a").open();
        clock.forward(Duration.ofMinutes(3));
        next.work();
        assertThat(courier.shipments).hasSize(1);
        clock.forward(Duration.ofMinutes(3));
        next.work();
        assertThat(courier.shipments).hasSize(2);
        next.close();
    }

    @Test
    void aDestinationThatAnsweredBeforeMayFailTwiceBeforeItRests() {
        node.send("d1", "alice@demo.test", "a@far.test");
        node.quiet();
        courier.answer = path -> FakeCourier.NOBODY;
        for (int i = 2; i <= Berth.STRIKES; i++) {
            node.send("d" + i, "alice@demo.test", "a@far.test");
            node.quiet();
            assertThat(node.number("select count(*) from queue_destination where failures > 0"))
                    .isZero();
        }
        node.send("d9", "alice@demo.test", "a@far.test");
        node.quiet();
        assertThat(node.number("select count(*) from queue_destination where failures > 0"))
                .isEqualTo(1);
    }

    @Test
    void severalFailuresInOneRestCountOnce() {
        node.send("d1", "alice@demo.test", "a@far.test");
        node.send("d2", "alice@demo.test", "a@far.test");
        node.quiet();
        CountDownLatch latch = new CountDownLatch(1);
        courier.gate = name -> Optional.of(latch);
        courier.answer = path -> FakeCourier.NOBODY;
        for (int i = 3; i < 7; i++) {
            node.send("d" + i, "alice@demo.test", "a@far.test");
        }
        TestNode.await(() -> courier.stuck.get() == 4);
        latch.countDown();
        node.quiet();
        assertThat(node.number("select failures from queue_destination")).isEqualTo(1);
    }

    @Test
    void forgetsADestinationForWhichNothingWaits() {
        courier.answer = path -> FakeCourier.FULL;
        node.send("d1", "alice@demo.test", "bob@far.test");
        node.work();
        courier.answer = path -> FakeCourier.TAKEN;
        clock.forward(Duration.ofMinutes(6));
        node.work();
        assertThat(node.count("queue_entry")).isZero();
        assertThat(node.count("queue_destination")).isEqualTo(1);

        clock.forward(org.wildpost.persistence.queue.QueueDestinations.SETTLE.plusSeconds(1));
        node.work();
        clock.forward(org.wildpost.persistence.queue.QueueDestinations.SETTLE.plusSeconds(1));
        node.work();
        assertThat(node.count("queue_destination")).isZero();
    }

    @Test
    void whatIsCommittedWhileADestinationSettlesIsFound() {
        courier.answer = path -> FakeCourier.FULL;
        node.send("d1", "alice@demo.test", "bob@far.test");
        node.work();
        clock.forward(org.wildpost.persistence.queue.QueueDestinations.SETTLE.plusSeconds(1));
        courier.answer = path -> FakeCourier.TAKEN;
        node.work();
        node.work();
        // another node takes a message and ends before it could carry it
        node.close();
        another("node-b").send("d2", "alice@demo.test", "carol@far.test");
        TestNode next = another("node-c").open();
        clock.forward(Duration.ofSeconds(11));
        next.work();
        assertThat(courier.carried()).contains("carol@far.test");
        next.close();
    }
}
