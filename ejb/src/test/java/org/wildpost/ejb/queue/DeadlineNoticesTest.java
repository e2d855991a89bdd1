// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.ForwardPath.Event;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.ejb.outbound.Attempt;

/** What senders hear of the deadlines that they set (RFC 2852). */
class DeadlineNoticesTest extends QueueTest {
    /** RFC 2852 §4.1.4.2. */
    @Test
    void tellsThatADeadlineIsLookedAtNoMore() {
        AccountId alice = node.account("alice@demo.test");
        courier.answer = path -> new Attempt.Delivered(
                "2.0.0", "250 ok", true, path.address().localPart().equals("watched"));
        send(
                MailOptions.DeliverBy.Mode.NOTIFY,
                false,
                path("watched@far.test", Event.FAILURE),
                new ForwardPath(EmailAddress.parse("never@far.test"), ForwardPath.Notify.NEVER, Optional.empty()),
                ForwardPath.of(EmailAddress.parse("plain@far.test")),
                path("bob@far.test", Event.FAILURE));

        assertThat(inbox(alice))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("Subject: Passed on: news\r\n")
                        .contains("Final-Recipient: rfc822; plain@far.test\r\nAction: relayed\r\n")
                        .contains("Final-Recipient: rfc822; bob@far.test\r\nAction: relayed\r\n")
                        .contains("Deliver-By-Date: Thu, 1 Jan 2026 01:00:00 +0000\r\n")
                        .doesNotContain("watched@", "never@"));
    }

    /** RFC 2852 §4.1.4: the trace is of every step. */
    @ParameterizedTest
    @EnumSource
    void tellsOfEveryStepWhereThatWasAskedFor(MailOptions.DeliverBy.Mode mode) {
        AccountId alice = node.account("alice@demo.test");
        courier.answer = path -> new Attempt.Delivered("2.0.0", "250 ok", true, true);
        send(mode, true, ForwardPath.of(EmailAddress.parse("bob@far.test")));

        assertThat(inbox(alice))
                .singleElement()
                .satisfies(text -> assertThat(text).contains("Subject: Passed on: news\r\n", "Action: relayed\r\n"));
    }

    @Test
    void tellsOnceOfASuccessThatIsRelayedAsWell() {
        AccountId alice = node.account("alice@demo.test");
        courier.answer = path -> new Attempt.Delivered("2.0.0", "250 ok", false, false);
        send(MailOptions.DeliverBy.Mode.NOTIFY, true, path("bob@far.test", Event.SUCCESS));

        assertThat(inbox(alice))
                .singleElement()
                .satisfies(text -> assertThat(text).contains("Subject: Delivered: news\r\n"));
    }

    private void send(MailOptions.DeliverBy.Mode mode, boolean trace, ForwardPath... to) {
        MailOptions options = new MailOptions(
                false,
                MailOptions.Body.SEVEN_BIT,
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                Optional.empty(),
                Optional.of(new MailOptions.DeliverBy(clock.instant().plus(Duration.ofHours(1)), mode, trace)));
        node.send("d1", "alice@demo.test", options, Optional.empty(), List.of(to));
        node.quiet();
    }

    /** RFC 2852 §4. */
    @Test
    void keepsTheDeadline() {
        AccountId alice = node.account("alice@demo.test");
        courier.answer = path -> FakeCourier.FULL;
        for (MailOptions.DeliverBy.Mode mode : MailOptions.DeliverBy.Mode.values()) {
            MailOptions options = new MailOptions(
                    false,
                    MailOptions.Body.SEVEN_BIT,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    0,
                    Optional.empty(),
                    Optional.of(new MailOptions.DeliverBy(clock.instant().plusSeconds(120), mode, false)));
            node.send(mode.name(), "alice@demo.test", options, Optional.empty(), TestNode.paths("bob@far.test"));
        }
        node.work();
        clock.forward(Duration.ofSeconds(121));
        node.node.beat();
        node.sweeper.sweep();
        node.quiet();

        assertThat(node.column("select delivery_id || ' ' || outcome || ' ' || status from delivery_record"))
                .containsExactly("RETURN EXPIRED 5.4.7");
        assertThat(node.column("select delivery_id from queued_message")).containsExactly("NOTIFY");
        assertThat(inbox(alice)).hasSize(2);
        assertThat(String.join("", inbox(alice)))
                .contains("Subject: Delayed: news")
                .contains("Action: delayed\r\nStatus: 4.4.7\r\n")
                .contains("Subject: Not delivered")
                .contains("Action: failed\r\nStatus: 5.4.7\r\n");
    }

    /** RFC 2852 §4.1.3: the deadline passes while the last try is under way. */
    @Test
    void saysThatTheDeadlinePassedAlsoWhenATryEndsBehindIt() {
        AccountId alice = node.account("alice@demo.test");
        courier.answer = path -> {
            clock.forward(Duration.ofSeconds(121));
            return FakeCourier.FULL;
        };
        MailOptions options = new MailOptions(
                false,
                MailOptions.Body.SEVEN_BIT,
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                Optional.empty(),
                Optional.of(new MailOptions.DeliverBy(
                        clock.instant().plusSeconds(120), MailOptions.DeliverBy.Mode.RETURN, false)));
        node.send("d1", "alice@demo.test", options, Optional.empty(), TestNode.paths("bob@far.test"));
        node.quiet();

        assertThat(node.column("select outcome || ' ' || status from delivery_record"))
                .containsExactly("EXPIRED 5.4.7");
        assertThat(inbox(alice)).singleElement().asString().contains("Action: failed\r\nStatus: 5.4.7\r\n");
    }
}
