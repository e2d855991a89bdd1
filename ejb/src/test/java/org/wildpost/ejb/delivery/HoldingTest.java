// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.ejb.queue.OutgoingCopy;

/** RFC 4865 §4.2: nobody gets a message before the moment that its sender named, not even a neighbour. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class HoldingTest {
    private static final Instant TOMORROW = Deliveries.RECEIVED.plus(Duration.ofDays(1));

    private final Deliveries house = new Deliveries().with("alice@demo.test").with("bob@demo.test");
    private final SmtpClient alice = Deliveries.owner("alice@demo.test");

    @Test
    void holdsWhatIsForRecipientsOfThisServer() {
        assertThat(deliver(alice, TOMORROW, "bob@demo.test")).isInstanceOf(SmtpVerdict.Accept.class);

        assertThat(house.copies()).isEmpty();
        OutgoingCopy held = house.queued.getFirst();
        assertThat(house.queued).hasSize(1);
        assertThat(held.here()).isTrue();
        assertThat(held.account()).contains(new AccountId(1));
        assertThat(held.reversePath()).hasToString("alice@demo.test");
        assertThat(held.options().releaseAt()).contains(TOMORROW);
        assertThat(addresses(held)).containsExactly("bob@demo.test");
        assertThat(new String(held.prefix(), StandardCharsets.UTF_8))
                .startsWith("Received: from authenticated")
                .contains("for <bob@demo.test>;")
                .doesNotContain("Return-Path", "Delivered-To", "DKIM");
        assertThat(house.told).isEmpty();
    }

    @Test
    void holdsAliasesAndRedirectsUnderTheAddressThatWasAskedFor() {
        house.directory.alias("team@demo.test", "bob@demo.test", "friend@far.test");
        house.directory.account("carol@demo.test", false, "carol@far.test");
        deliver(alice, TOMORROW, "team@demo.test", "x@far.test", "carol@demo.test");

        assertThat(house.queued).extracting(OutgoingCopy::here).containsExactly(false, true);
        assertThat(addresses(house.queued.getFirst())).containsExactly("x@far.test");
        assertThat(addresses(house.queued.getLast())).containsExactly("team@demo.test", "carol@demo.test");
        assertThat(new String(house.queued.getLast().prefix(), StandardCharsets.UTF_8))
                .as("one recipient is no business of another")
                .doesNotContain("for <");
    }

    @Test
    void countsAndFilesForTheSenderAtOnce() {
        house.sentMailboxes.put(new AccountId(1), "Sent");
        deliver(alice, TOMORROW, "bob@demo.test", "x@far.test");

        assertThat(house.counted).contains("sent alice@demo.test 2 [x@far.test]");
        assertThat(house.appended)
                .singleElement()
                .satisfies(targets -> assertThat(targets)
                        .extracting(target -> target.mailbox().value())
                        .containsExactly("Sent"));
    }

    @Test
    void refusesAtOnceWhomNobodyKnows() {
        assertThat(deliver(alice, TOMORROW, "nobody@demo.test")).isEqualTo(Replies.UNKNOWN);
        assertThat(house.queued).isEmpty();
    }

    @Test
    void holdsNothingWhoseMomentHasCome() {
        deliver(alice, Deliveries.RECEIVED, "bob@demo.test");

        assertThat(house.copies()).containsExactly("bob@demo.test");
        assertThat(house.queued).isEmpty();
    }

    @Test
    void holdsNothingForAStranger() {
        deliver(Deliveries.stranger(), TOMORROW, "bob@demo.test");

        assertThat(house.copies()).containsExactly("bob@demo.test");
        assertThat(house.queued).isEmpty();
    }

    private SmtpVerdict deliver(SmtpClient client, Instant release, String... recipients) {
        SmtpEnvelope envelope = new SmtpEnvelope(
                client,
                Deliveries.path("alice@demo.test"),
                Arrays.stream(recipients)
                        .map(EmailAddress::parse)
                        .map(ForwardPath::of)
                        .toList(),
                Deliveries.RECEIVED,
                heldUntil(release));
        try (SpooledMessage message = Deliveries.message("Subject: hello\n\nworld\n")) {
            return house.service.deliver(envelope, message, Deliveries.index(0));
        }
    }

    static MailOptions heldUntil(Instant release) {
        return new MailOptions(
                false,
                MailOptions.Body.SEVEN_BIT,
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                Optional.of(release),
                Optional.empty());
    }

    private static List<String> addresses(OutgoingCopy copy) {
        return copy.recipients().stream().map(path -> path.address().toString()).toList();
    }
}
