// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.persistence.sending.SendingPolicy;

@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class SubmissionTest {
    private static final SmtpClient.Login ALICE =
            new SmtpClient.Login(new AccountId(1), EmailAddress.parse("alice@demo.test"));

    private final Submission submission = new Submission();
    private boolean strict = true;
    private boolean frozen;

    @BeforeEach
    void build() {
        submission.addresses = new OwnAddresses() {
            @Override
            public boolean isOwn(SmtpClient.Login login, EmailAddress address) {
                return List.of("alice@demo.test", "sales@demo.test")
                        .contains(address.canonical().toString());
            }
        };
        submission.settings = new ServerSettings();
        submission.signing = new Signing() {
            @Override
            public byte[] fields(SpooledMessage message, MessageIndex index) {
                return new byte[0];
            }

            @Override
            public byte[] fieldsOfServer(SpooledMessage message, MessageIndex index) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean signs(MessageIndex index) {
                return false;
            }
        };
        submission.limits = new SendingLimits() {
            @Override
            public Optional<SendingPolicy> policy(AccountId account) {
                return Optional.of(new SendingPolicy(
                        1,
                        "alice@demo.test",
                        strict,
                        frozen ? Optional.of(new SendingPolicy.Freeze(Instant.EPOCH, "why")) : Optional.empty()));
            }

            @Override
            public Optional<SmtpVerdict> message(SmtpClient.Login login) {
                return Optional.empty();
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"alice@demo.test,", "Sales@Demo.test,", ",", "bob@demo.test, 550", "x@far.test, 550"})
    void letsAnOwnerSendUnderTheirOwnAddresses(String reversePath, String code) {
        Optional<SmtpVerdict> answer = submission.sender(ALICE, path(reversePath));

        assertThat(answer.map(SubmissionTest::code)).isEqualTo(Optional.ofNullable(code));
    }

    @Test
    void letsAnAccountThatIsNotStrictSendAsAnybody() throws IOException {
        strict = false;

        assertThat(submission.sender(ALICE, path("x@far.test"))).isEmpty();
        assertThat(prepared("From: x@far.test|Date: d|Message-ID: <m>||")).startsWith("From: x@far.test");
    }

    @Test
    void letsAFrozenAccountSendNothing() {
        frozen = true;

        assertThat(submission.sender(ALICE, path("alice@demo.test")).map(SubmissionTest::text))
                .hasValueSatisfying(text -> assertThat(text).contains("frozen"));
    }

    @ParameterizedTest
    @CsvSource({
        "'From: Alice <alice@demo.test>'",
        "'From: alice@demo.test, sales@demo.test'",
        "'From: sales@demo.test|Sender: alice@demo.test'",
        "'From: =?UTF-8?Q?=E6=9D=8E?= <ALICE@demo.test>'"
    })
    void acceptsOwnAuthors(String header) throws IOException {
        assertThat(prepared(header + "|Date: d|Message-ID: <m>||body|"))
                .isEqualTo(header + "|Date: d|Message-ID: <m>||body|");
    }

    @ParameterizedTest
    @CsvSource({
        "'From: bob@demo.test', bob@demo.test",
        "'From: alice@demo.test, bob@demo.test', bob@demo.test",
        "'From: alice@demo.test|From: bob@demo.test', ",
        "'From: alice@demo.test|Sender: evil@far.test', evil@far.test",
        "'From: \"alice@demo.test\" <evil@far.test>', evil@far.test",
        "'From: alice@demo.test <e vil@far.test>', "
    })
    void refusesForeignAuthors(String header, String named) throws IOException {
        SpooledMessage message = message(header + "|Date: d|Message-ID: <m>||");

        Submission.Prepared prepared = submission.prepare(envelope(), message, MimeIndexer.index(message));

        assertThat(prepared).isInstanceOf(Submission.Prepared.Refused.class);
        SmtpVerdict answer = ((Submission.Prepared.Refused) prepared).answer();
        assertThat(code(answer)).isEqualTo("550");
        assertThat(text(answer)).contains(named == null ? "" : named);
    }

    @Test
    void addsWhatEveryMessageMustHave() throws IOException {
        String text = prepared("Subject: x||body|");

        assertThat(text)
                .startsWith("From: <alice@demo.test>|Date: Thu, 5 Nov 2026 09:07:03 +0000|Message-ID: <")
                .contains("@demo.test>|Subject: x||body|");
    }

    @Test
    void removesBlindCopiesAndForeignTraces() throws IOException {
        assertThat(prepared("From: alice@demo.test|Bcc: secret@far.test,| other@far.test|Date: d|Return-Path: <x@y>|"
                        + "Message-ID: <m>|resent-bcc: z@far.test||Bcc: stays|"))
                .isEqualTo("From: alice@demo.test|Date: d|Message-ID: <m>||Bcc: stays|");
    }

    @Test
    void indexesTheMendedMessage() throws IOException {
        SpooledMessage message = message("Bcc: secret@far.test|From: alice@demo.test||body|");

        var ready = (Submission.Prepared.Ready) submission.prepare(envelope(), message, MimeIndexer.index(message));

        assertThat(ready.index().envelope().bcc()).isEmpty();
        assertThat(ready.index().size()).isEqualTo(ready.message().size());
    }

    private String prepared(String text) throws IOException {
        SpooledMessage message = message(text);
        var ready = (Submission.Prepared.Ready) submission.prepare(envelope(), message, MimeIndexer.index(message));
        return new String(ready.message().open().readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "|");
    }

    private static SmtpEnvelope envelope() {
        SmtpClient client = new SmtpClient(
                "1",
                SmtpService.SUBMISSION,
                new Peer(InetAddress.getLoopbackAddress(), 4, Optional.empty()),
                "me",
                true,
                Optional.of(ALICE));
        return new SmtpEnvelope(
                client,
                path("alice@demo.test"),
                List.of(ForwardPath.of(EmailAddress.parse("x@far.test"))),
                Instant.parse("2026-11-05T09:07:03Z"),
                MailOptions.NONE);
    }

    private static ReversePath path(String address) {
        return address == null ? ReversePath.NULL : new ReversePath(Optional.of(EmailAddress.parse(address)));
    }

    private static SpooledMessage message(String text) {
        return SpooledMessage.of(text.replace("|", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String code(SmtpVerdict verdict) {
        return ((SmtpVerdict.Refuse) verdict).code() + "";
    }

    private static String text(SmtpVerdict verdict) {
        return ((SmtpVerdict.Refuse) verdict).text();
    }
}
