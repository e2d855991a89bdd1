// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.MailOptions.DeliverBy;
import org.wildpost.core.listener.smtp.ReversePath;

/** Which parameters go to whom, and to whom a message does not go at all. */
class MailCommandsTest {
    private static final String SENDER = "MAIL FROM:<me@example.com>";
    private static final DeliverBy IN_TEN_MINUTES =
            new DeliverBy(Caller.NOW.plus(Duration.ofMinutes(10)), DeliverBy.Mode.NOTIFY, true);

    private static Extensions offering(String... keywords) {
        return Extensions.of(new Reply(
                250,
                Stream.concat(Stream.of("mx.example.org"), Stream.of(keywords)).toList()));
    }

    private static String mail(Mailing mailing, String... keywords) {
        return new MailCommands(mailing, offering(keywords), Caller.NOW).mail();
    }

    private static Mailing octets(boolean eight, boolean utf8) {
        Mailing plain = Caller.mailing("you@example.org");
        return new Mailing(plain.reversePath(), MailOptions.NONE, plain.recipients(), plain.content(), eight, utf8);
    }

    private static Optional<Fate> objection(Mailing mailing, boolean proved, String... keywords) {
        return Fitness.objection(mailing, offering(keywords), proved, Caller.NOW);
    }

    @Test
    void saysNothingThatWasNotOffered() {
        for (MailOptions options : List.of(
                Options.priority(3),
                Options.notices(MailOptions.Returned.FULL, "id"),
                Options.deliverBy(IN_TEN_MINUTES))) {
            assertThat(mail(Caller.with(options))).isEqualTo(SENDER);
        }
        assertThat(mail(octets(true, false))).isEqualTo(SENDER);
    }

    @Test
    void saysWhatWasOffered() {
        assertThat(mail(Caller.mailing("you@example.org"), "SIZE"))
                .isEqualTo(SENDER + " SIZE=" + Caller.MESSAGE.length());
        assertThat(mail(octets(true, false), "8BITMIME")).isEqualTo(SENDER + " BODY=8BITMIME");
        assertThat(mail(octets(true, true), "8BITMIME", "SMTPUTF8")).isEqualTo(SENDER + " BODY=8BITMIME SMTPUTF8");
        assertThat(mail(Caller.with(Options.requireTls()), "REQUIRETLS")).isEqualTo(SENDER + " REQUIRETLS");
        assertThat(mail(Caller.with(Options.priority(-4)), "MT-PRIORITY MIXER")).isEqualTo(SENDER + " MT-PRIORITY=-4");
        assertThat(mail(Caller.with(Options.notices(MailOptions.Returned.HEADERS, "a+b=c d")), "DSN"))
                .isEqualTo(SENDER + " RET=HDRS ENVID=a+2Bb+3Dc+20d");
        assertThat(mail(Caller.with(Options.deliverBy(IN_TEN_MINUTES)), "DELIVERBY"))
                .isEqualTo(SENDER + " BY=600;NT");
    }

    @Test
    void saysTheNullReversePath() {
        Mailing plain = Caller.mailing("you@example.org");
        Mailing notice =
                new Mailing(ReversePath.NULL, MailOptions.NONE, plain.recipients(), plain.content(), false, false);

        assertThat(mail(notice)).isEqualTo("MAIL FROM:<>");
    }

    @Test
    void needsUtf8WhenAnAddressDoes() {
        assertThat(mail(Caller.mailing("jürgen@example.org"), "SMTPUTF8")).isEqualTo(SENDER + " SMTPUTF8");
        assertThat(new MailCommands(Caller.mailing("jürgen@bücher.example"), offering("SMTPUTF8"), Caller.NOW)
                        .recipient(ForwardPath.of(EmailAddress.parse("jürgen@bücher.example"))))
                .isEqualTo("RCPT TO:<jürgen@xn--bcher-kva.example>");
    }

    @Test
    void asksForNoNoticeThatCannotComeInTime() {
        assertThat(mail(Caller.with(Options.deliverBy(IN_TEN_MINUTES)), "DELIVERBY 601"))
                .isEqualTo(SENDER);
    }

    /** RFC 2852 §4.1.4: a server that was told of the deadline looks at it, and nobody need look at one that passed. */
    @ParameterizedTest
    @CsvSource({
        "600, '', false",
        "600, DELIVERBY, true",
        "600, DELIVERBY 600, true",
        "600, DELIVERBY 601, false",
        "-5, '', false",
        "-5, DELIVERBY, true"
    })
    void knowsWhoLooksAtTheDeadline(long seconds, String offered, boolean watched) {
        DeliverBy by = new DeliverBy(Caller.NOW.plusSeconds(seconds), DeliverBy.Mode.NOTIFY, false);
        Extensions extensions = offered.isEmpty() ? offering() : offering(offered);

        assertThat(new MailCommands(Caller.with(Options.deliverBy(by)), extensions, Caller.NOW).deadlineWatched())
                .isEqualTo(watched);
        assertThat(new MailCommands(Caller.mailing("you@example.org"), extensions, Caller.NOW).deadlineWatched())
                .isTrue();
    }

