// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.adapter.net.LineClient;
import org.wildpost.adapter.net.LoopbackListener;
import org.wildpost.adapter.net.Transcript;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.net.Networks;
import org.wildpost.core.net.NumericAddress;

/** Talks written down in {@code transcripts/smtp}, each against a session of its own over a real socket. */
@Timeout(60)
class SmtpTranscriptTest {
    private static final Instant NOW = Instant.parse("2026-11-05T09:00:00.5Z");
    private static final Networks LOOPBACK = Networks.parse("127.0.0.0/8");
    private static final SmtpEnvelope NONE = new SmtpEnvelope(
            new SmtpClient(
                    "",
                    SmtpService.MX,
                    new Peer(XclientAttribute.NO_ADDRESS, 0, Optional.empty()),
                    "",
                    false,
                    Optional.empty()),
            ReversePath.NULL,
            List.of(),
            Instant.EPOCH,
            MailOptions.NONE);

    @TempDir
    private Path folder;

    private final DemoSmtp server = new DemoSmtp();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "typical",
                "aborted",
                "verify",
                "order",
                "pipelining",
                "starttls",
                "starttls-injection",
                "login",
                "login-failures",
                "plaintext-login",
                "login-needs-tls",
                "chunking",
                "size",
                "addresses",
                "parameters",
                "smtputf8",
                "http",
                "refusals",
                "long-lines",
                "null-sender",
                "deliverby",
                "limits",
                "lhlo-on-smtp",
                "lmtp-chunking",
                "lmtp-stranger",
                "binarymime-header"
            })
    void plays(String name) throws IOException {
        play(name);
    }

    /** RFC 3461: what was written arrives decoded. */
    @Test
    void playsDsn() throws IOException {
        SmtpEnvelope envelope = play("dsn");
        assertThat(envelope.options().returned()).contains(MailOptions.Returned.HEADERS);
        assertThat(envelope.options().envelopeId()).contains("QQ314159");
        assertThat(envelope.recipients())
                .containsExactly(
                        new ForwardPath(
                                EmailAddress.parse("alice@demo.test"),
                                new ForwardPath.Notify(
                                        Set.of(ForwardPath.Event.SUCCESS, ForwardPath.Event.FAILURE), true),
                                Optional.of(new ForwardPath.OriginalRecipient("rfc822", "Dana@Ivory.EDU"))),
                        new ForwardPath(
                                EmailAddress.parse("bob@demo.test"), ForwardPath.Notify.NEVER, Optional.empty()),
                        new ForwardPath(
                                EmailAddress.parse("bob@demo.test"),
                                ForwardPath.Notify.DEFAULT,
                                Optional.of(new ForwardPath.OriginalRecipient("utf-8", "用户@demo.test"))));
    }

    /** RFC 3030 §3: listeners get lines. */
    @Test
    void playsBinaryMime() throws IOException {
        assertThat(play("binarymime").options().body()).isEqualTo(MailOptions.Body.EIGHT_BIT);
        assertThat(server.messages())
                .containsExactly("Subject: b\r\nContent-Transfer-Encoding: base64\r\n\r\nYQpiDWMADQouDQoK\r\n");
    }

    /** RFC 8689. */
    @Test
    void playsRequireTls() throws IOException {
        assertThat(play("requiretls").options().requireTls()).isTrue();
    }

    /** RFC 6710. */
    @Test
    void playsMtPriority() throws IOException {
        play("mt-priority");
        assertThat(server.senders())
                .extracting(question -> question.options().priority())
                .containsExactly(0, -3);
    }

    /** RFC 4865, RFC 2852 and RFC 6710 together. */
    @Test
    void playsFutureRelease() throws IOException {
        MailOptions options = play("futurerelease").options();
        assertThat(options.releaseAt()).contains(NOW.plusSeconds(300));
        assertThat(options.deliverBy())
                .contains(new MailOptions.DeliverBy(NOW.plusSeconds(600), MailOptions.DeliverBy.Mode.RETURN, false));
        assertThat(options.priority()).isEqualTo(9);
        assertThat(server.senders().get(2).options().releaseAt()).contains(Instant.parse("2026-12-05T09:00:00Z"));
    }

    /** RFC 2033. */
    @Test
    void playsLmtp() throws IOException {
        SmtpEnvelope envelope = play("lmtp");
        assertThat(envelope.client().service()).isEqualTo(SmtpService.LMTP);
        assertThat(envelope.client().extended()).isTrue();
        assertThat(envelope.recipients())
                .extracting(path -> path.address().localPart())
                .containsExactly("alice", "full");
    }

    /** What a trusted neighbour says counts, also after the next greeting. */
    @Test
    void playsXclient() throws IOException {
        SmtpClient client = play("xclient").client();
        assertThat(client.peer())
                .isEqualTo(new Peer(NumericAddress.parse("168.100.189.2").orElseThrow(), 2525, Optional.empty()));
        assertThat(client.helo()).isEqualTo("spike.porcupine.org");
        assertThat(client.extended()).isFalse();
    }

    /** The last envelope that was delivered, if one was. */
    private SmtpEnvelope play(String name) throws IOException {
        Transcript transcript = Transcript.read("/transcripts/smtp/" + name + ".txt");
        SmtpSettings settings = settings(transcript.needs());
        try (LoopbackListener listener = LoopbackListener.plain(
                        connection -> new SmtpSession(connection, server, settings, InstantSource.fixed(NOW)).run());
                LineClient client = listener.client()) {
            transcript.play(client);
            assertThat(listener.faults()).isEmpty();
        }
        assertThat(server.messages()).allSatisfy(message -> assertThat(message).startsWith("Subject: "));
        return server.envelopes().isEmpty() ? NONE : server.envelopes().getLast();
    }

    private SmtpSettings settings(List<String> needs) {
        SmtpService service = needs.contains("lmtp")
                ? SmtpService.LMTP
                : needs.contains("submission") ? SmtpService.SUBMISSION : SmtpService.MX;
        ExtensionLimits few = new ExtensionLimits(
                Duration.ofDays(30), Instant.parse("2030-01-01T00:00:00Z"), Duration.ofMinutes(1), 2, 1, 0);
        return new SmtpSettings(
                service,
                "mx.demo.test",
                folder,
                needs.contains("plaintext"),
                new SmtpSettings.Limits(1_000, 4_096, 3, 20, 3, Duration.ofMinutes(5), Duration.ofMinutes(3)),
                needs.contains("limits") ? few : ExtensionLimits.DEFAULTS,
                new SmtpSettings.Trust(
                        needs.contains("trusted") ? LOOPBACK : Networks.NONE,
                        needs.contains("stranger") ? Networks.parse("192.0.2.0/24") : LOOPBACK));
    }
}
