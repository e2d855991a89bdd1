// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.adapter.login.ScramExchange;
import org.wildpost.adapter.net.LineClient;
import org.wildpost.adapter.net.LoopbackListener;
import org.wildpost.core.listener.smtp.SmtpService;

/** SCRAM-SHA-256 and SCRAM-SHA-256-PLUS in AUTH (RFC 7677 §3, RFC 4954 §4), the client's half written from the RFCs. */
@Timeout(60)
class SmtpScramTest {
    private static final String PLUS = "SCRAM-SHA-256-PLUS";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"alice@demo.test, wildpost, 235", "alice@demo.test, wrong, 535", "nobody@demo.test, wildpost, 535"})
    void letsInWhoKnowsThePasswordAlone(String name, String password, int code)
            throws IOException, GeneralSecurityException {
        try (LoopbackListener listener = listener();
                LineClient client = listener.client().startTls()) {
            client.readReply();
            client.ask("EHLO c");
            String answer = login(client, "SCRAM-SHA-256", name, password, "n,,", new byte[0]);
            assertThat(answer).startsWith(code + " ");
            assertThat(client.ask("MAIL FROM:<alice@demo.test>")).startsWith(code == 235 ? "250 " : "530 ");
        }
    }

    /** RFC 5929 §4 and RFC 9266 §2, computed from the client's end of the connection. */
    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, tls-exporter",
        "TLSv1.2, tls-exporter",
        "TLSv1.3, tls-server-end-point",
        "TLSv1.2, tls-server-end-point"
    })
    void bindsALoginToItsConnection(String protocol, String type) throws IOException, GeneralSecurityException {
        try (LoopbackListener listener = listener();
                LineClient client = listener.client().startTls(protocol)) {
            client.readReply();
            client.write("EHLO c\r\n");
            assertThat(client.readReply())
                    .anyMatch(line -> line.endsWith("AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN"));
            byte[] binding = ScramExchange.binding(client.session(), type);
            byte[] other = binding.clone();
            other[0] ^= 1;

            assertThat(login(client, PLUS, "alice@demo.test", "wildpost", "p=" + type + ",,", other))
                    .as("somebody in the middle has another connection")
                    .startsWith("501 ");
            assertThat(login(client, PLUS, "alice@demo.test", "wrong", "p=" + type + ",,", binding))
                    .startsWith("535 ");
            assertThat(login(client, PLUS, "alice@demo.test", "wildpost", "p=" + type + ",,", binding))
                    .startsWith("235 ");
        }
    }

    /** RFC 5802 §6. */
    @ParameterizedTest
    @CsvSource({
        "SCRAM-SHA-256-PLUS, 'n,,'",
        "SCRAM-SHA-256-PLUS, 'y,,'",
        "SCRAM-SHA-256-PLUS, 'p=tls-unique,,'",
        "SCRAM-SHA-256, 'p=tls-exporter,,'",
        "SCRAM-SHA-256, 'y,,'"
    })
    void refusesABindingThatIsNotWhatWasOffered(String mechanism, String gs2) throws IOException {
        try (LoopbackListener listener = listener();
                LineClient client = listener.client().startTls()) {
            client.readReply();
            client.ask("EHLO c");
            assertThat(client.ask("AUTH " + mechanism + " "
                            + new ScramExchange("alice@demo.test", "wildpost", gs2, new byte[0]).first()))
                    .startsWith("501 ");
        }
    }

    private LoopbackListener listener() throws IOException {
        SmtpSettings settings =
                new SmtpSettings(SmtpService.SUBMISSION, "mx.demo.test", folder, false, SmtpSettings.Limits.DEFAULTS);
        DemoSmtp server = new DemoSmtp();
        return LoopbackListener.implicitTls(
                connection -> new SmtpSession(connection, server, settings, InstantSource.system()).run());
    }

    /** The reply to the whole exchange. */
    private static String login(
            LineClient client, String mechanism, String name, String password, String gs2, byte[] binding)
            throws IOException, GeneralSecurityException {
        ScramExchange scram = new ScramExchange(name, password, gs2, binding);
        String first = client.ask("AUTH " + mechanism + " " + scram.first());
        assertThat(first).startsWith("334 ");
        String answer = client.ask(scram.last(first.substring(4)));
        if (!answer.startsWith("334 ")) {
            return answer;
        }
        scram.check(answer.substring(4));
        return client.ask("");
    }
}
