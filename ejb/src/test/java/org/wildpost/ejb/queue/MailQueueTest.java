// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.ejb.mailbox.MessageAppender;
import org.wildpost.ejb.outbound.Shipment;

/** Mail is handed in within a transaction and leaves after it. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class MailQueueTest extends QueueTest {
    @Test
    void carriesRightAfterTheCommitWithNothingAskedOfTheDatabase() {
        node.send("d1", "alice@demo.test", "bob@far.test");
        TestNode.await(() -> !courier.shipments.isEmpty());
        node.quiet();

        Shipment shipment = courier.shipments.getFirst();
        assertThat(shipment.id()).isEqualTo("d1");
        assertThat(shipment.destination().ascii()).isEqualTo("far.test");
        assertThat(shipment.reversePath().toString()).isEqualTo("alice@demo.test");
        assertThat(FakeCourier.text(shipment))
                .isEqualTo(
                        "Received: by mx.wildpost.test\r\nSubject: news\r\nMessage-ID: <d1@demo.test>\r\n\r\nHello\r\n");
        assertThat(shipment.octets().size())
                .isEqualTo(FakeCourier.text(shipment).length());
        assertThat(node.count("queued_message") + node.count("queue_entry") + node.count("queue_destination"))
                .isZero();
        assertThat(node.count("blob")).as("no mailbox has it").isZero();
        assertThat(node.column("select outcome || ' ' || recipient || ' ' || attempts from delivery_record"))
                .containsExactly("DELIVERED bob@far.test 1");
    }

    @Test
    void leavesNothingOfATransactionThatIsRolledBack() {
        assertThatThrownBy(() -> database.transaction(connection -> {
                    node.send("d1", "alice@demo.test", "bob@far.test");
                    throw new IllegalStateException("the mailbox row could not be written");
                }))
                .isInstanceOf(IllegalStateException.class);

        node.work();
        assertThat(courier.shipments).isEmpty();
        assertThat(node.count("queued_message")).isZero();

        node.send("d2", "alice@demo.test", "bob@far.test");
        node.quiet();
        assertThat(courier.shipments).as("its place is free again").hasSize(1);
    }

    @Test
    void storesOneBlobForMailboxesAndQueueAndKeepsItForTheMailbox() throws Exception {
        departWithCopy(node.account("carol@demo.test"));
        node.quiet();

        assertThat(courier.shipments).hasSize(1);
        assertThat(node.count("queued_message")).isZero();
        assertThat(node.count("blob")).isEqualTo(1);
    }

    @Test
    void keepsItForTheVaultToo() throws Exception {
        AccountId account = node.account("carol@demo.test");
        courier.answer = _ -> {
            MailboxRef inbox = node.store.ref(account, MailboxName.INBOX);
            node.store.flag(inbox, Flags.of(SystemFlag.DELETED), 1);
            assertThat(node.store.mail.expunge(inbox, Optional.empty())).containsExactly(1);
            return FakeCourier.TAKEN;
        };
        departWithCopy(account);
        node.quiet();

        assertThat(node.count("message") + node.count("queued_message")).isZero();
        assertThat(node.count("message_row")).as("on its way into the vault").isEqualTo(1);
        assertThat(node.count("blob")).isEqualTo(1);
    }

    private void departWithCopy(AccountId account) throws Exception {
        SpooledMessage message = SpooledMessage.of("Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.UTF_8));
        MessageIndex index = MimeIndexer.index(message);
        OutgoingCopy copy = new OutgoingCopy(
                Optional.empty(),
                Optional.empty(),
                ReversePath.NULL,
                MailOptions.NONE,
                new byte[0],
                TestNode.paths("bob@far.test"));
        List<MessageAppender.Outcome> outcomes = node.store.appender.append(
                message,
                index,
                List.of(new MessageAppender.Target(
                        account, MailboxName.INBOX, new byte[0], Flags.NONE, clock.instant())),
                node.queue.departing("d1", message, index, List.of(copy)));
        assertThat(outcomes).singleElement().isInstanceOf(MessageAppender.Outcome.Appended.class);
    }

    @Test
    void splitsByDestinationAndAtAHundredRecipients() {
        String[] many =
                IntStream.range(0, 230).mapToObj(i -> "r" + i + "@far.test").toArray(String[]::new);
        List<ForwardPath> paths = new java.util.ArrayList<>(TestNode.paths(many));
        paths.addAll(TestNode.paths("x@near.test"));
        node.send("d1", "alice@demo.test", MailOptions.NONE, Optional.empty(), paths);
        node.work();

        assertThat(courier.shipments)
                .extracting(one -> one.destination() + " " + one.recipients().size())
                .containsExactlyInAnyOrder("far.test 100", "far.test 100", "far.test 30", "near.test 1");
        assertThat(node.count("queued_message")).isZero();
    }

    @Test
    void keepsEveryOptionOnItsWayThroughTheDatabase() {
        node.close();
        MailOptions options = new MailOptions(
                true,
                MailOptions.Body.EIGHT_BIT,
                Optional.of(MailOptions.Returned.FULL),
                Optional.of("env+ 1"),
                true,
                4,
                Optional.of(clock.instant().plusSeconds(5)),
                Optional.of(new MailOptions.DeliverBy(
                        clock.instant().plusSeconds(900), MailOptions.DeliverBy.Mode.NOTIFY, true)));
        ForwardPath path = new ForwardPath(
                EmailAddress.parse("用户@far.test"),
                new ForwardPath.Notify(Set.of(ForwardPath.Event.SUCCESS), true),
                Optional.of(new ForwardPath.OriginalRecipient("utf-8", "用户@old.test")));
        node.send("d1", "alice@demo.test", options, Optional.of(new AccountId(7)), List.of(path));

        TestNode later = new TestNode(database, clock, courier, Map.of()).open();
        clock.forward(Duration.ofSeconds(6));
        later.work();

        assertThat(courier.shipments).hasSize(1);
        Shipment shipment = courier.shipments.getFirst();
        assertThat(shipment.options()).isEqualTo(options);
        assertThat(shipment.recipients()).containsExactly(path);
        assertThat(shipment.senderDomain()).map(Object::toString).contains("demo.test");
        assertThat(shipment.needsUtf8()).as("for the recipient's name").isTrue();
        assertThat(FakeCourier.text(shipment)).endsWith("Hello\r\n");
        later.close();
    }

    /** RFC 4865 §3. */
    @Test
    void holdsBackWhatIsToBeReleasedLater() {
        Instant release = clock.instant().plus(Duration.ofHours(3));
        MailOptions options = new MailOptions(
                false,
                MailOptions.Body.SEVEN_BIT,
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                Optional.of(release),
                Optional.empty());
        node.send("d1", "alice@demo.test", options, Optional.empty(), TestNode.paths("bob@far.test"));
        node.work();
        assertThat(courier.shipments).isEmpty();

        clock.forward(Duration.ofHours(3).minusSeconds(1));
        node.work();
        assertThat(courier.shipments).isEmpty();

        clock.forward(Duration.ofSeconds(2));
        node.work();
        assertThat(courier.shipments).hasSize(1);
    }

    @Test
    void readsLargeMessagesPieceByPiece() {
        String body = "0123456789".repeat(150_000);
        courier.reading = true;
        node.send(
                "d1",
                "Subject: large\r\n\r\n" + body,
                "alice@demo.test",
                MailOptions.NONE,
                Optional.empty(),
                TestNode.paths("bob@far.test"));
        node.quiet();
        assertThat(courier.texts).containsExactly("Received: by mx.wildpost.test\r\nSubject: large\r\n\r\n" + body);
        assertThat(node.count("blob")).as("gone with its last recipient").isZero();
    }

    @Test
    void keepsNoMoreOctetsAtHandThanTheLimit() {
        node.close();
        node = new TestNode(database, clock, courier, Map.of("wildpost.queue.memory.mib", "1")).open();
        courier.answer = path -> FakeCourier.TAKEN;
        String body = "x".repeat(60_000);
        for (int i = 0; i < 40; i++) {
            assertThat(node.dispatcher.reserve("d" + i + ".test", 0, body.length()))
                    .isEqualTo(
                            i * 60_000 + 60_000 <= 1024 * 1024
                                    ? Dispatcher.Place.WITH_OCTETS
                                    : Dispatcher.Place.WITHOUT_OCTETS);
        }
    }

    @Test
    void seesWhatTheNextHopMustKnow() {
        node.send(
                "d1",
                "Subject: 密\r\n\r\nx\r\n",
                "alice@demo.test",
                MailOptions.NONE,
                Optional.empty(),
                TestNode.paths("bob@far.test"));
        node.send(
                "d2",
                "Subject: x\r\n\r\n密\r\n",
                "alice@demo.test",
                MailOptions.NONE,
                Optional.empty(),
                TestNode.paths("bob@near.test"));
        node.send(
                "d3",
                "Content-Type: message/global\r\n\r\nSubject: 密\r\n\r\nx\r\n",
                "alice@demo.test",
                MailOptions.NONE,
                Optional.empty(),
                TestNode.paths("bob@there.test"));
        node.quiet();

        assertThat(courier.shipments)
                .extracting(one -> one.id() + " " + one.needsEight() + " " + one.needsUtf8())
                .containsExactlyInAnyOrder("d1 true true", "d2 true false", "d3 true false");
    }
}
