// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.james.jdkim.DKIMVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.dkim.DkimAlgorithm;
import org.wildpost.core.dkim.DkimKey;
import org.wildpost.core.dkim.DkimSigner;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.message.Spool;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.persistence.sending.SendingPolicy;

/** RFC 6376 §5.3: what owners send in eight bits is signed in seven. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class BeforeSigningTest {
    private static final Instant NOW = Instant.parse("2026-11-05T09:07:03Z");
    private static final DomainName DEMO = DomainName.parse("demo.test");
    private static final EmailAddress ALICE = EmailAddress.parse("alice@demo.test");
    private static final KeyPair PAIR = DkimAlgorithm.RSA_SHA256.newKeyPair();
    private static final DkimKey KEY = new DkimKey(DEMO, "r2026", DkimAlgorithm.RSA_SHA256, PAIR.getPrivate());

    /** What every message must have, so that nothing is mended. */
    private static final String HEAD = "From: alice@demo.test|Date: Thu, 5 Nov 2026 09:07:03 +0000|Message-ID: <m@x>|";

    private static final String PLAIN =
            "MIME-Version: 1.0|Content-Type: text/plain; charset=utf-8|Content-Transfer-Encoding: 8bit||Grüße = 1|.|";

    private final Submission submission = new Submission();
    private boolean signing = true;
    private long limit = 1_000_000;

    @TempDir
    private Path data;

    @BeforeEach
    void build() throws IOException {
        Files.createDirectory(data.resolve("spool"));
        System.setProperty("wildpost.data", data.toString());
        submission.addresses = new OwnAddresses() {
            @Override
            public boolean isOwn(SmtpClient.Login login, EmailAddress address) {
                return address.equals(ALICE);
            }
        };
        submission.limits = new SendingLimits() {
            @Override
            public Optional<SendingPolicy> policy(AccountId account) {
                return Optional.of(new SendingPolicy(1, ALICE.toString(), true, Optional.empty()));
            }
        };
        submission.settings = new ServerSettings() {
            @Override
            public long messageSizeLimit() {
                return limit;
            }
        };
        submission.signing = new Signing() {
            @Override
            public byte[] fields(SpooledMessage message, MessageIndex index) throws IOException {
                return DkimSigner.sign(message, List.of(KEY), NOW);
            }

            @Override
            public byte[] fieldsOfServer(SpooledMessage message, MessageIndex index) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean signs(MessageIndex index) {
                return signing && index.envelope().from().size() == 1;
            }
        };
    }

    @AfterEach
    void forget() {
        System.clearProperty("wildpost.data");
    }

    @Test
    void encodesTextAndKeepsWhatItSays() throws Exception {
        Submission.Prepared.Ready ready = prepared(message(HEAD + PLAIN));

        byte[] octets = octets(ready.message());
        assertThat(text(octets))
                .isEqualTo(HEAD
                        + PLAIN.replace("8bit", "quoted-printable")
                                .replace("Grüße = 1|.|", "Gr=C3=BC=C3=9Fe =3D 1|=2E|"));
        assertThat(mail(octets).getContent()).isEqualTo("Grüße = 1\r\n.\r\n");
        assertThat(ready.index()).isEqualTo(MimeIndexer.index(SpooledMessage.of(octets)));
        assertThat(ready.index().preview()).startsWith("Grüße");
    }

    @Test
    void encodesThePartsThatNeedIt() throws Exception {
        byte[] octets = octets(prepared(message(HEAD
                        + "MIME-Version: 1.0|Content-Type: multipart/mixed; boundary=b||--b|"
                        + "Content-Type: text/html; charset=utf-8|Content-Transfer-Encoding: 8bit||<p>ä</p>|--b|"
                        + "Content-Type: text/plain||a = b|--b--|"))
                .message());

        MimeMultipart parts = (MimeMultipart) mail(octets).getContent();
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo("<p>ä</p>");
        assertThat(parts.getBodyPart(0).getHeader("Content-Transfer-Encoding")).containsExactly("quoted-printable");
        assertThat(text(octets)).endsWith("--b|Content-Type: text/plain||a = b|--b--|");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEAD + PLAIN,
                "Bcc: b@far.test|From: alice@demo.test|" + PLAIN,
                HEAD + "MIME-Version: 1.0|Content-Type: image/x|Content-Transfer-Encoding: 8bit||ü|",
            })
    void isSignedInTheFormThatEveryHostTakes(String given) throws Exception {
        Submission.Prepared.Ready ready = prepared(message(given));
        byte[] octets = octets(ready.message());
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(submission.signing.fields(ready.message(), ready.index()));
        signed.writeBytes(octets);

        for (byte octet : signed.toByteArray()) {
            assertThat(octet).isNotNegative();
        }
        String record = DkimAlgorithm.RSA_SHA256.keyRecord(PAIR.getPublic());
        assertThat(new DKIMVerifier((_, _, _) -> List.of(record))
                        .verify(new ByteArrayInputStream(signed.toByteArray())))
                .singleElement()
                .satisfies(found -> assertThat(found.getDToken()).hasToString("demo.test"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Seven bits, whatever the label says.
                "MIME-Version: 1.0|Content-Type: text/plain|Content-Transfer-Encoding: 8bit||a = b|.|",
                "Subject: x||a = b|",
                // Signed already, by whom ever.
                "DKIM-Signature: v=1; d=demo.test|" + PLAIN,
                "ARC-Message-Signature: i=1|" + PLAIN,
                "MIME-Version: 1.0|Content-Type: multipart/signed; boundary=b; protocol=\"application/pkcs7-signature\"|"
                        + "|--b|Content-Type: text/plain; charset=utf-8|Content-Transfer-Encoding: 8bit||ü|--b|"
                        + "Content-Type: application/pkcs7-signature|Content-Transfer-Encoding: base64||AAAA|--b--|",
                // A signed message as an attachment, even where other text could be encoded.
                "MIME-Version: 1.0|Content-Type: multipart/mixed; boundary=b||--b|Content-Type: text/plain; charset=utf-8|"
                        + "Content-Transfer-Encoding: 8bit||ü|--b|Content-Type: message/rfc822|"
                        + "Content-Transfer-Encoding: 8bit||DKIM-Signature: v=1; d=far.test|" + PLAIN + "--b--|",
                // Not MIME, or none that could be encoded.
                "Subject: x||ü|",
                "Subject: ü|" + PLAIN,
                "MIME-Version: 1.0|Content-Transfer-Encoding: base64||ü|"
            })
    void leavesWhatIsNotToBeEncoded(String rest) throws IOException {
        SpooledMessage message = message(HEAD + rest);

        assertThat(prepared(message).message()).isSameAs(message);
    }

    @Test
    void leavesWhatIsNotSigned() throws IOException {
        signing = false;
        SpooledMessage message = message(HEAD + PLAIN);

        assertThat(prepared(message).message()).isSameAs(message);
    }

    @Test
    void makesNothingTooLarge() throws IOException {
        SpooledMessage message = message(HEAD + PLAIN);
        long encoded = prepared(message).message().size();

        limit = encoded - 1;
        assertThat(prepared(message).message()).isSameAs(message);
        limit = encoded;
        assertThat(prepared(message).message().size()).isEqualTo(encoded);
    }

    @Test
    void asksForTheKeysOfTheMendedAuthor() throws IOException {
        assertThat(text(octets(prepared(message(PLAIN)).message())))
                .startsWith("From: <alice@demo.test>|")
                .contains("Gr=C3=BC=C3=9Fe");
    }

    @Test
    void leavesNoFormOnTheDiskButTheLast() throws IOException {
        String large = "ü".repeat(Spool.DEFAULT_MEMORY_THRESHOLD / 2) + "|";

        try (SpooledMessage last =
                prepared(message("Bcc: b@far.test|" + PLAIN + large)).message()) {
            assertThat(last.inMemory()).isFalse();
            assertThat(octets(last)).hasSize((int) last.size());
            assertThat(files()).isEqualTo(1);
        }
        assertThat(files()).isZero();
    }

    private long files() throws IOException {
        try (Stream<Path> found = Files.list(data.resolve("spool"))) {
            return found.count();
        }
    }

    private Submission.Prepared.Ready prepared(SpooledMessage message) throws IOException {
        SmtpClient client = new SmtpClient(
                "1",
                SmtpService.SUBMISSION,
                new Peer(InetAddress.getLoopbackAddress(), 4, Optional.empty()),
                "me",
                true,
                Optional.of(new SmtpClient.Login(new AccountId(1), ALICE)));
        SmtpEnvelope envelope = new SmtpEnvelope(
                client,
                new ReversePath(Optional.of(ALICE)),
                List.of(ForwardPath.of(EmailAddress.parse("x@far.test"))),
                NOW,
                MailOptions.NONE);
        return (Submission.Prepared.Ready) submission.prepare(envelope, message, MimeIndexer.index(message));
    }

    private static SpooledMessage message(String text) {
        return SpooledMessage.of(text.replace("|", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] octets(SpooledMessage message) throws IOException {
        try (InputStream in = message.open()) {
            return in.readAllBytes();
        }
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8).replace("\r\n", "|");
    }

    /** As a library of others reads it. */
    private static MimeMessage mail(byte[] octets) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }
}