    @Test
    void passesOnWhichNoticesAreWanted() {
        EmailAddress you = EmailAddress.parse("you@example.org");
        ForwardPath all = new ForwardPath(
                you,
                new ForwardPath.Notify(Set.of(ForwardPath.Event.SUCCESS, ForwardPath.Event.FAILURE), true),
                Optional.of(new ForwardPath.OriginalRecipient("rfc822", "old+tag@example.org")));
        ForwardPath never = new ForwardPath(you, ForwardPath.Notify.NEVER, Optional.empty());

        assertThat(recipient(all, "DSN"))
                .isEqualTo("RCPT TO:<you@example.org> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;old+2Btag@example.org");
        assertThat(recipient(never, "DSN")).isEqualTo("RCPT TO:<you@example.org> NOTIFY=NEVER");
        assertThat(recipient(ForwardPath.of(you), "DSN")).isEqualTo("RCPT TO:<you@example.org>");
        assertThat(recipient(all)).isEqualTo("RCPT TO:<you@example.org>");
    }

    @Test
    void writesInternationalOriginalRecipientsAsTheSessionAllows() {
        EmailAddress you = EmailAddress.parse("you@example.org");
        ForwardPath path = new ForwardPath(
                you,
                ForwardPath.Notify.DEFAULT,
                Optional.of(new ForwardPath.OriginalRecipient("utf-8", "jürgen+x@example.org")));

        assertThat(recipient(path, "DSN"))
                .isEqualTo("RCPT TO:<you@example.org> ORCPT=utf-8;j\\x{FC}rgen\\x{2B}x@example.org");
        assertThat(new MailCommands(octets(false, true), offering("DSN", "SMTPUTF8"), Caller.NOW).recipient(path))
                .isEqualTo("RCPT TO:<you@example.org> ORCPT=utf-8;jürgen\\x{2B}x@example.org");
    }

    private static String recipient(ForwardPath path, String... keywords) {
        return new MailCommands(Caller.mailing("you@example.org"), offering(keywords), Caller.NOW).recipient(path);
    }

    @Test
    void sendsNothingThatIsLargerThanTheHostTakes() {
        Mailing mailing = Caller.mailing("you@example.org");
        int size = Caller.MESSAGE.length();

        assertThat(objection(mailing, false, "SIZE " + size)).isEmpty();
        assertThat(objection(mailing, false, "SIZE 0")).isEmpty();
        assertThat(objection(mailing, false, "SIZE")).isEmpty();
        assertThat(objection(mailing, false, "SIZE nonsense")).isEmpty();
        assertThat(objection(mailing, false, "SIZE " + (size - 1)))
                .contains(new Fate.Never(
                        "5.3.4",
                        "the message has " + size + " octets, the host takes " + (size - 1),
                        Fate.Chance.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "5.6.7, utf8, 8BITMIME",
        "5.6.3, binary, CHUNKING",
        "5.6.3, binary, BINARYMIME",
        "5.3.3, deliverBy, DSN",
        "5.4.7, deliverBy, DELIVERBY 700",
        "5.7.10, requireTls, REQUIRETLS"
    })
    void objectsWhenTheHostCannot(String status, String need, String offered) {
        assertThat(objection(needing(need), false, offered)).map(Fate::status).contains(status);
    }

    @ParameterizedTest
    @CsvSource({"utf8, SMTPUTF8", "deliverBy, DELIVERBY 300"})
    void doesNotObjectWhenItCan(String need, String offered) {
        assertThat(objection(needing(need), false, offered)).isEmpty();
    }

    @Test
    void demandsProofAndRequiretlsTogether() {
        Mailing mailing = Caller.with(Options.requireTls());

        assertThat(objection(mailing, true, "REQUIRETLS")).isEmpty();
        assertThat(objection(mailing, true, "SIZE"))
                .contains(new Fate.Never(
                        "5.7.30",
                        "the sender demands REQUIRETLS, and the host does not offer it",
                        Fate.Chance.OTHER_HOST));
    }

    @Test
    void sendsANotificationEvenWhereRequiretlsIsUnknown() {
        Mailing plain = Caller.with(Options.requireTls());
        Mailing notice =
                new Mailing(ReversePath.NULL, plain.options(), plain.recipients(), plain.content(), false, false);

        assertThat(objection(notice, false, "SIZE")).isEmpty();
        assertThat(mail(notice, "SIZE")).doesNotContain("REQUIRETLS");
    }

    private static Mailing needing(String need) {
        return switch (need) {
            case "utf8" -> octets(false, true);
            case "binary" -> Caller.with(Options.body(MailOptions.Body.BINARY));
            case "requireTls" -> Caller.with(Options.requireTls());
            default ->
                Caller.with(Options.deliverBy(new DeliverBy(IN_TEN_MINUTES.deadline(), DeliverBy.Mode.RETURN, false)));
        };
    }
}
