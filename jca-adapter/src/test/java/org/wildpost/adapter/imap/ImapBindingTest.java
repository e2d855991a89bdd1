// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.adapter.login.ScramExchange;
import org.wildpost.adapter.net.LineClient;
import org.wildpost.adapter.net.LoopbackListener;

/** SCRAM-SHA-256-PLUS over IMAP and a TLS of its own (RFC 4959 §3, RFC 5802 §6, RFC 5929 §4, RFC 9266 §2). */
@Timeout(60)
class ImapBindingTest {
    private static final byte[] NOTHING = {};

    @TempDir
    private Path folder;

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
            assertThat(client.readLine()).contains(" AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-256 ");
            byte[] binding = ScramExchange.binding(client.session(), type);
            byte[] other = binding.clone();
            other[0] ^= 1;

            assertThat(login(client, "SCRAM-SHA-256-PLUS", "p=" + type + ",,", other))
                    .startsWith("a BAD ");
            assertThat(login(client, "SCRAM-SHA-256-PLUS", "p=" + type + ",,", binding))
                    .startsWith("a OK [CAPABILITY ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SCRAM-SHA-256, 'n,,', OK",
        "SCRAM-SHA-256, 'y,,', BAD",
        "SCRAM-SHA-256, 'p=tls-exporter,,', BAD",
        "SCRAM-SHA-256-PLUS, 'n,,', BAD",
        "SCRAM-SHA-256-PLUS, 'y,,', BAD",
        "SCRAM-SHA-256-PLUS, 'p=tls-unique,,', BAD"
    })
    void takesABindingOnlyAsItWasOffered(String mechanism, String gs2, String answer)
            throws IOException, GeneralSecurityException {
        try (LoopbackListener listener = listener();
                LineClient client = listener.client().startTls()) {
            client.readLine();
            assertThat(login(client, mechanism, gs2, NOTHING)).startsWith("a " + answer + " ");
        }
    }

    private LoopbackListener listener() throws IOException {
        ImapSettings settings = new ImapSettings("mail.demo.test", folder, false, ImapLimits.DEFAULTS);
        AnswerCache answers = new AnswerCache(1024, new SplittableRandom(1));
        return LoopbackListener.implicitTls(
                new ImapConversation(settings, new MemoryMail(PlainIndex::of), PlainIndex::of, answers));
    }

    /** The answer to the whole exchange. */
    private static String login(LineClient client, String mechanism, String gs2, byte[] binding)
            throws IOException, GeneralSecurityException {
        ScramExchange scram = new ScramExchange("alice@demo.test", "wildpost", gs2, binding);
        String answer = client.write("a AUTHENTICATE " + mechanism + " " + scram.first() + "\r\n")
                .readLine();
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
