// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.RecipientQuestion;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.listener.smtp.SenderQuestion;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.ejb.mailbox.MessageAppender;
import org.wildpost.persistence.jdbc.DatabaseException;

/** The answers that RFC 5321 §3.3 and §6, RFC 6409 §6.1, RFC 1870 §6 and RFC 3463 want, with whom they go to. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class DeliveryServiceTest {
    private static final String TEXT = "Subject: hello\n\nworld\n";

    private final Deliveries house = new Deliveries().with("alice@demo.test").with("bob@demo.test");

    @ParameterizedTest
    @CsvSource({"100000, ''", "100001, 552 5.3.4"})
    void refusesADeclaredSizeOverTheLimit(long size, String answer) {
        assertThat(brief(house.service.sender(new SenderQuestion(
                        Deliveries.stranger(),
                        Deliveries.path("a@far.test"),
                        OptionalLong.of(size),
                        MailOptions.NONE))))
                .isEqualTo(answer);
    }

    @Test
    void asksTheRulesOfSubmissionAboutAnOwner() {
        assertThat(brief(sender(Deliveries.owner("alice@demo.test"), "bob@demo.test")))
                .isEmpty();
        house.refusedBySubmission = Optional.of(new SmtpVerdict.Refuse(550, "5.7.1", "no"));

        assertThat(brief(sender(Deliveries.owner("alice@demo.test"), "bob@demo.test")))
                .isEqualTo("550 5.7.1");
        assertThat(brief(recipient(Deliveries.owner("alice@demo.test"), "bob@demo.test")))
                .isEqualTo("550 5.7.1");
        assertThat(brief(recipient(Deliveries.stranger(), "bob@demo.test"))).isEmpty();
    }

    @Test
    void takesAnyReversePathFromOtherServers() {
        assertThat(brief(sender(Deliveries.stranger(), "anyone@far.test"))).isEmpty();
        assertThat(brief(sender(Deliveries.stranger(), ""))).isEmpty();
    }

    @Test
    void wantsALoginForSubmission() {
        SmtpClient nobody =
                Deliveries.client(SmtpService.SUBMISSION, "c", "192.0.2.1", Optional.empty(), true, Optional.empty());

        assertThat(brief(sender(nobody, "alice@demo.test"))).isEqualTo("530 5.7.0");
    }

    @ParameterizedTest
    @CsvSource({
        "alice@demo.test, '', ''",
        "ALICE@Demo.Test, '', ''",
        "nobody@demo.test, 550 5.1.1, 550 5.1.1",
        "retired@demo.test, 550 5.2.1, 550 5.2.1",
        "someone@far.test, 550 5.7.1, ''",
        "someone@[192.0.2.1], 550 5.7.1, ''",
        "postmaster@far.test, 550 5.7.1, ''",
        "backup@relayed.test, '', ''",
        "friend@demo.test, '', ''",
        "friend+tag@forwarded.test, '', ''",
        "all@demo.test, 550 5.7.1, ''",
        "boss@demo.test, 550 5.7.1, ''",
        "public@demo.test, '', ''",
    })
    void decidesAboutARecipient(String recipient, String forStrangers, String forOwners) {
        house.withDisabled("retired@demo.test");
        house.relayed.add(DomainName.parse("relayed.test"));
        house.directory
                .alias("friend@demo.test", "friend@far.test")
                .forward("forwarded.test", "far.test")
                .internalAlias("all@demo.test", "alice@demo.test")
                .internalAccount("boss@demo.test")
                .alias("public@demo.test", "all@demo.test");

        assertThat(brief(recipient(Deliveries.stranger(), recipient))).isEqualTo(forStrangers);
        assertThat(brief(recipient(Deliveries.owner("alice@demo.test"), recipient)))
                .isEqualTo(forOwners);
    }

    @Test
    void saysWhyItDoesNotRelay() {
        assertThat(recipient(Deliveries.stranger(), "a@far.test").toString()).contains("no relaying");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postmaster@demo.test", "PostMaster@mx.wildpost.test"})
    void givesAPostmasterWithoutAccountToAnAdministrator(String postmaster) {
        assertThat(recipient(Deliveries.stranger(), postmaster)).isInstanceOf(SmtpVerdict.Refuse.class);

        house.with("root@demo.test", "elsewhere@far.test");
        house.administrator = Optional.of(EmailAddress.parse("root@demo.test"));

        assertThat(brief(recipient(Deliveries.stranger(), postmaster))).isEmpty();
        assertThat(brief(deliver(postmaster))).isEmpty();
        assertThat(house.copies()).containsExactly("root@demo.test");
    }

    @Test
    void prefersAPostmasterWithAnAccount() {
        house.with("postmaster@demo.test").with("root@demo.test");
        house.administrator = Optional.of(EmailAddress.parse("root@demo.test"));
        deliver("postmaster@demo.test");

        assertThat(house.copies()).containsExactly("postmaster@demo.test");
    }

    @Test
    void storesOneCopyForEachAccountInOneAppend() {
        SmtpVerdict verdict = deliver("alice@demo.test", "bob@demo.test", "Alice@demo.test");

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        SmtpVerdict.Accept.class,
                        accept -> assertThat(house.trace()).contains("id " + accept.detail()));
        assertThat(house.appended).hasSize(1);
        assertThat(house.copies()).containsExactly("alice@demo.test", "bob@demo.test");
        MessageAppender.Target target = house.appended.getFirst().getFirst();
        assertThat(target.mailbox()).isEqualTo(MailboxName.INBOX);
        assertThat(target.flags()).isEqualTo(Flags.NONE);
        assertThat(target.internalDate()).isEqualTo(Deliveries.RECEIVED);
    }

    /** RFC 2033 §4.2, and nothing is relayed for a neighbour. */
    @Test
    void answersLmtpForEachRecipient() {
        SmtpClient neighbour =
                Deliveries.client(SmtpService.LMTP, "c", "127.0.0.1", Optional.empty(), true, Optional.empty());
        house.with("circle@demo.test", "back@demo.test").with("back@demo.test", "circle@demo.test");

        assertThat(brief(sender(neighbour, "anyone@far.test"))).isEmpty();
        assertThat(brief(recipient(neighbour, "alice@demo.test"))).isEmpty();
        assertThat(brief(recipient(neighbour, "someone@far.test"))).isEqualTo("550 5.7.1");
        assertThat(deliverEach(neighbour, "alice@demo.test", "bob@demo.test")).containsExactly("", "");
        assertThat(house.appended).as("one transaction for both").hasSize(1);
        assertThat(deliverEach(neighbour, "alice@demo.test", "circle@demo.test", "bob@demo.test"))
                .as("a redirect that fails keeps the message from nobody else")
                .containsExactly("", "554 5.4.6", "");
        assertThat(house.copies())
                .containsExactly("alice@demo.test", "bob@demo.test", "alice@demo.test", "bob@demo.test");
        house.fault = new IllegalStateException("the database is away");
        assertThat(deliverEach(neighbour, "alice@demo.test", "bob@demo.test"))
                .containsExactly("451 4.3.0", "451 4.3.0");
    }

    private List<String> deliverEach(SmtpClient client, String... recipients) {
        try (SpooledMessage message = Deliveries.message(TEXT)) {
            return house
                    .service
                    .deliverEach(Deliveries.envelope(client, "a@far.test", recipients), message, Deliveries.index(0))
                    .stream()
                    .map(DeliveryServiceTest::brief)
                    .toList();
        }
    }

    @Test
    void followsRedirectsToAccountsHere() {
        house.with("team@demo.test", "alice@demo.test", "sub@demo.test", "team@demo.test")
                .with("sub@demo.test", "bob@demo.test", "team@demo.test", "alice@demo.test");
        deliver("team@demo.test", "alice@demo.test");

        assertThat(house.copies()).containsExactly("alice@demo.test", "team@demo.test", "bob@demo.test");
        assertThat(house.trace()).contains("Delivered-To: alice@demo.test\r\nDelivered-To: team@demo.test\r\n");
    }

    @Test
    void refusesRedirectsInACircle() {
        house.with("one@demo.test", "two@demo.test").with("two@demo.test", "one@demo.test");

        assertThat(brief(recipient(Deliveries.stranger(), "one@demo.test"))).isEqualTo("554 5.4.6");
        assertThat(brief(deliver("one@demo.test"))).isEqualTo("554 5.4.6");
        assertThat(house.appended).isEmpty();
    }

    @Test
    void defersWhatLeadsToNobody() {
        house.with("half@demo.test", "gone@demo.test").withDisabled("retired@demo.test");
        house.directory.alias("old@demo.test", "gone@demo.test", "retired@demo.test");

        for (String recipient : List.of("half@demo.test", "old@demo.test")) {
            assertThat(brief(recipient(Deliveries.stranger(), recipient))).isEqualTo("451 4.3.5");
            assertThat(brief(deliver(recipient))).isEqualTo("451 4.3.5");
        }
        assertThat(house.appended).isEmpty();
    }

    @Test
    void doesNotLetOneDeadEndStopTheOthers() {
        house.directory.alias("team@demo.test", "gone@demo.test", "bob@demo.test");

        assertThat(brief(recipient(Deliveries.stranger(), "team@demo.test"))).isEmpty();
        assertThat(brief(deliver("team@demo.test"))).isEmpty();
        assertThat(house.copies()).containsExactly("bob@demo.test");
    }

    @Test
    void defersAllWhenOneRecipientWentAwayAfterItWasAccepted() {
        assertThat(brief(deliver("alice@demo.test", "gone@demo.test"))).isEqualTo("451 4.3.0");
        assertThat(house.appended).isEmpty();
    }

    @Test
    void answersForEachRecipientOfLmtp() {
        house.directory.alias("team@demo.test", "alice@demo.test");
        String text = "Delivered-To: team@demo.test\nSubject: x\n\nbody\n";

        assertThat(deliverEach(TEXT, "gone@demo.test", "bob@demo.test")).containsExactly("550 5.1.1", "");
        assertThat(deliverEach(text, "team@demo.test", "bob@demo.test")).containsExactly("554 5.4.6", "");
        assertThat(deliverEach(TEXT, "gone@demo.test", "away@demo.test")).containsExactly("550 5.1.1", "550 5.1.1");
        assertThat(deliverEach("x".repeat(100_001), "alice@demo.test", "bob@demo.test"))
                .containsExactly("552 5.3.4", "552 5.3.4");
        assertThat(house.copies()).containsExactly("bob@demo.test", "bob@demo.test");
    }

    @Test
    void letsLmtpReachInternalAddressesButNotRelay() {
        house.directory.internalAlias("all@demo.test", "alice@demo.test");
        SmtpClient lmtp =
                Deliveries.client(SmtpService.LMTP, "c", "192.0.2.1", Optional.empty(), true, Optional.empty());

        assertThat(brief(recipient(lmtp, "all@demo.test"))).isEmpty();
        assertThat(brief(recipient(lmtp, "x@far.test"))).isEqualTo("550 5.7.1");
    }

    @Test
    void filesWhatIsSubmittedWhereTheAccountWantsThat() {
        house.sentMailboxes.put(new AccountId(1), "Gesendet");
        submit("alice@demo.test", "bob@demo.test", "x@far.test");

        List<MessageAppender.Target> targets = house.appended.getFirst();
        assertThat(targets)
                .extracting(target -> house.directory.addressOf(target.account()) + " " + target.mailbox())
                .containsExactly("bob@demo.test INBOX", "alice@demo.test Gesendet");
        assertThat(targets.getLast().prefix()).isEmpty();
        assertThat(targets.getLast().flags()).isEqualTo(Flags.of(SystemFlag.SEEN));
    }

    @Test
    void filesNothingForStrangersNorForAFaceThatFilesItself() {
        house.sentMailboxes.put(new AccountId(1), "Sent");
        deliver("bob@demo.test");
        try (SpooledMessage message = Deliveries.message(TEXT)) {
            house.service.deliverFiled(
                    Deliveries.envelope(Deliveries.owner("alice@demo.test"), "alice@demo.test", "bob@demo.test"),
                    message,
                    Deliveries.index(0));
        }

        assertThat(house.copies()).containsExactly("bob@demo.test", "bob@demo.test");
    }

    /** RFC 8460 §5.3. */
    @Test
    void looksWhetherWhatOthersSendIsAReportAboutTls() {
        deliver("bob@demo.test");
        submit("alice@demo.test", "bob@demo.test");

        assertThat(house.considered).hasSize(1);
        assertThat(house.copies()).containsExactly("bob@demo.test", "bob@demo.test");
    }

    @Test
    void countsAndMendsWhatIsSubmitted() {
        house.mendedTo = "Subject: mended\n\nbody\n";
        assertThat(submit("alice@demo.test", "bob@demo.test", "x@far.test")).isEmpty();
        deliver("bob@demo.test");

        assertThat(house.counted).containsExactly("sent alice@demo.test 2 [x@far.test]");
    }

    @Test
    void storesNothingOfWhatSubmissionRefuses() {
        house.refusedBySubmission = Optional.of(new SmtpVerdict.Refuse(550, "5.7.1", "frozen"));

        assertThat(submit("alice@demo.test", "bob@demo.test")).isEqualTo("550 5.7.1");
        assertThat(house.appended).isEmpty();
    }

    @Test
    void storesNothingOfAMessageToTooManyStrangers() {
        house.mostStrangers = 1;
        house.directory.alias("friend@demo.test", "friend@far.test");

        assertThat(submit("alice@demo.test", "bob@demo.test", "x@far.test", "y@far.test"))
                .isEqualTo("550 5.7.1");
        assertThat(house.appended).isEmpty();
        assertThat(house.counted).isEmpty();
        assertThat(submit("alice@demo.test", "x@far.test", "friend@demo.test"))
                .as("an alias is not the sender's affair")
                .isEmpty();
    }

    @Test
    void tellsSubmissionWhetherARecipientIsOutside() {
        house.directory.alias("friend@demo.test", "friend@far.test");
        SmtpClient alice = Deliveries.owner("alice@demo.test");
        recipient(alice, "x@far.test");
        recipient(alice, "friend@demo.test");

        assertThat(house.counted).containsExactly("asked x@far.test true 0", "asked friend@demo.test false 0");
    }

    @Test
    void refusesToRedirectWhatItRedirectedBefore() {
        house.with("team@demo.test", "alice@demo.test");
        String text = "Received: from x\n\tby y\nDELIVERED-TO:  Team@demo.test \nSubject: x\n\nbody\n";

        assertThat(brief(deliver(text, 1, "team@demo.test"))).isEqualTo("554 5.4.6");
        assertThat(brief(deliver(text, 1, "alice@demo.test"))).isEmpty();
        assertThat(brief(deliver("Subject: x\n\nDelivered-To: team@demo.test\n", 1, "team@demo.test")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"99, ''", "100, 554 5.4.6", "1000, 554 5.4.6"})
    void refusesAMessageThatHasHadTooManyHops(int hops, String answer) {
        assertThat(brief(deliver(TEXT, hops, "alice@demo.test"))).isEqualTo(answer);
    }

    @Test
    void refusesAMessageOverTheLimitWhateverWasDeclared() {
        assertThat(brief(deliver("x".repeat(100_000), 0, "alice@demo.test"))).isEmpty();
        assertThat(brief(deliver("x".repeat(100_001), 0, "alice@demo.test"))).isEqualTo("552 5.3.4");
    }

    @Test
    void defersOnAnyFault() {
        house.fault = new IllegalStateException("the database is away");

        assertThat(deliver("alice@demo.test"))
                .isEqualTo(new SmtpVerdict.Defer(451, "4.3.0", "not possible now, try again later"));
    }

    /** RFC 5321 §4.2.3: 452, and RFC 3463 §3.4: the system is full. */
    @Test
    void defersWhenTheDatabaseHasNoRoom() {
        house.fault = new DatabaseException(new SQLException("could not extend file", "53100"));

        assertThat(brief(deliver("alice@demo.test"))).isEqualTo("452 4.3.1");
    }

    @Test
    void takesNothingWhenTheDiskIsNearlyFull() {
        house.free = 999;

        assertThat(brief(sender(Deliveries.stranger(), "a@far.test"))).isEqualTo("452 4.3.1");
        assertThat(brief(deliver("alice@demo.test"))).isEqualTo("452 4.3.1");
        assertThat(house.copies()).isEmpty();

        house.free = 1_000_000;
        assertThat(brief(sender(Deliveries.stranger(), "a@far.test"))).isEmpty();
        assertThat(brief(deliver("alice@demo.test"))).isEmpty();
    }

    @Test
    void refusesWhenEveryAccountWentAwayAfterRcpt() {
        assertThat(brief(deliver("gone@demo.test"))).isEqualTo("550 5.1.1");

        house.withoutInbox.add(1L);
        assertThat(brief(deliver("alice@demo.test"))).isEqualTo("550 5.1.1");
        assertThat(brief(deliver("alice@demo.test", "bob@demo.test"))).isEmpty();
    }

    @Test
    void givesEveryDeliveryAnIdOfItsOwn() {
        List<String> ids = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> ((SmtpVerdict.Accept) deliver("alice@demo.test")).detail())
                .toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-z]{8,14}"));
    }

    private SmtpVerdict sender(SmtpClient client, String from) {
        return house.service.sender(
                new SenderQuestion(client, Deliveries.path(from), OptionalLong.empty(), MailOptions.NONE));
    }

    private SmtpVerdict recipient(SmtpClient client, String to) {
        return house.service.recipient(new RecipientQuestion(
                client, ReversePath.NULL, MailOptions.NONE, ForwardPath.of(EmailAddress.parse(to)), 0, 0));
    }

    private SmtpVerdict deliver(String... recipients) {
        return deliver(TEXT, 0, recipients);
    }

    private SmtpVerdict deliver(String text, int hops, String... recipients) {
        try (SpooledMessage message = Deliveries.message(text)) {
            return house.service.deliver(
                    Deliveries.envelope(Deliveries.stranger(), "x@far.test", recipients),
                    message,
                    Deliveries.index(hops));
        }
    }

    private String submit(String from, String... recipients) {
        try (SpooledMessage message = Deliveries.message(TEXT)) {
            return brief(house.service.deliver(
                    Deliveries.envelope(Deliveries.owner(from), from, recipients), message, Deliveries.index(0)));
        }
    }

    private List<String> deliverEach(String text, String... recipients) {
        try (SpooledMessage message = Deliveries.message(text)) {
            return house
                    .service
                    .deliverEach(
                            Deliveries.envelope(Deliveries.stranger(), "x@far.test", recipients),
                            message,
                            Deliveries.index(0))
                    .stream()
                    .map(DeliveryServiceTest::brief)
                    .toList();
        }
    }

    /** The codes of a refusal or deferral, nothing for a yes. */
    private static String brief(SmtpVerdict verdict) {
        return switch (verdict) {
            case SmtpVerdict.Accept accept -> "";
            case SmtpVerdict.Refuse refuse -> refuse.code() + " " + refuse.enhanced();
            case SmtpVerdict.Defer defer -> defer.code() + " " + defer.enhanced();
        };
    }
}
