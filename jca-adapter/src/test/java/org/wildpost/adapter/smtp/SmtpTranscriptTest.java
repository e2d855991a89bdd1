// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.adapter.net.LineClient;
import org.wildpost.adapter.net.LoopbackListener;
import org.wildpost.adapter.net.Transcript;
import org.wildpost.core.listener.smtp.SmtpService;

/** Talks written down in {@code transcripts/smtp}, each against a session of its own over a real socket. */
@Timeout(60)
class SmtpTranscriptTest {
    @TempDir
    private Path folder;

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
                "smtputf8",
                "http",
                "refusals",
                "long-lines",
                "null-sender"
            })
    void plays(String name) throws IOException {
        Transcript transcript = Transcript.read("/transcripts/smtp/" + name + ".txt");
        DemoSmtp server = new DemoSmtp();
        SmtpSettings settings = new SmtpSettings(
                transcript.needs().contains("submission") ? SmtpService.SUBMISSION : SmtpService.MX,
                "mx.demo.test",
                folder,
                transcript.needs().contains("plaintext"),
                new SmtpSettings.Limits(1_000, 4_096, 3, 20, 3, Duration.ofMinutes(5), Duration.ofMinutes(3)));
        try (LoopbackListener listener = LoopbackListener.plain(
                        connection -> new SmtpSession(connection, server, settings, InstantSource.system()).run());
                LineClient client = listener.client()) {
            transcript.play(client);
            assertThat(listener.faults()).isEmpty();
        }
        assertThat(server.messages()).allSatisfy(message -> assertThat(message).startsWith("Subject: "));
    }
}
