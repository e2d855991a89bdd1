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
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.wildpost.adapter.net.LineClient;
import org.wildpost.adapter.net.LoopbackListener;
import org.wildpost.core.listener.smtp.SmtpService;

/** Whatever a client sends, a session answers in replies, ends, and does not fail. */
class SmtpFuzzTest {
    private static final List<String> WORDS = List.of(
            "EHLO c\r\n",
            "HELO c\r\n",
            "MAIL FROM:<a@example.com>\r\n",
            "MAIL FROM:<> SIZE=5 BODY=8BITMIME SMTPUTF8\r\n",
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

    private static LoopbackListener listener;
    private static Path folder;

    @BeforeContainer
    static void listen() throws IOException {
        folder = Files.createTempDirectory("smtp-fuzz");
        SmtpSettings settings = new SmtpSettings(
                SmtpService.SUBMISSION,
                "mx.demo.test",
                folder,
                true,
                SmtpSettings.Limits.DEFAULTS.withMessageSize(300));
        DemoSmtp server = new DemoSmtp();
        listener = LoopbackListener.plain(
                connection -> new SmtpSession(connection, server, settings, InstantSource.system()).run());
    }

    @AfterContainer
    static void stop() throws IOException {
        listener.close();
        assertThat(folder).isEmptyDirectory();
        Files.delete(folder);
    }

    @Provide
    Arbitrary<List<byte[]>> talks() {
        Arbitrary<byte[]> words = Arbitraries.of(WORDS).map(word -> word.getBytes(StandardCharsets.ISO_8859_1));
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, words), net.jqwik.api.Tuple.of(1, noise))
                .list()
                .ofMaxSize(30);
    }

    @Property(tries = 600)
    void answersInRepliesAndEnds(@ForAll("talks") List<byte[]> talk) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(
                "EHLO c\r\nAUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB3aWxkcG9zdA==\r\n".getBytes(StandardCharsets.US_ASCII));
        talk.forEach(all::writeBytes);
        try (LineClient client = listener.client()) {
            client.write(all.toByteArray());
            client.finish();
            assertThat(client.readToEnd().lines()).isNotEmpty().allMatch(line -> line.matches("[2-5][0-9]{2}[ -].*"));
        } catch (SocketException closedWithOctetsUnread) {
            // The session ended on an error while octets were on their way.
            assertThat(closedWithOctetsUnread).hasMessageContaining("onnection");
        }
        assertThat(listener.faults()).isEmpty();
    }
}
