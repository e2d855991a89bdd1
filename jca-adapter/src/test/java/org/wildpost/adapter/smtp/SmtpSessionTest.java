// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.adapter.net.ConnectionLimits;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.adapter.net.ListenerSettings;
import org.wildpost.adapter.net.Loopback;
import org.wildpost.adapter.net.MailListener;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.ScramLookup;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.RecipientQuestion;
import org.wildpost.core.listener.smtp.SenderQuestion;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpListener;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.sasl.ScramVerifiers;
import org.wildpost.core.tls.ReloadingTls;
import org.wildpost.core.tls.SelfSignedCertificate;
import org.wildpost.core.tls.TlsFiles;

/** Whole sessions over real sockets, against a listener that keeps what it is given. */
class SmtpSessionTest {
    private static final String MESSAGE = "Subject: x\r\n\r\nbody\r\n";

    @TempDir
    private Path folder;

    private final Kept kept = new Kept();
    private ReloadingTls tls;
    private final List<MailListener> listeners = new ArrayList<>();

    @BeforeEach
    void makeCertificate() throws IOException {
        SelfSignedCertificate.ensure(TlsFiles.in(folder), "mail.example.org");
        tls = new ReloadingTls(TlsFiles.in(folder));
    }

    @AfterEach
    void stop() {
        listeners.forEach(MailListener::close);
    }

    @Test
    void takesAMessage() throws IOException {
        try (Loopback client = mx()) {
            assertThat(client.reply()).startsWith("220 mail.example.org ");
            assertThat(client.say("EHLO client.example.org"))
                    .isEqualTo("250-mail.example.org/250-PIPELINING/250-SIZE 10000/250-8BITMIME/250-ENHANCEDSTATUSCODES"
                            + "/250-SMTPUTF8/250-CHUNKING/250-BINARYMIME/250-DSN/250-DELIVERBY 60/250-MT-PRIORITY"
                            + "/250-LIMITS MAILMAX=10000 RCPTMAX=1000/250 STARTTLS");
            assertThat(client.say("MAIL FROM:<a@example.com> SIZE=20")).isEqualTo("250 2.1.0 sender OK");
            assertThat(client.say("RCPT TO:<alice@example.org>")).isEqualTo("250 2.1.5 recipient OK");
            assertThat(client.say("RCPT TO:<nobody@example.org>")).isEqualTo("550 5.1.1 no such user");
            assertThat(client.say("DATA")).startsWith("354 ");
            assertThat(client.say(MESSAGE + "..dot\r\n...two\r\n.")).isEqualTo("250 2.0.0 delivered: id1");
            assertThat(client.say("QUIT")).startsWith("221 ");
            assertThat(client.line()).isNull();
        }
        assertThat(kept.messages).containsExactly(MESSAGE + ".dot\r\n..two\r\n");
        assertThat(kept.envelopes.getFirst().recipients())
                .containsExactly(ForwardPath.of(EmailAddress.parse("alice@example.org")));
        assertThat(kept.envelopes.getFirst().client().helo()).isEqualTo("client.example.org");
    }

