// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.RecipientQuestion;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.ejb.queue.OutgoingCopy;

/** Mail for accounts that have as much as they may have (RFC 9208 §5): small@ may have 1,000 octets in two messages, all@ stands for small@ and bob@. */
class FullMailboxTest {
    private static final String TEXT = "Subject: s\n\n" + "x".repeat(84) + "\n";

    private final Deliveries house = new Deliveries();

    @BeforeEach
    void accounts() {
        house.directory.domain("demo.test");
        house.with("bob@demo.test");
        house.directory.quota = new QuotaLimits(OptionalLong.of(1_000), OptionalLong.of(2));
        house.with("small@demo.test");
        house.directory.account("passing@demo.test", true, "bob@demo.test");
        house.directory.alias("all@demo.test", "small@demo.test", "bob@demo.test");
    }

    @Test
    void takesWhatThereIsRoomFor() {
        has("small@demo.test", 900, 1);

        assertThat(recipient("small@demo.test", 100)).isInstanceOf(SmtpVerdict.Accept.class);
        assertThat(deliver("small@demo.test")).isInstanceOf(SmtpVerdict.Accept.class);
        assertThat(house.copies()).containsExactly("small@demo.test");
    }

    @Test
    void defersARecipientWithoutRoomBeforeTheMessageIsSent() {
        has("small@demo.test", 900, 1);
        assertThat(recipient("small@demo.test", 101)).isEqualTo(Replies.FULL);

        has("small@demo.test", 1_000, 1);
        assertThat(recipient("small@demo.test", 0)).isEqualTo(Replies.FULL);

        has("small@demo.test", 100, 2);
        assertThat(recipient("small@demo.test", 0)).isEqualTo(Replies.FULL);
    }

    @Test
    void refusesWhatAMailboxMayNeverHave() {
        assertThat(recipient("small@demo.test", 1_001)).isEqualTo(Replies.TOO_LARGE);
    }

    @Test
    void defersAtTheEndOfDataWhatWasNotDeclared() {
        has("small@demo.test", 950, 1);
        assertThat(recipient("small@demo.test", 0)).isInstanceOf(SmtpVerdict.Accept.class);

        assertThat(deliver("small@demo.test")).isEqualTo(Replies.FULL);
        assertThat(house.appended).isEmpty();
        assertThat(house.queued).isEmpty();
    }

    /** There is one answer for all: nobody waits for another's mailbox. */
    @Test
    void storesForTheOthersAndQueuesForWhoHasNoRoom() {
        has("small@demo.test", 1_000, 1);

        assertThat(deliver("bob@demo.test", "small@demo.test")).isInstanceOf(SmtpVerdict.Accept.class);

        assertThat(house.copies()).containsExactly("bob@demo.test");
        assertThat(waiting()).containsExactly("small@demo.test");
    }

    /** RFC 2033 §4.2: with an answer for each nothing needs to wait here. */
    @Test
    void answersEachRecipientOfLmtpForItself() {
        has("small@demo.test", 1_000, 1);

        List<SmtpVerdict> answers = deliverEach("bob@demo.test", "small@demo.test");

        assertThat(answers.get(0)).isInstanceOf(SmtpVerdict.Accept.class);
        assertThat(answers.get(1)).isEqualTo(Replies.FULL);
        assertThat(house.copies()).containsExactly("bob@demo.test");
        assertThat(house.queued).isEmpty();
    }

    @Test
    void aFullMemberKeepsNobodyElseFromTheMailOfAGroup() {
        has("small@demo.test", 1_000, 1);

        assertThat(recipient("all@demo.test", 100)).isInstanceOf(SmtpVerdict.Accept.class);
        assertThat(deliverEach("all@demo.test").getFirst()).isInstanceOf(SmtpVerdict.Accept.class);

        assertThat(house.copies()).containsExactly("bob@demo.test");
        assertThat(waiting()).containsExactly("small@demo.test");
    }

    /** Asked again later, it would pass the message on again. */
    @Test
    void whoPassesMailOnGetsTheCopyAllTheSame() {
        has("passing@demo.test", 1_000, 1);

        assertThat(deliver("passing@demo.test")).isInstanceOf(SmtpVerdict.Accept.class);

        assertThat(house.copies()).containsExactlyInAnyOrder("passing@demo.test", "bob@demo.test");
        assertThat(house.queued).isEmpty();
    }

    private void has(String address, long octets, long messages) {
        house.used.put(house.directory.id(address), new QuotaAmount(octets, messages));
    }

    private List<String> waiting() {
        assertThat(house.queued).allMatch(OutgoingCopy::here);
        return house.queued.stream()
                .flatMap(copy -> copy.recipients().stream())
                .map(path -> path.address().toString())
                .toList();
    }

    private SmtpVerdict recipient(String address, long size) {
        return house.service.recipient(new RecipientQuestion(
                Deliveries.stranger(),
                Deliveries.path("x@far.test"),
                MailOptions.NONE,
                ForwardPath.of(EmailAddress.parse(address)),
                0,
                size));
    }

    private SmtpVerdict deliver(String... recipients) {
        try (SpooledMessage message = Deliveries.message(TEXT)) {
            return house.service.deliver(
                    Deliveries.envelope(Deliveries.stranger(), "x@far.test", recipients), message, Deliveries.index(0));
        }
    }

    private List<SmtpVerdict> deliverEach(String... recipients) {
        try (SpooledMessage message = Deliveries.message(TEXT)) {
            return house.service.deliverEach(
                    Deliveries.envelope(Deliveries.stranger(), "x@far.test", recipients), message, Deliveries.index(0));
        }
    }
}
