// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.ForwardPath.Event;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.ejb.outbound.Attempt;
import org.wildpost.ejb.outbound.Shipment;
import org.wildpost.ejb.submission.BeforeSigning;

/** Who is told of what, and where that goes. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class NoticesTest extends QueueTest {
    @Test
    void tellsALocalSenderInTheInbox() throws Exception {
        AccountId alice = node.account("alice@demo.test");
        courier.answer = path -> path.address().localPart().equals("bob") ? FakeCourier.TAKEN : FakeCourier.UNKNOWN;
        node.send("d1", "alice@demo.test", "bob@far.test", "nobody@far.test", "noone@far.test");
        node.quiet();

        List<String> messages = inbox(alice);
        assertThat(messages).as("one for all recipients").hasSize(1);
        assertThat(messages.getFirst())
                .startsWith("Return-Path: <>\r\nDelivered-To: alice@demo.test\r\nReceived: by mx.wildpost.test id ")
                .contains("Final-Recipient: rfc822; nobody@far.test\r\nAction: failed\r\nStatus: 5.1.1\r\n")
                .contains("Final-Recipient: rfc822; noone@far.test\r\n")
                .contains("Message-ID: <d1@demo.test>\r\n")
                .contains("Received: by mx.wildpost.test\r\nSubject: news\r\n")
                .doesNotContain("bob@far.test")
                .doesNotContain("Hello\r\n");
        MimeMessage parsed = ReportMessageTest.parse(messages.getFirst());
        assertThat(parsed.getSubject()).isEqualTo("Not delivered: news");
        assertThat(parsed.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(node.count("queue_entry") + node.count("queued_message")).isZero();
        assertThat(node.column("select recipient || ' ' || outcome || ' ' || status from delivery_record order by id"))
                .containsExactly(
                        "bob@far.test DELIVERED 2.0.0", "nobody@far.test FAILED 5.1.1", "noone@far.test FAILED 5.1.1");
    }

    @Test
    void tellsASenderElsewhereByTheQueueWithTheNullReversePath() {
        courier.answer =
                path -> path.address().domain().ascii().equals("far.test") ? FakeCourier.UNKNOWN : FakeCourier.TAKEN;
        node.send("d1", "sender@else.test", "nobody@far.test");
        node.quiet();

        assertThat(courier.shipments).hasSize(2);
        Shipment report = courier.shipments.get(1);
        assertThat(report.reversePath().address()).isEmpty();
        assertThat(report.recipients())
                .containsExactly(new ForwardPath(
                        EmailAddress.parse("sender@else.test"), ForwardPath.Notify.NEVER, Optional.empty()));
        assertThat(node.count("queued_message")).isZero();
    }

    @Test
    void signsWhatLeavesAndNotWhatStays() {
        AccountId alice = node.account("alice@demo.test");
        courier.reading = true;
        courier.answer =
                path -> path.address().domain().ascii().equals("far.test") ? FakeCourier.UNKNOWN : FakeCourier.TAKEN;
        node.signature = _ -> "DKIM-Signature: x\r\n".getBytes(StandardCharsets.US_ASCII);
        node.send("d1", "sender@else.test", "nobody@far.test");
        node.send("d2", "alice@demo.test", "nobody@far.test");
        node.quiet();

        assertThat(courier.texts)
                .filteredOn(text -> text.contains("MAILER-DAEMON"))
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("DKIM-Signature: x\r\nFrom: Mail Delivery System <"));
        assertThat(inbox(alice))
                .singleElement()
                .satisfies(text -> assertThat(text).doesNotContain("DKIM-Signature"));
    }

    /** RFC 6376 §5.3: nobody may encode it any more then. */
    @Test
    void signsTheFormThatEveryHostTakes() {
        courier.answer =
                path -> path.address().domain().ascii().equals("far.test") ? FakeCourier.UNKNOWN : FakeCourier.TAKEN;
        List<Boolean> eight = new CopyOnWriteArrayList<>();
        node.signature = message -> {
            try {
                eight.add(BeforeSigning.hasEightBits(message));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new byte[0];
        };
        MailOptions whole = new MailOptions(
                false,
                MailOptions.Body.EIGHT_BIT,
                Optional.of(MailOptions.Returned.FULL),
                Optional.empty(),
                false,
                0,
                Optional.empty(),
                Optional.empty());
        node.send(
                "d1",
                String.join(
                        "\r\n",
                        "Subject: x",
                        "MIME-Version: 1.0",
                        "Content-Type: text/plain; charset=utf-8",
                        "Content-Transfer-Encoding: 8bit",
                        "",
                        "Grüße",
                        ""),
                "sender@else.test",
                whole,
                Optional.empty(),
                TestNode.paths("nobody@far.test"));
        node.quiet();

        assertThat(eight).containsExactly(false);
        assertThat(courier.shipments.getLast().needsEight()).isFalse();
    }

    @Test
    void leavesUnsignedRatherThanNotAtAll() {
        courier.answer =
                path -> path.address().domain().ascii().equals("far.test") ? FakeCourier.UNKNOWN : FakeCourier.TAKEN;
        node.signature = _ -> {
            throw new IllegalStateException("the vault is locked");
        };
        node.send("d1", "sender@else.test", "nobody@far.test");
        node.quiet();

        assertThat(courier.carried()).containsExactly("nobody@far.test", "sender@else.test");
    }

    /** RFC 8689 §5 and RFC 6710 §4.6. */
    @Test
    void protectsANotificationLikeItsOriginalAndReturnsTheHeaderOnly() {
        courier.answer =
                path -> path.address().domain().ascii().equals("far.test") ? FakeCourier.UNKNOWN : FakeCourier.TAKEN;
        MailOptions options = new MailOptions(
                false,
                MailOptions.Body.SEVEN_BIT,
                Optional.of(MailOptions.Returned.FULL),
                Optional.of("env-7"),
                true,
                4,
                Optional.empty(),
                Optional.empty());
        AccountId alice = node.account("alice@demo.test");
        node.send("d1", "sender@else.test", options, Optional.empty(), TestNode.paths("nobody@far.test"));
        node.send("d2", "alice@demo.test", options, Optional.empty(), TestNode.paths("nobody@far.test"));
        node.quiet();

        assertThat(courier.shipments)
                .filteredOn(shipment -> shipment.reversePath().address().isEmpty())
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.options().requireTls()).isTrue();
                    assertThat(report.options().priority()).isEqualTo(4);
                    assertThat(report.options().envelopeId()).isEmpty();
                    assertThat(report.options().returned()).isEmpty();
                    assertThat(report.requireTls())
                            .as("better in the clear than not at all")
                            .isFalse();
                });
        assertThat(inbox(alice))
                .singleElement()
                .asString()
                .contains("Content-Type: text/rfc822-headers\r\n")
                .doesNotContain("Hello\r\n");
    }

    @Test
    void neverTellsAboutANotification() {
        courier.answer = path -> FakeCourier.UNKNOWN;
        node.send("d1", "", "nobody@far.test");
        node.send("d2", "sender@else.test", "nobody@far.test");
        node.quiet();

        assertThat(courier.shipments)
                .as("the notification for d2 fails, and that is all")
                .hasSize(3);
        assertThat(node.count("queue_entry")).isZero();
    }

    /** RFC 3461 §4.1. */
    @Test
    void tellsNobodyWhoDoesNotWantToKnow() {
        AccountId alice = node.account("alice@demo.test");
        courier.answer = path -> FakeCourier.UNKNOWN;
        node.send(
                "d1",
                "alice@demo.test",
                MailOptions.NONE,
                Optional.empty(),
                List.of(path("never@far.test"), path("success@far.test", Event.SUCCESS)));
        node.quiet();
        assertThat(inbox(alice)).isEmpty();
        assertThat(node.count("delivery_record")).isEqualTo(2);
    }

    /** RFC 3461 §5.2.2: who was passed the wish tells of success, else this server does. */
    @Test
    void tellsOfSuccessWhenTheNextHopDoesNot() {
        AccountId alice = node.account("alice@demo.test");
        courier.answer = path -> new Attempt.Delivered(
                "2.0.0", "250 ok", path.address().localPart().equals("told"), true);
        node.send(
                "d1",
                "alice@demo.test",
                MailOptions.NONE,
                Optional.empty(),
                List.of(path("told@far.test", Event.SUCCESS), path("bob@far.test", Event.SUCCESS, Event.FAILURE)));
        node.quiet();

        assertThat(inbox(alice))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("Subject: Delivered: news\r\n")
                        .contains("Final-Recipient: rfc822; bob@far.test\r\nAction: relayed\r\n")
                        .doesNotContain("told@far.test"));
    }

    /** RFC 3461 §4.3. */
    @Test
    void returnsWhatWasAskedFor() {
        AccountId alice = node.account("alice@demo.test");
        courier.answer = path -> FakeCourier.UNKNOWN;
        MailOptions full = new MailOptions(
                false,
                MailOptions.Body.SEVEN_BIT,
                Optional.of(MailOptions.Returned.FULL),
                Optional.of("env-7"),
                false,
                0,
                Optional.empty(),
                Optional.empty());
        node.send("d1", "alice@demo.test", full, Optional.empty(), TestNode.paths("nobody@far.test"));
        node.send(
                "d2",
                "Subject: large\r\n\r\n" + "Hello\r\n".repeat(20_000),
                "alice@demo.test",
                full,
                Optional.empty(),
                TestNode.paths("nobody@far.test"));
        node.quiet();

        List<String> messages = inbox(alice);
        assertThat(messages).hasSize(2);
        assertThat(messages.get(0))
                .contains("Original-Envelope-Id: env-7\r\n")
                .contains("Content-Type: message/rfc822\r\n")
                .contains("\r\n\r\nHello\r\n");
        assertThat(messages.get(1))
                .contains("Content-Type: text/rfc822-headers\r\n")
                .contains("Subject: large\r\n")
                .doesNotContain("Hello\r\n");
    }

    @Test
    void speaksTheLanguageOfTheAccountAndTheOperatorsWords() throws Exception {
        AccountId alice = node.account("alice@demo.test");
        node.execute("update account set language = 'zh-CN' where id = " + alice.value());
        courier.answer = path -> FakeCourier.UNKNOWN;
        node.send("d1", "alice@demo.test", MailOptions.NONE, Optional.of(alice), TestNode.paths("nobody@far.test"));
        node.quiet();
        MimeMessage first = ReportMessageTest.parse(inbox(alice).getFirst());
        assertThat(first.getSubject()).isEqualTo("未能送达：news");

        node.texts.put("report.failure.subject.zh", "退信 {subject} {nothing} {id}");
        node.texts.put("report.failure.text.zh", "{recipients}");
        node.send("d2", "alice@demo.test", MailOptions.NONE, Optional.of(alice), TestNode.paths("nobody@far.test"));
        node.quiet();
        MimeMessage second = ReportMessageTest.parse(inbox(alice).get(1));
        assertThat(second.getSubject()).isEqualTo("退信 news {nothing} d2");
    }

    @Test
    void followsTheSendersRedirect() {
        AccountId alice = node.account("alice@demo.test");
        EmailAddress address = EmailAddress.parse("alice@demo.test");
        node.accounts.put(
                address, new NoticeRecipients.Found(Set.of(alice), List.of(EmailAddress.parse("alice@else.test"))));
        courier.answer =
                path -> path.address().domain().ascii().equals("far.test") ? FakeCourier.UNKNOWN : FakeCourier.TAKEN;
        node.send("d1", "alice@demo.test", "nobody@far.test");
        node.quiet();

        assertThat(inbox(alice)).hasSize(1);
        assertThat(courier.carried()).containsExactly("nobody@far.test", "alice@else.test");
    }

    @Test
    void tellsOnceThatItIsLateAlsoWhenItWasNeverTried() {
        AccountId alice = node.account("alice@demo.test");
        courier.answer = path -> FakeCourier.NOBODY;
        node.send("d1", "alice@demo.test", "a@dead.test", "b@dead.test");
        node.work();
        node.send("d2", "alice@demo.test", "c@dead.test");
        node.send(
                "d3",
                "alice@demo.test",
                MailOptions.NONE,
                Optional.empty(),
                List.of(path("d@dead.test", Event.FAILURE)));

        clock.forward(Duration.ofHours(4).minusMinutes(1));
        node.node.beat();
        node.sweeper.sweep();
        assertThat(inbox(alice)).isEmpty();

        clock.forward(Duration.ofMinutes(2));
        node.node.beat();
        node.sweeper.sweep();
        node.sweeper.sweep();
        List<String> messages = inbox(alice);
        assertThat(messages).hasSize(2);
        assertThat(messages.get(0) + messages.get(1))
                .contains("Subject: Delayed: news\r\n")
                .contains("Final-Recipient: rfc822; a@dead.test\r\nAction: delayed\r\nStatus: 4.4.1\r\n")
                .contains("Final-Recipient: rfc822; b@dead.test\r\n")
                .contains("Final-Recipient: rfc822; c@dead.test\r\nAction: delayed\r\n")
                .contains("Will-Retry-Until: Tue, 6 Jan 2026 00:00:00 +0000\r\n")
                .contains("Diagnostic-Code: X-Wildpost; nobody answers\r\n")
                .doesNotContain("d@dead.test");
        assertThat(node.number("select count(*) from queue_entry where attempts = 0"))
                .as("they are not touched otherwise")
                .isEqualTo(2);
    }

    @Test
    void sendsBackWhatIsTooOldAlsoWhenItsDestinationRests() {
        AccountId alice = node.account("alice@demo.test");
        courier.answer = path -> FakeCourier.NOBODY;
        node.send("d1", "alice@demo.test", "a@dead.test");
        node.work();
        node.send("d2", "alice@demo.test", "b@dead.test");
        clock.forward(Duration.ofDays(5).plusSeconds(1));
        node.node.beat();
        node.sweeper.sweep();
        node.quiet();

        assertThat(courier.shipments).hasSize(1);
        assertThat(node.column("select recipient || ' ' || outcome || ' ' || status from delivery_record order by id"))
                .containsExactly("a@dead.test EXPIRED 4.4.7", "b@dead.test EXPIRED 4.4.7");
        assertThat(inbox(alice).stream().filter(text -> text.contains("Subject: Not delivered: news")))
                .hasSize(2)
                .first()
                .asString()
                .contains("the time for its delivery is over; last: nobody answers");
        assertThat(node.count("queue_entry") + node.count("queued_message")).isZero();
    }

    @Test
    void aNotificationThatCannotBeStoredLeavesItsEntryForAnOperator() {
        node.account("alice@demo.test");
        courier.answer = path -> FakeCourier.UNKNOWN;
        node.texts.put("report.failure.subject.en", "\0");
        node.notices.recipients = _ -> {
            throw new IllegalStateException("a fault of our own");
        };
        node.send("d1", "alice@demo.test", "nobody@far.test");
        node.send("d2", "", "bob@near.test");
        node.quiet();

        assertThat(node.column("select last_text from queue_entry where held_at is not null"))
                .singleElement()
                .asString()
                .startsWith("held:");
        assertThat(node.count("delivery_record")).as("the others go on").isEqualTo(1);
    }

    @Test
    void aDelayThatCannotBeToldOfKeepsNobodyWaiting() {
        AccountId alice = node.account("alice@demo.test");
        courier.answer = path -> FakeCourier.FULL;
        node.send("d1", "alice@demo.test", "a@far.test");
        node.send("d2", "bob@demo.test", "b@far.test");
        node.work();
        NoticeRecipients accounts = node.notices.recipients;
        node.notices.recipients = address -> {
            if (address.localPart().equals("bob")) {
                throw new IllegalStateException("a fault of our own");
            }
            return accounts.find(address);
        };
        clock.forward(Duration.ofHours(5));
        node.node.beat();
        node.sweeper.sweep();

        assertThat(inbox(alice)).hasSize(1);
        assertThat(node.number("select count(*) from queue_entry where notice_at is not null"))
                .isZero();
    }

    @Test
    void writesAndReadsTextBeyondAscii() {
        byte[] octets = "é".getBytes(StandardCharsets.UTF_8);
        assertThat(new Returned(octets, false).asAscii().octets()).containsExactly('?', '?');
        assertThat(new Returned(new byte[] {(byte) 0xe9}, false).global()).isFalse();
        assertThat(new Returned("S: é\r\n".getBytes(StandardCharsets.UTF_8), false).global())
                .isTrue();
    }
}