    @Test
    void answersAPipelinedGroupAndWhatComesBehindTheData() throws IOException {
        try (Loopback client = greeted(mx())) {
            String one = "MAIL FROM:<a@example.com>\r\nRCPT TO:<alice@example.org>\r\nDATA\r\n" + MESSAGE + ".\r\n";
            client.send(one + one + "NOOP\r\nQUIT\r\n");
            for (int i = 0; i < 2; i++) {
                assertThat(client.reply()).startsWith("250 2.1.0");
                assertThat(client.reply()).startsWith("250 2.1.5");
                assertThat(client.reply()).startsWith("354");
                assertThat(client.reply()).startsWith("250 2.0.0 delivered");
            }
            assertThat(client.reply()).startsWith("250 2.0.0 OK");
            assertThat(client.reply()).startsWith("221");
        }
        assertThat(kept.messages).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\n.\n", "\n.\r\n", "\r.\r", "\r.\r\n", "\r\n.\n", "\r\n.\r", "\r\n.\rx\r\n", "a\nb", "a\rb"})
    void takesNothingElseForTheEndOfDataAndRefusesTheMessage(String smuggled) throws IOException {
        try (Loopback client = greeted(mx())) {
            client.say("MAIL FROM:<a@example.com>");
            client.say("RCPT TO:<alice@example.org>");
            client.say("DATA");
            String second = "MAIL FROM:<b@example.com>\r\nRCPT TO:<alice@example.org>\r\nDATA\r\n" + MESSAGE;
            assertThat(client.say(MESSAGE + "text" + smuggled + second + "\r\n."))
                    .startsWith("550 5.6.0 ");
            assertThat(client.say("NOOP")).startsWith("250 ");
        }
        assertThat(kept.messages).isEmpty();
    }

    @Test
    void takesChunks() throws IOException {
        try (Loopback client = greeted(mx())) {
            client.say("MAIL FROM:<a@example.com>");
            client.say("RCPT TO:<alice@example.org>");
            client.send("BDAT 12\r\nSubject: x\r\n");
            assertThat(client.reply()).isEqualTo("250 2.0.0 12 octets received");
            assertThat(client.say("DATA")).startsWith("503 ");
            client.send("BDAT 9 LAST\r\n\r\n.\r\n.x\r\nNOOP\r\n");
            assertThat(client.reply()).startsWith("250 2.0.0 delivered");
            assertThat(client.reply()).startsWith("250 2.0.0 OK");
            client.send("BDAT 4 LAST\r\nQUITNOOP\r\n");
            assertThat(client.reply()).startsWith("503 5.5.1 say MAIL");
            assertThat(client.reply()).startsWith("250 2.0.0 OK");
        }
        assertThat(kept.messages).containsExactly("Subject: x\r\n\r\n.\r\n.x\r\n");
    }

    @Test
    void refusesWhatIsTooBigAtMailAtTheEndAndInChunks() throws IOException {
        try (Loopback client = greeted(mx())) {
            assertThat(client.say("MAIL FROM:<a@example.com> SIZE=10001")).startsWith("552 5.3.4 ");
            client.say("MAIL FROM:<a@example.com>");
            client.say("RCPT TO:<alice@example.org>");
            client.say("DATA");
            assertThat(client.say("x".repeat(98).concat("\r\n").repeat(101) + "."))
                    .startsWith("552 5.3.4 ");
            client.say("MAIL FROM:<a@example.com>");
            client.say("RCPT TO:<alice@example.org>");
            client.send("BDAT 10001\r\n" + "x".repeat(10_001));
            assertThat(client.reply()).startsWith("552 5.3.4 ");
        }
        try (Loopback client = greeted(mx())) {
            client.say("MAIL FROM:<a@example.com>");
            client.say("RCPT TO:<alice@example.org>");
            client.say("DATA");
            client.send("x".repeat(98).concat("\r\n").repeat(1_000));
            assertThat(client.reply()).startsWith("552 5.3.4 ");
        } catch (java.net.SocketException closedWhileSending) {
            assertThat(kept.messages).isEmpty();
        }
        assertThat(kept.messages).isEmpty();
    }

    @Test
    void refusesALoop() throws IOException {
        try (Loopback client = greeted(mx())) {
            for (int hops : new int[] {99, 100}) {
                client.say("MAIL FROM:<a@example.com>");
                client.say("RCPT TO:<alice@example.org>");
                client.say("DATA");
                assertThat(client.say("Received: x\r\n".repeat(hops) + "\r\nbody\r\n."))
                        .startsWith(hops < 100 ? "250 " : "554 5.4.6 ");
            }
        }
    }

    @Test
    void wantsCommandsInOrder() throws IOException {
        try (Loopback client = mx()) {
            client.reply();
            assertThat(client.say("MAIL FROM:<a@example.com>")).startsWith("503 5.5.1 say EHLO");
            client.say("HELO c");
            assertThat(client.say("RCPT TO:<alice@example.org>")).startsWith("503 5.5.1 say MAIL");
            assertThat(client.say("DATA")).startsWith("503 5.5.1 say MAIL");
            client.say("MAIL FROM:<>");
            assertThat(client.say("DATA")).startsWith("503 5.5.1 no valid recipients");
            assertThat(client.say("MAIL FROM:<>")).startsWith("503 5.5.1 a transaction");
            assertThat(client.say("RSET")).startsWith("250 ");
            assertThat(client.say("MAIL FROM:<>")).startsWith("250 ");
            assertThat(client.say("VRFY alice")).startsWith("252 ");
            assertThat(client.say("EXPN list")).startsWith("502 ");
            assertThat(client.say("AUTH PLAIN")).startsWith("502 ");
        }
    }

    @Test
    void offersNoLoginInTheClearAndWantsOneBeforeMail() throws IOException {
        try (Loopback client = submission()) {
            client.reply();
            assertThat(client.say("EHLO c")).contains("STARTTLS").doesNotContain("AUTH");
            assertThat(client.say("AUTH PLAIN " + plain("alice@example.org", "secret")))
                    .startsWith("530 5.7.0 say STARTTLS");
            assertThat(client.say("MAIL FROM:<alice@example.org>")).startsWith("530 5.7.0 say STARTTLS");
            assertThat(client.say("STARTTLS")).startsWith("220 ");
            client.startTls();
            assertThat(client.say("MAIL FROM:<alice@example.org>"))
                    .as("what was said before is forgotten")
                    .startsWith("503 ");
            assertThat(client.say("EHLO c"))
                    .contains("AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN")
                    .doesNotContain("STARTTLS");
            assertThat(client.say("AUTH PLAIN " + plain("alice@example.org", "wrong")))
                    .startsWith("535 5.7.8 ");
            assertThat(client.say("AUTH CRAM-MD5")).startsWith("504 ");
            assertThat(client.say("AUTH LOGIN")).startsWith("334 ");
            assertThat(client.say("*")).startsWith("501 5.7.0 ");
            assertThat(client.say("AUTH PLAIN ?")).startsWith("501 5.5.2 ");
            assertThat(client.say("AUTH PLAIN " + plain("alice@example.org", "secret")))
                    .startsWith("235 2.7.0 ");
            assertThat(client.say("AUTH PLAIN " + plain("alice@example.org", "secret")))
                    .startsWith("503 ");
            assertThat(client.say("MAIL FROM:<alice@example.org>")).startsWith("250 ");
        }
    }

    @Test
    void refusesOctetsThatCameBehindStartTls() throws IOException {
        try (Loopback client = greeted(mx())) {
            client.send("STARTTLS\r\nNOOP\r\n");
            assertThat(client.reply()).startsWith("421 4.7.0 ");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void endsASessionOfErrorsAndOneOfABrowser() throws IOException {
        try (Loopback client = greeted(mx())) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.say("XYZZY")).startsWith("500 5.5.2 ");
            }
            assertThat(client.reply()).startsWith("421 4.7.0 too many errors");
            assertThat(client.line()).isNull();
        }
        try (Loopback client = greeted(mx())) {
            assertThat(client.say("GET / HTTP/1.1")).startsWith("421 ");
            assertThat(client.line()).isNull();
        }
        try (Loopback client = greeted(mx())) {
            assertThat(client.say("NOOP " + "x".repeat(10_000))).startsWith("500 5.5.6 ");
        }
    }

