// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.ejb.mailbox.MessageAppender;
import org.wildpost.ejb.outbound.Attempt;
import org.wildpost.persistence.queue.QueueDestinations;
import org.wildpost.persistence.queue.QueueEntry;

/** Mail for recipients of this server that waits for the moment that its sender named (RFC 4865 §4.2), over a real database. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class HeldMailTest extends QueueTest {
    private static final Duration HOLD = Duration.ofHours(20);
    private static final Attempt.Delivered DELIVERED = new Attempt.Delivered("2.1.5", "delivered", true, true);
    private static final Attempt.Failed GONE = new Attempt.Failed("5.1.1", "no such mailbox here");
    private static final Attempt.Deferred NOT_NOW =
            new Attempt.Deferred("4.3.5", "leads to nobody", Attempt.Scope.MESSAGE);

    private final List<String> asked = new ArrayList<>();
    private Function<ForwardPath, Attempt.Outcome> answer = _ -> DELIVERED;
    private Runnable afterwards = () -> {};
    private AccountId alice;
    private AccountId bob;

    @BeforeEach
    void people() {
        alice = node.account("alice@demo.test");
        bob = node.account("bob@demo.test");
        node.local = this::deliver;
    }

    @Test
    void waitsUntilItsMoment() {
        hold("bob@demo.test", "carol@other.test");
        clock.forward(HOLD.minusSeconds(60));
        node.work();
        assertThat(asked).isEmpty();
        assertThat(stored(bob)).isZero();

        clock.forward(Duration.ofSeconds(61));
        node.work();
        assertThat(asked)
                .as("all recipients at once, whatever their domain")
                .containsExactly("bob@demo.test carol@other.test");
        assertThat(stored(bob)).isEqualTo(1);
        assertThat(courier.shipments).as("no next hop is asked").isEmpty();
        assertThat(node.count("queue_entry") + node.count("queued_message")).isZero();
        assertThat(node.column("select recipient || ' ' || outcome from delivery_record order by id"))
                .containsExactly("bob@demo.test DELIVERED", "carol@other.test DELIVERED");
    }

    @Test
    void givesTheMessageAsItCame() {
        hold("bob@demo.test");
        clock.forward(HOLD);
        node.work();

        assertThat(
                        node.column(
                                "select convert_from(c.prefix || b.data, 'UTF8') from content c join blob b on b.id = c.blob_id"))
                .containsExactly(
                        "Received: by mx.wildpost.test\r\nSubject: news\r\nMessage-ID: <d1@demo.test>\r\n\r\nHello\r\n");
    }

    @Test
    void isSeenAndReleasedByOperators() {
        hold("bob@demo.test");
        QueueItem item =
                node.administration.list(QueueFilter.ALL, 1, 10).results().getFirst();
        assertThat(item.destination()).isEqualTo(QueueEntry.HERE);
        assertThat(item.recipient().address()).hasToString("bob@demo.test");
        assertThat(item.nextAttempt()).isEqualTo(clock.instant().plus(HOLD));

        QueueAction.Reroute elsewhere = new QueueAction.Reroute(Optional.of(new QueueAction.Hop("mx.far.test", 25)));
        assertThat(node.administration.act(elsewhere, QueueFilter.ALL)).isEqualTo(new QueueAction.Result(0, 0));
        assertThat(node.administration.act(new QueueAction.Reroute(Optional.empty()), QueueFilter.ALL))
                .isEqualTo(new QueueAction.Result(0, 0));
        assertThat(node.column("select destination from queue_entry")).containsExactly(QueueEntry.HERE);

        node.administration.act(new QueueAction.Retry(), QueueFilter.ALL);
        node.work();
        assertThat(stored(bob)).isEqualTo(1);
    }

    @Test
    void tellsTheSenderOfWhomNobodyKnowsAnyMore() {
        answer = path -> path.address().localPart().equals("bob") ? DELIVERED : GONE;
        hold("bob@demo.test", "gone@demo.test");
        clock.forward(HOLD);
        node.work();

        assertThat(stored(bob)).isEqualTo(1);
        assertThat(stored(alice)).as("the notification").isEqualTo(1);
        assertThat(node.column("select recipient || ' ' || outcome || ' ' || status from delivery_record order by id"))
                .containsExactly("bob@demo.test DELIVERED 2.1.5", "gone@demo.test FAILED 5.1.1");
    }

    @Test
    void isTriedAgainByTheSchedule() {
        answer = _ -> NOT_NOW;
        hold("bob@demo.test");
        clock.forward(HOLD);
        node.work();
        assertThat(node.column("select attempts || ' ' || last_status || ' ' || last_text from queue_entry"))
                .containsExactly("1 4.3.5 leads to nobody");

        answer = _ -> DELIVERED;
        clock.forward(Duration.ofMinutes(6));
        node.work();
        assertThat(stored(bob)).isEqualTo(1);
        assertThat(node.count("queue_entry")).isZero();
    }

    @Test
    void isTriedAgainAfterAFault() {
        answer = _ -> {
            throw new IllegalStateException("the directory is away");
        };
        hold("bob@demo.test");
        clock.forward(HOLD);
        node.work();
        assertThat(node.column("select last_status from queue_entry")).containsExactly("4.3.0");

        answer = _ -> DELIVERED;
        clock.forward(Duration.ofMinutes(6));
        node.work();
        assertThat(stored(bob)).isEqualTo(1);
    }

    @Test
    void aCrashBetweenDeliveryAndRecordCostsOneCopyAtMost() {
        CountDownLatch dead = new CountDownLatch(1);
        afterwards = () -> {
            node.database.cut();
            dead.countDown();
        };
        hold("bob@demo.test");
        clock.forward(HOLD);
        node.node.beat();
        node.claimer.look();
        node.claimer.claim();
        TestNode.await(() -> dead.getCount() == 0);
        assertThat(stored(bob)).isEqualTo(1);
        assertThat(node.count("queue_entry")).isEqualTo(1);

        afterwards = () -> {};
        clock.forward(QueueDestinations.LEASE.plusSeconds(1));
        TestNode again = another("node-a");
        again.local = this::deliver;
        again.open().work();
        again.work();
        assertThat(stored(bob)).isEqualTo(2);
        assertThat(again.count("queue_entry") + again.count("queued_message")).isZero();
        again.close();
    }

    @Test
    void aStartAfterTheMomentGoesOn() {
        hold("bob@demo.test");
        node.close();
        clock.forward(HOLD.plusDays(1));

        TestNode again = another("node-a");
        again.local = this::deliver;
        again.open().work();
        assertThat(stored(bob)).isEqualTo(1);
        again.close();
    }

    /** As the real one: what it answers as delivered is committed. */
    private List<Attempt.Outcome> deliver(LocalCourier.Held held, List<ForwardPath> recipients) throws IOException {
        asked.add(String.join(
                " ", recipients.stream().map(path -> path.address().toString()).toList()));
        List<Attempt.Outcome> outcomes = recipients.stream().map(answer).toList();
        if (outcomes.getFirst() instanceof Attempt.Delivered) {
            try (InputStream in = held.octets().open()) {
                in.skipNBytes(held.trace().length);
                SpooledMessage message = SpooledMessage.of(in.readAllBytes());
                Instant now = clock.instant();
                node.store.appender.append(
                        message,
                        MimeIndexer.index(message),
                        List.of(new MessageAppender.Target(bob, MailboxName.INBOX, held.trace(), Flags.NONE, now)));
            }
        }
        afterwards.run();
        return outcomes;
    }

    private void hold(String... to) {
        MailOptions options = new MailOptions(
                false,
                MailOptions.Body.SEVEN_BIT,
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                Optional.of(clock.instant().plus(HOLD)),
                Optional.empty());
        SpooledMessage message = SpooledMessage.of(
                "Subject: news\r\nMessage-ID: <d1@demo.test>\r\n\r\nHello\r\n".getBytes(StandardCharsets.UTF_8));
        OutgoingCopy copy = new OutgoingCopy(
                Optional.of(alice),
                Optional.of(DomainName.parse("demo.test")),
                new ReversePath(Optional.of(EmailAddress.parse("alice@demo.test"))),
                options,
                "Received: by mx.wildpost.test\r\n".getBytes(StandardCharsets.UTF_8),
                TestNode.paths(to),
                true);
        try {
            var index = MimeIndexer.index(message);
            node.store.appender.append(
                    message, index, List.of(), node.queue.departing("d1", message, index, List.of(copy)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private long stored(AccountId account) {
        return node.number("select count(*) from message where account_id = " + account.value());
    }
}
