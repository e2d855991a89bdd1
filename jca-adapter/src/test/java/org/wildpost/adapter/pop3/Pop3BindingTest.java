// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.adapter.login.ScramExchange;
import org.wildpost.adapter.net.LineClient;
import org.wildpost.adapter.net.LoopbackListener;

/** SCRAM-SHA-256-PLUS over POP3 and a TLS of its own (RFC 5034 §4, RFC 5802 §6, RFC 5929 §4, RFC 9266 §2). */
@Timeout(60)
class Pop3BindingTest {
    private static final byte[] NOTHING = {};

    private final FakeMaildrops drops = Pop3Script.maildrops();

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
            assertThat(client.readLine()).startsWith("+OK ");
            client.write("CAPA\r\n");
            assertThat(lines(client)).contains("\nSASL SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN\n");
            byte[] binding = ScramExchange.binding(client.session(), type);
            byte[] other = binding.clone();
            other[0] ^= 1;

            assertThat(login(client, "SCRAM-SHA-256-PLUS", "p=" + type + ",,", other))
                    .isEqualTo("-ERR the channel binding or the nonce is not that of this exchange");
            assertThat(login(client, "SCRAM-SHA-256-PLUS", "p=" + type + ",,", binding))
                    .isEqualTo("+OK 2 messages, 66 octets");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SCRAM-SHA-256      | n,,                | +OK 2 messages, 66 octets",
                "SCRAM-SHA-256      | y,,                | -ERR this server offers channel binding: somebody changed what it said",
                "SCRAM-SHA-256      | p=tls-exporter,,   | -ERR channel binding needs SCRAM-SHA-256-PLUS",
                "SCRAM-SHA-256-PLUS | n,,                | -ERR SCRAM-SHA-256-PLUS binds to the channel",
                "SCRAM-SHA-256-PLUS | y,,                | -ERR SCRAM-SHA-256-PLUS binds to the channel",
                "SCRAM-SHA-256-PLUS | p=tls-unique,,     | -ERR this connection has no channel binding of this type"
            })
    void takesABindingOnlyAsItWasOffered(String mechanism, String gs2, String answer)
            throws IOException, GeneralSecurityException {
        try (LoopbackListener listener = listener();
                LineClient client = listener.client().startTls()) {
            client.readLine();
            assertThat(login(client, mechanism, gs2, NOTHING)).isEqualTo(answer);
        }
    }

    private LoopbackListener listener() throws IOException {
        return LoopbackListener.implicitTls(new Pop3Conversation(Pop3Script.SETTINGS, drops));
    }

    private static String lines(LineClient client) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String line = client.readLine(); !line.equals("."); line = client.readLine()) {
            lines.append(line).append('\n');
        }
        return lines.toString();
    }

    /** The answer to the whole exchange. */
    private static String login(LineClient client, String mechanism, String gs2, byte[] binding)
            throws IOException, GeneralSecurityException {
        ScramExchange scram = new ScramExchange(FakeMaildrops.NAME, FakeMaildrops.PASSWORD, gs2, binding);
        String answer =
                client.write("AUTH " + mechanism + " " + scram.first() + "\r\n").readLine();
        if (answer.startsWith("+ ")) {
            answer = client.write(scram.last(answer.substring(2)) + "\r\n").readLine();
        }
        if (answer.startsWith("+ ")) {
            scram.check(answer.substring(2));
            answer = client.write("\r\n").readLine();
        }
        return answer;
    }
}
