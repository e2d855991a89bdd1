// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.wildpost.adapter.net.LineClient;
import org.wildpost.adapter.net.LoopbackListener;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.net.Networks;

/** Whatever a client sends, a session answers in replies, ends, and does not fail. */
class SmtpFuzzTest {
    private static final List<String> WORDS = List.of(
            "EHLO c\r\n",
            "HELO c\r\n",
            "MAIL FROM:<a@example.com>\r\n",
            "MAIL FROM:<> SIZE=5 BODY=8BITMIME SMTPUTF8\r\n",
            "MAIL FROM:<> BODY=BINARYMIME RET=HDRS ENVID=a+2Bb MT-PRIORITY=-3\r\n",
            "MAIL FROM:<> BY=120;RT HOLDFOR=60 AUTH=<>\r\n",
            "MAIL FROM:<> REQUIRETLS HOLDUNTIL=2026-11-05T09:00:00Z\r\n",
            "RCPT TO:<bob@demo.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b+2Bb@x.example\r\n",
            "RCPT TO:<full@demo.test> NOTIFY=NEVER ORCPT=utf-8;\\x{E4}@x.example\r\n",
            "BDAT 44 LAST\r\nContent-Transfer-Encoding: binary\r\n\r\na\nb\rc\0d",
            "LHLO c\r\n",
            "XCLIENT NAME=a ADDR=IPV6:2001:db8::1 PORT=1 PROTO=SMTP HELO=b LOGIN=[UNAVAILABLE]\r\n",
            "STARTTLS\r\n",
            "RCPT TO:<alice@demo.test>\r\n",
            "RCPT TO:<nobody@demo.test>\r\n",
            "DATA\r\n",
            "Subject: x\r\n\r\nbody\r\n.\r\n",
            "\r\n.\r\n",
            ".\r\n",
            "..\r\n",
            "BDAT 5\r\nabcde",
            "BDAT 3 LAST\r\n\r\nx",
            "BDAT 0 LAST\r\n",
            "BDAT 77777777777\r\n",
            "AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB3aWxkcG9zdA==\r\n",
            "AUTH SCRAM-SHA-256 biwsbj1hbGljZUBkZW1vLnRlc3Qscj1h\r\n",
            "AUTH LOGIN\r\n",
            "*\r\n",
            "=\r\n",
            "RSET\r\n",
            "NOOP\r\n",
            "VRFY x\r\n",
            "\r",
            "\n",
            "\0",
            "<",
            "\"",
            "@");

    /** How sessions begin, so that every state sees everything. */
    private static final List<String> STATES = List.of(
            "",
            "HELO c\r\n",
            "EHLO c\r\n",
            "LHLO c\r\n",
            "EHLO c\r\nAUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB3aWxkcG9zdA==\r\n",
            "EHLO c\r\nMAIL FROM:<a@example.com> BODY=BINARYMIME\r\nRCPT TO:<alice@demo.test>\r\n",
            "EHLO c\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<alice@demo.test>\r\nBDAT 3\r\nabc",
            "LHLO c\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<alice@demo.test>\r\nRCPT TO:<full@demo.test>\r\n",
            "XCLIENT ADDR=192.0.2.1 HELO=d\r\nEHLO c\r\n");

    private static final Map<SmtpService, LoopbackListener> LISTENERS = new EnumMap<>(SmtpService.class);
    private static Path folder;

    @BeforeContainer
    static void listen() throws IOException {
        folder = Files.createTempDirectory("smtp-fuzz");
        DemoSmtp server = new DemoSmtp();
        Networks loopback = Networks.parse("127.0.0.0/8");
        for (SmtpService service : SmtpService.values()) {
            SmtpSettings settings = new SmtpSettings(
                    service,
                    "mx.demo.test",
                    folder,
                    true,
                    SmtpSettings.Limits.DEFAULTS.withMessageSize(300),
                    ExtensionLimits.DEFAULTS,
                    new SmtpSettings.Trust(loopback, loopback));
            LISTENERS.put(
                    service,
                    LoopbackListener.plain(
                            connection -> new SmtpSession(connection, server, settings, InstantSource.system()).run()));
        }
    }

    @AfterContainer
    static void stop() throws IOException {
        LISTENERS.values().forEach(LoopbackListener::close);
        assertThat(folder).isEmptyDirectory();
        Files.delete(folder);
    }

    @Provide
    Arbitrary<String> states() {
        return Arbitraries.of(STATES);
    }

    @Provide
    Arbitrary<List<byte[]>> talks() {
        Arbitrary<byte[]> words = Arbitraries.of(WORDS).map(word -> word.getBytes(StandardCharsets.ISO_8859_1));
        Arbitrary<byte[]> mutated = Combinators.combine(
                        Arbitraries.of(WORDS), Arbitraries.integers().between(0, 80), Arbitraries.bytes())
                .as(SmtpFuzzTest::mutated);
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        return Arbitraries.frequencyOf(Tuple.of(12, words), Tuple.of(3, mutated), Tuple.of(1, noise))
                .list()
                .ofMaxSize(30);
    }

    private static byte[] mutated(String word, int at, byte octet) {
        byte[] octets = word.getBytes(StandardCharsets.ISO_8859_1);
        octets[at % octets.length] = octet;
        return octets;
    }

    @Property(tries = 1_500)
    void answersInRepliesAndEnds(
            @ForAll SmtpService service, @ForAll("states") String state, @ForAll("talks") List<byte[]> talk)
            throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(state.getBytes(StandardCharsets.US_ASCII));
        talk.forEach(all::writeBytes);
        LoopbackListener listener = Objects.requireNonNull(LISTENERS.get(service));
        try (LineClient client = listener.client()) {
            client.write(all.toByteArray());
            client.finish();
            // Behind the go-ahead comes the alert of a handshake that was none.
            String said = client.readToEnd().split("220 2\\.0\\.0 ready", 2)[0];
            assertThat(said.lines()).isNotEmpty().allMatch(line -> line.matches("[2-5][0-9]{2}[ -].*"));
        } catch (SocketException closedWithOctetsUnread) {
            // The session ended on an error while octets were on their way.
            assertThat(closedWithOctetsUnread).hasMessageContaining("onnection");
        }
        assertThat(listener.faults()).isEmpty();
    }
}
