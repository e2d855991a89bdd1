// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.ForwardPath.Event;
import org.wildpost.core.listener.smtp.ForwardPath.Notify;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.RecipientQuestion;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.ejb.queue.OutgoingCopy;

/** What leaves for other servers, under which envelope, and what comes back. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class ForwardingTest {
    private static final String TEXT = "Subject: hello\n\nworld\n";

    private final Deliveries house = new Deliveries().with("alice@demo.test").with("bob@demo.test");

    @Test
    void sendsWhatAnOwnerWritesInOneCopyUnderTheOwnersName() {
        MailOptions options = new MailOptions(
                false,
                MailOptions.Body.EIGHT_BIT,
                Optional.of(MailOptions.Returned.HEADERS),
                Optional.of("envelope-1"),
                true,
                3,
                Optional.empty(),
                Optional.empty());
        ForwardPath told = new ForwardPath(
                EmailAddress.parse("x@far.test"), new Notify(EnumSet.of(Event.SUCCESS), true), Optional.empty());
        deliver(new SmtpEnvelope(
                Deliveries.owner("alice@demo.test"),
                Deliveries.path("alice@demo.test"),
                List.of(told, ForwardPath.of(EmailAddress.parse("y@near.test"))),
                Deliveries.RECEIVED,
                options));

        OutgoingCopy copy = only();
        assertThat(copy.account()).contains(new AccountId(1));
        assertThat(copy.senderDomain()).contains(DomainName.parse("demo.test"));
        assertThat(copy.reversePath()).hasToString("alice@demo.test");
        assertThat(copy.options()).isEqualTo(options);
        assertThat(copy.recipients())
                .extracting(path -> path.address().toString())
                .containsExactly("x@far.test", "y@near.test");
        assertThat(copy.recipients().getFirst().notice().wants(Event.SUCCESS)).isTrue();
        assertThat(copy.recipients().getFirst().original()).isPresent();
        assertThat(prefix(copy))
                .startsWith("Received: from authenticated")
                .endsWith("DKIM-Signature: x\r\n")
                .doesNotContain("Return-Path", "Delivered-To", "far.test", "near.test");
    }

    @Test
    void namesTheOnlyRecipientInReceived() {
        deliver(Deliveries.envelope(Deliveries.owner("alice@demo.test"), "alice@demo.test", "x@far.test"));

        assertThat(prefix(only())).contains("for <x@far.test>;");
    }

    @Test
    void passesMailOnUnderAReturnPathOfTheAddressThatPassesOn() {
        house.directory.alias("friend@demo.test", "friend@far.test", "other@far.test");
        deliver(Deliveries.envelope(Deliveries.stranger(), "bob@far.test", "friend@demo.test"));

        OutgoingCopy copy = only();
        assertThat(copy.account()).isEmpty();
        assertThat(copy.senderDomain()).contains(DomainName.parse("demo.test"));
        assertThat(copy.reversePath()).hasToString("SRS0=NSPEC7=I2=far.test=bob@demo.test");
        assertThat(copy.recipients()).hasSize(2);
        assertThat(prefix(copy))
                .startsWith("Delivered-To: friend@demo.test\r\nReceived: from client.example")
                .contains("for <friend@demo.test>;")
                .as("a stranger's message gets no signature of ours")
                .doesNotContain("DKIM");
        assertThat(house.kept).isEmpty();
    }

    @Test
    void sendsOneCopyForEachWay() {
        house.with("away@demo.test", "one@far.test")
                .directory
                .alias("friend@demo.test", "two@far.test", "away@demo.test")
                .forward("moved.test", "far.test");
        deliver(Deliveries.envelope(Deliveries.stranger(), "bob@far.test", "friend@demo.test", "me@moved.test"));

        assertThat(house.queued)
                .extracting(copy -> copy.recipients().getFirst().address() + " by "
                        + prefix(copy)
                                .replaceAll("(?s)Delivered-To: (\\S+)\r\n|Received.*", "$1 ")
                                .strip()
                        + " of "
                        + copy.account().map(house.directory::addressOf).orElse("nobody")
                        + " under " + copy.reversePath().address().orElseThrow().domain())
                .containsExactlyInAnyOrder(
                        "two@far.test by friend@demo.test of nobody under demo.test",
                        "me@far.test by me@moved.test of nobody under moved.test",
                        "one@far.test by away@demo.test friend@demo.test of away@demo.test under demo.test");
    }

    @Test
    void usesTheDomainThatIsSetForReturnPaths() {
        house.srsDomain = Optional.of(DomainName.parse("bounce.test"));
        house.directory.alias("friend@demo.test", "friend@far.test");
        deliver(Deliveries.envelope(Deliveries.stranger(), "bob@far.test", "friend@demo.test"));

        assertThat(only().reversePath()).hasToString("SRS0=NSPEC7=I2=far.test=bob@bounce.test");
        assertThat(brief(recipient("", "SRS0=NSPEC7=I2=far.test=bob@bounce.test")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "alice@demo.test, alice@demo.test", "nobody@demo.test, nobody@demo.test"})
    void keepsTheNullReversePathAndOurOwnSenders(String from, String kept) {
        house.directory.alias("friend@demo.test", "friend@far.test");
        deliver(Deliveries.envelope(Deliveries.stranger(), from, "friend@demo.test"));

        assertThat(only().reversePath()).hasToString(kept);
    }

    @Test
    void signsWhatAnOwnerWritesToAnAddressThatPassesOn() {
        house.directory.alias("friend@demo.test", "friend@far.test");
        deliver(Deliveries.envelope(Deliveries.owner("alice@demo.test"), "alice@demo.test", "friend@demo.test"));

        assertThat(prefix(only())).startsWith("Delivered-To: friend@demo.test").endsWith("DKIM-Signature: x\r\n");
        assertThat(only().account()).contains(new AccountId(1));
    }

    @Test
    void keepsTheSenderWhoDoesNotFitIntoAReturnPath() {
        String sender = "bounces+1234567-abcd-alice=demo.test@em1234.mailer.example";
        house.directory.alias("friend@demo.test", "friend@far.test");
        deliver(Deliveries.envelope(Deliveries.stranger(), sender, "friend@demo.test"));

        assertThat(only().reversePath()).hasToString("SRS0=Y7JY2T=I2==DZAKVLDZTBARXTQN@demo.test");
        assertThat(house.kept).hasToString("[" + sender + "]");
    }

    @Test
    void relaysForDomainsItIsABackupOfUnderTheSendersName() {
        house.relayed.add(DomainName.parse("backup.test"));
        deliver(Deliveries.envelope(Deliveries.stranger(), "bob@far.test", "x@backup.test"));

        assertThat(only().reversePath()).hasToString("bob@far.test");
        assertThat(only().senderDomain()).isEmpty();
        assertThat(only().account()).isEmpty();
        assertThat(prefix(only())).doesNotContain("DKIM");
    }

    @ParameterizedTest
    @CsvSource({
        "'',            SRS0=NSPEC7=I2=far.test=bob@demo.test, ''",
        "'',            srs0=nspec7=i2=far.test=bob@demo.test, ''",
        "'',            SRS1=A7XWE6=hop.test==ABCD=EF=far.test=bob@demo.test, ''",
        "x@far.test,    SRS0=NSPEC7=I2=far.test=bob@demo.test, 550 5.7.1",
        "'',            SRS0=NSPEC7=I2=far.test=eve@demo.test, 550 5.7.1",
        "'',            SRS0=NSPEC7=AA=far.test=bob@demo.test, 550 5.7.1",
        "'',            SRS0=x@demo.test,                      550 5.7.1",
        "'',            SRS0=NSPEC7=I2=far.test=bob@far.test,  550 5.7.1",
        "'',            SRS0=NSPEC7=I2=far.test=bob@third.test, 550 5.7.1",
    })
    void takesNotificationsToReturnPathsThatWereMadeHere(String from, String to, String answer) {
        assertThat(brief(recipient(from, to))).isEqualTo(answer);
    }

    @Test
    void saysWhenAReturnPathHasExpired() {
        house.returnPaths.clock = () -> Deliveries.RECEIVED.plus(java.time.Duration.ofDays(22));

        assertThat(brief(recipient("", "SRS0=NSPEC7=I2=far.test=bob@demo.test")))
                .isEqualTo("550 5.1.1");
    }

    @Test
    void bringsNotificationsBackToTheSender() {
        deliver(Deliveries.envelope(Deliveries.stranger(), "", "SRS0=NSPEC7=I2=far.test=bob@demo.test"));

        assertThat(only().reversePath()).hasToString("");
        assertThat(only().recipients())
                .extracting(path -> path.address().toString())
                .containsExactly("bob@far.test");
    }

    @Test
    void refusesWhatItPassedOnBefore() {
        house.directory.alias("friend@demo.test", "friend@far.test").catchAll("out.test", "box@far.test");

        assertThat(brief(deliver(
                        "Delivered-To: friend@demo.test\n" + TEXT,
                        Deliveries.envelope(Deliveries.stranger(), "bob@far.test", "friend@demo.test"))))
                .isEqualTo("554 5.4.6");
        assertThat(brief(deliver(
                        "Delivered-To: any@out.test\n" + TEXT,
                        Deliveries.envelope(Deliveries.stranger(), "bob@far.test", "any@out.test"))))
                .isEqualTo("554 5.4.6");
        assertThat(house.queued).isEmpty();
    }

    @Test
    void tellsWhoAskedForItThatMailIsHereOrWasExpanded() {
        house.directory.alias("team@demo.test", "alice@demo.test", "friend@far.test");
        Notify success = new Notify(EnumSet.of(Event.SUCCESS), true);
        deliver(new SmtpEnvelope(
                Deliveries.stranger(),
                Deliveries.path("bob@far.test"),
                List.of(
                        new ForwardPath(EmailAddress.parse("bob@demo.test"), success, Optional.empty()),
                        new ForwardPath(EmailAddress.parse("team@demo.test"), success, Optional.empty()),
                        ForwardPath.of(EmailAddress.parse("alice@demo.test"))),
                Deliveries.RECEIVED,
                MailOptions.NONE));

        assertThat(house.told).containsExactly("delivered bob@demo.test", "expanded team@demo.test");
    }

    @Test
    void bringsNotificationsHomeThroughAliasesAndReturnPaths() {
        house.directory.alias("team@demo.test", "alice@demo.test", "friend@far.test");
        Homecoming homecoming = new Homecoming();
        homecoming.recipients = house.service.recipients;
        homecoming.settings = house.service.settings;

        assertThat(homecoming.find(EmailAddress.parse("team@demo.test")).here()).containsExactly(new AccountId(1));
        assertThat(homecoming.find(EmailAddress.parse("team@demo.test")).elsewhere())
                .hasToString("[friend@far.test]");
        assertThat(homecoming
                        .find(EmailAddress.parse("SRS0=NSPEC7=I2=far.test=bob@demo.test"))
                        .elsewhere())
                .hasToString("[bob@far.test]");
        assertThat(homecoming.find(EmailAddress.parse("x@far.test")).elsewhere())
                .hasToString("[x@far.test]");
    }

    private OutgoingCopy only() {
        assertThat(house.queued).hasSize(1);
        return house.queued.getFirst();
    }

    private static String prefix(OutgoingCopy copy) {
        return new String(copy.prefix(), StandardCharsets.UTF_8);
    }

    private void deliver(SmtpEnvelope envelope) {
        assertThat(brief(deliver(TEXT, envelope))).isEmpty();
    }

    private SmtpVerdict deliver(String text, SmtpEnvelope envelope) {
        try (SpooledMessage message = Deliveries.message(text)) {
            return house.service.deliver(envelope, message, Deliveries.index(0));
        }
    }

    private SmtpVerdict recipient(String from, String to) {
        SmtpClient client = Deliveries.stranger();
        return house.service.recipient(new RecipientQuestion(
                client, Deliveries.path(from), MailOptions.NONE, ForwardPath.of(EmailAddress.parse(to)), 0, 0));
    }

    private static String brief(SmtpVerdict verdict) {
        return switch (verdict) {
            case SmtpVerdict.Accept _ -> "";
            case SmtpVerdict.Refuse refuse -> refuse.code() + " " + refuse.enhanced();
            case SmtpVerdict.Defer defer -> defer.code() + " " + defer.enhanced();
        };
    }
}
