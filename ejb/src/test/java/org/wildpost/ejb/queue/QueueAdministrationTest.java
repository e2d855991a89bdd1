// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.ejb.admin.Page;

/** What operators see and do. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class QueueAdministrationTest extends QueueTest {
    private static QueueFilter by(Optional<String> destination, Optional<String> sender, Optional<String> recipient) {
        return new QueueFilter(
                Optional.empty(), destination, sender, recipient, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static QueueFilter in(QueueItem.State state) {
        return new QueueFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(state),
                Optional.empty(),
                Optional.empty());
    }

    private void deferred(String... recipients) {
        courier.answer = path -> FakeCourier.FULL;
        for (String recipient : recipients) {
            node.send("to-" + recipient, "Alice@demo.test", recipient);
        }
        node.work();
        courier.shipments.clear();
        courier.answer = path -> FakeCourier.TAKEN;
    }

    private List<String> recipients(QueueFilter filter) {
        return node.administration.list(filter, 1, 0).results().stream()
                .map(item -> item.recipient().address().toString())
                .toList();
    }

    private long id(String recipient) {
        return node.number("select id from queue_entry where recipient = '" + recipient + "'");
    }

    @Test
    void listsAndFindsByWhatPeopleKnow() {
        deferred("a@far.test", "b@far.test", "c@near.test");
        clock.forward(Duration.ofMinutes(1));
        node.dispatcher.close();
        node.send("late", "", "d@near.test");

        assertThat(recipients(QueueFilter.ALL))
                .containsExactly("d@near.test", "c@near.test", "b@far.test", "a@far.test");
        assertThat(recipients(by(Optional.of("far.test"), Optional.empty(), Optional.empty())))
                .containsExactly("b@far.test", "a@far.test");
        assertThat(recipients(by(Optional.empty(), Optional.of("alice@DEMO.test"), Optional.of("A@far.test"))))
                .containsExactly("a@far.test");
        assertThat(recipients(by(Optional.empty(), Optional.of(""), Optional.empty())))
                .containsExactly("d@near.test");
        assertThat(recipients(new QueueFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(clock.instant()))))
                .containsExactly("d@near.test");
        assertThat(recipients(new QueueFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(clock.instant()),
                        Optional.empty())))
                .hasSize(3);
        Page<QueueItem> second = node.administration.list(QueueFilter.ALL, 2, 3);
        assertThat(second.total()).isEqualTo(4);
        assertThat(second.lastPage()).isEqualTo(2);
        assertThat(second.results()).hasSize(1);
    }

    @Test
    void showsOneWithItsOctetsAndTries() {
        deferred("a@far.test");
        long id = id("a@far.test");
        QueueItem item = node.administration.find(id).orElseThrow();

        assertThat(item.state()).isEqualTo(QueueItem.State.WAITING);
        assertThat(item.attempts()).isEqualTo(1);
        assertThat(item.lastReply()).isEqualTo("452 4.2.2 mailbox full");
        assertThat(item.subject()).isEqualTo("news");
        byte[] whole = node.administration.octets(id, 0, 1_000).orElseThrow();
        List<Byte> pieces = new ArrayList<>();
        for (long offset = 0; offset < item.size(); ) {
            byte[] piece = node.administration.octets(id, offset, 7).orElseThrow();
            for (byte octet : piece) {
                pieces.add(octet);
            }
            offset += piece.length;
        }
        byte[] joined = new byte[pieces.size()];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = pieces.get(i);
        }
        assertThat(new String(joined, StandardCharsets.UTF_8))
                .startsWith("Received: by mx.wildpost.test\r\nSubject: news\r\n")
                .endsWith("Hello\r\n");
        assertThat(new String(whole, StandardCharsets.UTF_8)).isEqualTo("Received: by mx.wildpost.test\r\n");
        assertThat(node.history.tries(id)).hasSize(1);
        assertThat(node.administration.find(id + 1_000)).isEmpty();
        assertThat(node.administration.octets(id + 1_000, 0, 10)).isEmpty();
    }

    @Test
    void holdsAndReleasesWithTheClockStopped() {
        deferred("a@far.test", "b@far.test");
        QueueFilter one = QueueFilter.of(id("a@far.test"));
        assertThat(node.administration.act(new QueueAction.Hold(), one)).isEqualTo(new QueueAction.Result(1, 0));

        clock.forward(Duration.ofDays(6));
        node.node.beat();
        node.sweeper.sweep();
        node.work();
        assertThat(courier.shipments).isEmpty();
        assertThat(recipients(in(QueueItem.State.HELD))).containsExactly("a@far.test");
        assertThat(node.count("delivery_record")).as("the other one is too old").isEqualTo(1);

        assertThat(node.administration.act(new QueueAction.Release(), one).done())
                .isEqualTo(1);
        node.node.beat();
        node.sweeper.sweep();
        node.work();
        assertThat(courier.carried()).containsExactly("a@far.test");
    }

    @Test
    void holdsWhatIsBeingCarriedFromItsReturnOn() {
        CountDownLatch latch = new CountDownLatch(1);
        courier.gate = name -> Optional.of(latch);
        courier.answer = path -> FakeCourier.FULL;
        for (int i = 0; i < 5; i++) {
            node.send("d" + i, "alice@demo.test", "a" + i + "@far.test");
        }
        TestNode.await(() -> courier.stuck.get() == 1);
        assertThat(node.administration
                        .act(new QueueAction.Hold(), QueueFilter.ALL)
                        .done())
                .isEqualTo(5);
        assertThat(recipients(in(QueueItem.State.HELD)))
                .as("what had not begun came back")
                .hasSize(4);
        assertThat(recipients(in(QueueItem.State.CARRIED))).hasSize(1);

        latch.countDown();
        node.quiet();
        clock.forward(Duration.ofHours(1));
        node.work();
        assertThat(courier.shipments).hasSize(1);
        assertThat(recipients(in(QueueItem.State.HELD))).hasSize(5);
    }

    @Test
    void triesAtOnceWhatRests() {
        courier.answer = path -> FakeCourier.NOBODY;
        node.send("d1", "alice@demo.test", "a@dead.test");
        node.work();
        courier.answer = path -> FakeCourier.TAKEN;
        assertThat(node.administration
                        .act(new QueueAction.Retry(), QueueFilter.ALL)
                        .done())
                .isEqualTo(1);
        node.work();
        assertThat(courier.carried()).containsExactly("a@dead.test", "a@dead.test");
        assertThat(node.count("queue_entry")).isZero();
    }

    @Test
    void sendsAnotherWayAndBack() {
        courier.answer = path -> FakeCourier.NOBODY;
        node.send("d1", "alice@demo.test", "a@dead.test", "b@dead.test");
        node.work();
        courier.answer = path -> FakeCourier.FULL;
        QueueAction.Hop hop = new QueueAction.Hop("relay.test", 2525);
        node.administration.act(new QueueAction.Reroute(Optional.of(hop)), QueueFilter.ALL);
        node.work();

        assertThat(courier.shipments).hasSize(2);
        assertThat(courier.shipments.get(1).reroute().orElseThrow().host()).isEqualTo("relay.test");
        assertThat(courier.shipments.get(1).reroute().orElseThrow().port()).isEqualTo(2525);
        assertThat(courier.shipments.get(1).destination().ascii()).isEqualTo("dead.test");
        assertThat(recipients(by(Optional.of("relay.test:2525"), Optional.empty(), Optional.empty())))
                .hasSize(2);

        courier.answer = path -> FakeCourier.TAKEN;
        node.administration.act(new QueueAction.Reroute(Optional.empty()), QueueFilter.ALL);
        node.work();
        assertThat(courier.shipments.getLast().reroute()).isEmpty();
        assertThat(node.count("queue_entry")).isZero();
    }

    @Test
    void bouncesWithAReasonAndDeletesInSilence() {
        AccountId alice = node.account("Alice@demo.test".toLowerCase(java.util.Locale.ROOT));
        deferred("a@far.test", "b@far.test", "c@far.test");
        node.administration.act(new QueueAction.Hold(), QueueFilter.of(id("b@far.test")));
        assertThat(node.administration.act(
                        new QueueAction.Bounce("we do not write there"), QueueFilter.of(id("a@far.test"))))
                .isEqualTo(new QueueAction.Result(1, 0));
        node.administration.act(new QueueAction.Bounce("nor there"), QueueFilter.of(id("b@far.test")));
        assertThat(node.number("select messages from mailbox where name = 'INBOX' and account_id = " + alice.value()))
                .isEqualTo(2);
        assertThat(node.administration
                        .act(new QueueAction.Delete(), QueueFilter.ALL)
                        .done())
                .isEqualTo(1);

        assertThat(node.column("select recipient || ' ' || outcome from delivery_record order by id"))
                .containsExactly("a@far.test BOUNCED", "b@far.test BOUNCED", "c@far.test DELETED");
        assertThat(node.count("queue_entry") + node.count("queued_message")).isZero();
        assertThat(node.count("blob")).as("of the two notifications").isEqualTo(2);
    }

    @Test
    void leavesAloneWhatIsBeingCarried() {
        CountDownLatch latch = new CountDownLatch(1);
        courier.gate = name -> Optional.of(latch);
        node.send("d1", "alice@demo.test", "a@far.test");
        TestNode.await(() -> courier.stuck.get() == 1);
        for (QueueAction action : List.of(
                new QueueAction.Delete(),
                new QueueAction.Bounce("x"),
                new QueueAction.Retry(),
                new QueueAction.Reroute(Optional.empty()))) {
            assertThat(node.administration.act(action, QueueFilter.ALL)).isEqualTo(new QueueAction.Result(0, 1));
        }
        latch.countDown();
        node.quiet();
        assertThat(node.column("select outcome from delivery_record")).containsExactly("DELIVERED");
    }

    @Test
    void actsOnManyInBatches() {
        node.dispatcher.close();
        List<String> to = new ArrayList<>();
        for (int i = 0; i < QueueAdministration.BATCH * 2 + 7; i++) {
            to.add("a" + i + "@far" + i % 9 + ".test");
        }
        node.send("d1", "", MailOptions.NONE, Optional.empty(), TestNode.paths(to.toArray(String[]::new)));
        assertThat(node.administration
                        .act(new QueueAction.Hold(), QueueFilter.ALL)
                        .done())
                .isEqualTo(to.size());
        assertThat(node.administration
                        .act(new QueueAction.Delete(), QueueFilter.ALL)
                        .done())
                .isEqualTo(to.size());
        assertThat(node.count("queue_entry") + node.count("queued_message")).isZero();
    }
}
