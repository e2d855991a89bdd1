// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.ejb.queue.DeliveryHistory.Delivery;
import org.wildpost.ejb.queue.DeliveryHistory.Detailed;
import org.wildpost.ejb.queue.DeliveryHistory.Place;
import org.wildpost.ejb.queue.DeliveryHistory.Search;
import org.wildpost.ejb.queue.DeliveryHistory.Slice;

/** What became of a message, long after. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class DeliveryHistoryTest extends QueueTest {
    private static Search search(String address, String domain, String messageId) {
        return new Search(
                Optional.ofNullable(address),
                Optional.ofNullable(domain),
                Optional.ofNullable(messageId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private List<String> found(Search search) {
        return node.history.search(search, 0).deliveries().stream()
                .map(one -> one.id() + " " + one.recipient() + " " + one.state())
                .toList();
    }

    @Test
    void tellsEveryTryOfEveryRecipient() {
        courier.answer = path -> path.address().localPart().equals("full") ? FakeCourier.FULL : FakeCourier.TAKEN;
        node.send("d1", "alice@demo.test", "bob@far.test", "full@far.test");
        node.work();
        clock.forward(Duration.ofMinutes(6));
        node.work();

        List<Detailed> status = node.history.status("d1");
        assertThat(status)
                .extracting(one -> one.delivery().recipient())
                .containsExactly("bob@far.test", "full@far.test");
        assertThat(status).extracting(one -> one.delivery().state()).containsExactly("delivered", "waiting");
        assertThat(status.get(0).tries()).singleElement().satisfies(one -> {
            assertThat(one.result()).isEqualTo("delivered");
            assertThat(one.reply()).isEqualTo("250 2.0.0 taken");
            assertThat(one.host()).contains("mx.far.test");
            assertThat(one.address()).contains("192.0.2.1:25");
            assertThat(one.tls())
                    .hasValueSatisfying(tls -> assertThat(tls.verified()).isEqualTo("dane"));
            assertThat(one.policy()).isEqualTo("dane");
            assertThat(one.tookMillis()).isEqualTo(7);
        });
        assertThat(status.get(1).tries())
                .extracting(DeliveryHistory.Try::number)
                .containsExactly(1, 2);
        assertThat(node.history.status("other")).isEmpty();
    }

    @Test
    void findsByAddressDomainTimeAndMessageId() {
        node.send("d1", "alice@demo.test", "bob@far.test");
        node.quiet();
        clock.forward(Duration.ofHours(1));
        courier.answer = path -> FakeCourier.FULL;
        node.send("d2", "carol@else.test", "alice@demo.test.example");
        node.quiet();
        node.send("d3", "bob@far.test", "dan@near.test");
        node.quiet();

        assertThat(found(search(null, null, null)))
                .containsExactly(
                        "d3 dan@near.test waiting", "d2 alice@demo.test.example waiting", "d1 bob@far.test delivered");
        assertThat(found(search("BOB@far.test", null, null)))
                .containsExactly("d3 dan@near.test waiting", "d1 bob@far.test delivered");
        assertThat(found(search(null, "far.test", null))).containsExactly("d1 bob@far.test delivered");
        assertThat(found(search(null, "demo.test", null))).hasSize(3);
        assertThat(found(search("alice@demo.test", "far.test", null))).containsExactly("d1 bob@far.test delivered");
        assertThat(found(search(null, null, "<d2@demo.test>"))).hasSize(1);
        Instant later = clock.instant();
        assertThat(found(new Search(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(later),
                        Optional.empty(),
                        Optional.empty())))
                .hasSize(2);
        assertThat(found(new Search(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(later),
                        Optional.empty())))
                .containsExactly("d1 bob@far.test delivered");
    }

    @Test
    void pagesThroughWhatWaitsAndWhatIsDone() {
        courier.answer = path -> path.address().localPart().startsWith("full") ? FakeCourier.FULL : FakeCourier.TAKEN;
        for (int i = 0; i < 25; i++) {
            clock.forward(Duration.ofMillis(i % 3));
            node.send("d" + i, "alice@demo.test", (i % 2 == 0 ? "full" : "bob") + i + "@far.test");
        }
        node.quiet();
        node.work();
        List<String> all = new ArrayList<>();
        Optional<Place> place = Optional.empty();
        do {
            Slice slice = node.history.search(
                    new Search(
                            Optional.of("alice@demo.test"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            place),
                    4);
            all.addAll(slice.deliveries().stream().map(Delivery::id).toList());
            place = slice.next();
        } while (place.isPresent());
        assertThat(all).hasSize(25).doesNotHaveDuplicates().startsWith("d24").endsWith("d0");
    }

    @Test
    void forgetsAfterThirtyDays() {
        node.send("d1", "alice@demo.test", "bob@far.test");
        node.quiet();
        clock.forward(Duration.ofDays(29));
        node.node.beat();
        node.sweeper.sweep();
        node.send("d2", "alice@demo.test", "bob@far.test");
        node.quiet();
        assertThat(node.count("delivery_record")).isEqualTo(2);

        clock.forward(Duration.ofDays(2));
        node.node.beat();
        node.sweeper.sweep();
        assertThat(node.column("select delivery_id from delivery_record")).containsExactly("d2");
        assertThat(node.count("delivery_attempt")).isEqualTo(1);
    }
}