    @Test
    void saysThatItWaitedTooLong() throws IOException {
        SmtpSettings.Limits hasty =
                new SmtpSettings.Limits(10_000, 4_096, 3, 20, 5, Duration.ofMillis(100), Duration.ofMillis(100));
        try (Loopback client = open(SmtpService.MX, hasty)) {
            assertThat(client.reply()).startsWith("220 ");
            assertThat(client.reply()).startsWith("421 4.4.2 ");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void limitsRecipients() throws IOException {
        try (Loopback client = greeted(open(
                SmtpService.MX,
                new SmtpSettings.Limits(10_000, 4_096, 3, 20, 5, Duration.ofMinutes(1), Duration.ofMinutes(1))))) {
            client.say("MAIL FROM:<>");
            for (int i = 0; i < 3; i++) {
                assertThat(client.say("RCPT TO:<alice@example.org>")).startsWith("250 ");
            }
            assertThat(client.say("RCPT TO:<alice@example.org>")).startsWith("452 4.5.3 ");
        }
    }

    @Test
    void wantsSmtpUtf8ForAddressesBeyondAscii() throws IOException {
        try (Loopback client = greeted(mx())) {
            String umlaut = new String("ä@example.org".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            assertThat(client.say("MAIL FROM:<" + umlaut + ">")).startsWith("553 5.6.7 ");
            assertThat(client.say("MAIL FROM:<" + umlaut + "> SMTPUTF8")).startsWith("250 ");
        }
    }

    /** A client in the middle of a message would not hear the answer if the connection ended there. */
    @Test
    void saysAtTheEndOfAMessageThatThereIsNoRoomForItAndGoesOn() throws IOException {
        Path spool = Files.createDirectory(folder.resolve("spool"));
        SmtpSettings settings =
                new SmtpSettings(SmtpService.MX, "mail.example.org", spool, false, SmtpSettings.Limits.DEFAULTS);
        String large = MESSAGE + "octets\r\n".repeat(100_000);
        try (Loopback client = greeted(open(settings))) {
            Files.delete(spool);
            client.say("MAIL FROM:<a@example.com>");
            client.say("RCPT TO:<alice@example.org>");
            client.say("DATA");
            assertThat(client.say(large + ".")).startsWith("452 4.3.1 ");
            client.say("MAIL FROM:<a@example.com>");
            client.say("RCPT TO:<alice@example.org>");
            client.send("BDAT " + large.length() + "\r\n" + large);
            assertThat(client.reply()).startsWith("250 ");
            assertThat(client.say("BDAT 0 LAST")).startsWith("452 4.3.1 ");
            Files.createDirectory(spool);
            client.say("MAIL FROM:<a@example.com>");
            client.say("RCPT TO:<alice@example.org>");
            client.say("DATA");
            assertThat(client.say(large + ".")).startsWith("250 2.0.0 ");
        }
        assertThat(kept.messages).containsExactly(large);
    }

    @Test
    void defersWhenTheServiceIsNotThere() throws IOException {
        kept.down = true;
        try (Loopback client = greeted(mx())) {
            assertThat(client.say("MAIL FROM:<a@example.com>")).startsWith("451 4.3.0 ");
        }
    }

    private static String plain(String user, String password) {
        return Base64.getEncoder().encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static Loopback greeted(Loopback client) throws IOException {
        client.reply();
        client.say("EHLO client.example.org");
        return client;
    }

    private Loopback mx() throws IOException {
        return open(SmtpService.MX, SmtpSettings.Limits.DEFAULTS.withMessageSize(10_000));
    }

    private Loopback submission() throws IOException {
        return open(SmtpService.SUBMISSION, SmtpSettings.Limits.DEFAULTS.withMessageSize(10_000));
    }

    private Loopback open(SmtpService service, SmtpSettings.Limits limits) throws IOException {
        return open(new SmtpSettings(service, "mail.example.org", folder, false, limits));
    }

    private Loopback open(SmtpSettings settings) throws IOException {
        MailListener listener = MailListener.start(
                new ListenerSettings("smtp", "127.0.0.1", 0, false, ""),
                new ConnectionLimits(10, 10),
                tls::context,
                connection -> new SmtpSession(connection, kept, settings, InstantSource.system()).run());
        listeners.add(listener);
        return new Loopback(listener.port());
    }

    /** Serves alice@example.org, password "secret", and keeps everything. */
    private static final class Kept implements SmtpListener, Endpoints<SmtpListener> {
        private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
        private final List<SmtpEnvelope> envelopes = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean down;

        @Override
        public <T extends @Nullable Object> T ask(Function<SmtpListener, T> question) {
            if (down) {
                throw new ServiceUnavailableException(new IllegalStateException("down"));
            }
            return question.apply(this);
        }

        @Override
        public SmtpVerdict sender(SenderQuestion question) {
            return new SmtpVerdict.Accept("");
        }

        @Override
        public SmtpVerdict recipient(RecipientQuestion question) {
            return question.recipient().localPart().equals("alice")
                    ? new SmtpVerdict.Accept("")
                    : new SmtpVerdict.Refuse(550, "5.1.1", "no such user");
        }

        @Override
        public SmtpVerdict deliver(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) {
            try (var in = message.open()) {
                messages.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            envelopes.add(envelope);
            return new SmtpVerdict.Accept("id" + envelopes.size());
        }

        @Override
        public LoginResult login(LoginAttempt attempt) {
            boolean right = attempt.username().equals("alice@example.org")
                    && attempt.password().reveal().equals("secret");
            return right
                    ? new LoginResult.Accepted(new AccountId(1), EmailAddress.parse("alice@example.org"))
                    : new LoginResult.Rejected(Duration.ofMillis(1));
        }

        @Override
        public ScramLookup scram(MailProtocol protocol, Peer peer, String username) {
            return new ScramLookup(ScramVerifiers.madeUp(username, new byte[32]));
        }

        @Override
        public LoginResult scramCompleted(MailProtocol protocol, Peer peer, String username, boolean proved) {
            return new LoginResult.Rejected(Duration.ZERO);
        }
    }
}
