// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wildpost.adapter.login.DemoTokens;
import org.wildpost.adapter.login.Introduction;
import org.wildpost.adapter.net.Connection;
import org.wildpost.adapter.net.LineClient;
import org.wildpost.adapter.net.LoopbackListener;
import org.wildpost.core.listener.smtp.SmtpService;

/** Logins by token over submission (RFC 7628 §4.3, RFC 4954 §4). */
class SmtpTokenTest {
    @TempDir
    private Path folder;

    private final DemoSmtp server = new DemoSmtp();

    private SmtpSession session(Connection connection) {
        SmtpSettings settings =
                new SmtpSettings(SmtpService.SUBMISSION, "mx.demo.test", folder, true, SmtpSettings.Limits.DEFAULTS);
        Introduction introduction = Introduction.of(server, settings.hostname());
        return new SmtpSession(connection, server, settings.with(introduction), InstantSource.system());
    }

    @Test
    void logsInAfterARefusalThatIsExplained() throws IOException {
        server.tokens = Optional.of(DemoTokens.ISSUER);
        try (LoopbackListener listener = LoopbackListener.implicitTls(
                        connection -> session(connection).run());
                LineClient client = listener.client().startTls()) {
            client.readReply();
            client.write("EHLO c\r\n");
            assertThat(client.readReply())
                    .anyMatch(line ->
                            line.endsWith("AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256 OAUTHBEARER XOAUTH2 PLAIN LOGIN"));
            assertThat(client.ask("AUTH OAUTHBEARER " + DemoTokens.BAD_BEARER))
                    .isEqualTo("334 " + DemoTokens.EXPLANATION);
            assertThat(client.ask(DemoTokens.ACKNOWLEDGED)).startsWith("535 ");
            assertThat(client.ask("AUTH XOAUTH2 " + DemoTokens.GOOD_XOAUTH2)).startsWith("235 ");
        }
    }

    /** RFC 7628 §5: no token crosses without TLS, whatever the settings for tests are. */
    @Test
    void takesNoTokenInTheClear() throws IOException {
        server.tokens = Optional.of(DemoTokens.ISSUER);
        assertThat(plainAnswers()).noneMatch(line -> line.contains("OAUTH"));
    }

    @Test
    void isUnknownWhereNobodyVerifiesTokens() throws IOException {
        assertThat(plainAnswers()).noneMatch(line -> line.contains("OAUTH"));
    }

    private List<String> plainAnswers() throws IOException {
        try (LoopbackListener listener =
                        LoopbackListener.plain(connection -> session(connection).run());
                LineClient client = listener.client()) {
            client.readReply();
            client.write("EHLO c\r\n");
            List<String> offered = client.readReply();
            assertThat(offered).anyMatch(line -> line.contains("AUTH "));
            assertThat(client.ask("AUTH OAUTHBEARER " + DemoTokens.GOOD_BEARER)).startsWith("504 ");
            return offered;
        }
    }
}
