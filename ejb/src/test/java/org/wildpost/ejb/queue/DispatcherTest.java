// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.ejb.TestClock;
import org.wildpost.persistence.queue.QueueDestinations;
import org.wildpost.persistence.queue.QueueEntry;
import org.wildpost.persistence.queue.QueuedMessage;

/** Which consignment begins next, without a database or threads. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class DispatcherTest {
    private final TestClock clock = new TestClock();
    private final Dispatcher dispatcher = new Dispatcher();
    private final ArrayDeque<Dispatcher.Run> running = new ArrayDeque<>();
    private long next = 1;

    @BeforeEach
    void open() {
        open(Map.of());
    }

    private void open(Map<String, String> properties) {
        dispatcher.settings = new QueueSettings(properties::get);
        dispatcher.clock = clock;
        dispatcher.open(running::add, () -> {}, new Retries(List.of(Duration.ofMinutes(5)), () -> 0));
    }

    private Consignment consignment(String destination, long account) {
        long id = next++;
        QueuedMessage message = new QueuedMessage(
                id,
                "d" + id,
                new BlobId(id),
                new byte[0],
                100,
                Optional.of(new AccountId(account)),
                Optional.empty(),
                ReversePath.NULL,
                MailOptions.NONE,
                "",
                "",
                false,
                false,
                clock.instant(),
                1);
        QueueEntry entry = new QueueEntry(
                id,
                id,
                destination,
                ForwardPath.of(EmailAddress.parse("a@" + destination)),
                0,
                clock.instant(),
                clock.instant(),
                Optional.empty(),
                "",
                "",
                Optional.empty());
        return new Consignment(message, List.of(entry), null);
    }

    private void claimed(String destination, int count) {
        List<Consignment> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(consignment(destination, i));
        }
        assertThat(dispatcher.claimed(all)).isEmpty();
    }

    @Test
    void aDestinationEarnsTwiceAsManyShipmentsWithEachAnswer() {
        open(Map.of("wildpost.queue.per.destination", "6"));
        claimed("far.test", 60);
        for (int expected : new int[] {1, 2, 4, 6, 6}) {
            assertThat(dispatcher.underWay()).isEqualTo(expected);
            dispatcher.finished(running.poll(), true);
        }
    }

    @Test
    void oneThatDoesNotAnswerRestsAndGivesBackWhatWaitsForIt() {
        claimed("dead.test", 5);
        Dispatcher.Change change = dispatcher.finished(running.poll(), false);

        assertThat(change.rests()).isTrue();
        assertThat(change.back()).hasSize(4);
        assertThat(dispatcher.reserve("dead.test", 1, 10)).isEqualTo(Dispatcher.Place.NONE);
        assertThat(dispatcher.claimed(List.of(consignment("dead.test", 1))))
                .as("not even what was claimed meanwhile")
                .hasSize(1);

        clock.forward(Duration.ofMinutes(6));
        dispatcher.learn(List.of(new QueueDestinations.State(
                "dead.test", 1, Optional.of(clock.instant().minusSeconds(1)), "")));
        assertThat(dispatcher.wants(10))
                .singleElement()
                .satisfies(want -> assertThat(want.messages()).isEqualTo(1));
    }

    @Test
    void doubtfulOnesHaveTheirShareOfThePlacesAndNoMore() {
        open(Map.of("wildpost.queue.in.flight", "10", "wildpost.queue.doubtful.percent", "40"));
        claimed("live.test", 30);
        while (dispatcher.underWay() < 10) {
            dispatcher.finished(running.poll(), true);
        }
        for (int i = 0; i < 20; i++) {
            claimed("new" + i + ".test", 1);
        }
        for (int i = 0; i < 4; i++) {
            dispatcher.finished(running.poll(), true);
        }
        assertThat(running.stream().filter(Dispatcher.Run::doubtful)).hasSize(4);
        dispatcher.finished(running.poll(), true);
        assertThat(running.stream().filter(Dispatcher.Run::doubtful)).hasSize(4);
        assertThat(dispatcher.wants(100)).isEmpty();
        dispatcher.backlog(List.of("newer.test"));
        assertThat(dispatcher.wants(100)).as("it would only stand in line").isEmpty();
    }

    @Test
    void keepsPlacesForWhatIsBeingCommitted() {
        for (int i = 0; i < Dispatcher.ROOM_WHEN_NEW; i++) {
            assertThat(dispatcher.reserve("far.test", i, 10)).isEqualTo(Dispatcher.Place.WITH_OCTETS);
        }
        assertThat(dispatcher.reserve("far.test", 99, 10)).isEqualTo(Dispatcher.Place.NONE);
        dispatcher.cancel(consignment("far.test", 0));
        assertThat(dispatcher.reserve("far.test", 99, 10)).isEqualTo(Dispatcher.Place.WITH_OCTETS);
        assertThat(dispatcher.underWay()).isZero();
    }

    @Test
    void oneAccountTakesHalfOfTheRoomAtMost() {
        claimed("far.test", 1);
        dispatcher.finished(running.poll(), true);
        dispatcher.settings = new QueueSettings(Map.of("wildpost.queue.per.destination", "1")::get);
        int taken = 0;
        while (dispatcher.reserve("far.test", 1, 10) != Dispatcher.Place.NONE) {
            dispatcher.arrive(consignment("far.test", 1));
            taken++;
        }
        assertThat(taken).isBetween(Dispatcher.ROOM / 2, Dispatcher.ROOM / 2 + 2);
        assertThat(dispatcher.reserve("far.test", 2, 10)).isNotEqualTo(Dispatcher.Place.NONE);
    }

    @Test
    void whatWaitsInTheDatabaseGoesBeforeWhatArrives() {
        dispatcher.backlog(List.of("far.test"));
        assertThat(dispatcher.reserve("far.test", 1, 10)).isEqualTo(Dispatcher.Place.NONE);

        Dispatcher.Want want = dispatcher.wants(10).getFirst();
        dispatcher.backlog(List.of("far.test"));
        assertThat(dispatcher.looked(want, want.place(), false, true, true)).isTrue();
        assertThat(dispatcher.wants(10))
                .as("something came while the claim ran")
                .hasSize(1);

        Dispatcher.Want newer = dispatcher.wants(10).getFirst();
        dispatcher.looked(newer, newer.place(), false, true, true);
        assertThat(dispatcher.wants(10)).isEmpty();
        assertThat(dispatcher.reserve("far.test", 1, 10)).isNotEqualTo(Dispatcher.Place.NONE);
    }

    @Test
    void takesNothingBeforeItIsOpenAndAfterItIsClosed() {
        claimed("far.test", 3);
        assertThat(dispatcher.close()).hasSize(2);
        assertThat(dispatcher.reserve("far.test", 1, 1)).isEqualTo(Dispatcher.Place.NONE);
        assertThat(dispatcher.claimed(List.of(consignment("far.test", 1)))).hasSize(1);
        dispatcher.backlog(List.of("far.test"));
        assertThat(dispatcher.wants(10)).isEmpty();
        dispatcher.finished(running.poll(), true);
        assertThat(dispatcher.underWay()).isZero();
    }

    @Test
    void givesBackWhatAnOperatorWantsBack() {
        claimed("far.test", 5);
        assertThat(dispatcher.recall(Set.of(1L, 3L, 4L)))
                .as("what has begun cannot come back")
                .flatExtracting(
                        one -> one.entries().stream().map(QueueEntry::id).toList())
                .containsExactlyInAnyOrder(3L, 4L);
    }

    @Test
    void keepsWhatIsClaimedAgainBeforeItWasHeardThatItWasGivenBack() {
        claimed("far.test", 2);
        Consignment second = dispatcher.recall(Set.of(2L)).getFirst();
        dispatcher.claimed(List.of(second));
        dispatcher.forget(List.of(second));
        assertThat(dispatcher.holds(2)).isTrue();
        dispatcher.forget(List.of(second));
        assertThat(dispatcher.holds(2)).isFalse();
        assertThat(dispatcher.inHand()).isEqualTo(1);
    }

    @Test
    void remembersOnlySoManyDestinations() {
        for (int i = 0; i < Dispatcher.REMEMBERED + 50; i++) {
            claimed("d" + i + ".test", 1);
            Dispatcher.Run run = running.poll();
            dispatcher.finished(run, true);
            dispatcher.forget(List.of(run.consignment()));
        }
        assertThat(dispatcher.remembered()).isLessThanOrEqualTo(Dispatcher.REMEMBERED + 1);
    }
}
