// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.adapter.login.DemoTokens;
import org.wildpost.adapter.login.Introduction;

/** Logins by token over POP3 (RFC 7628 §3.2, RFC 5034 §4). */
class Pop3TokenTest {
    private static final Pop3Settings TOKENS =
            Pop3Script.SETTINGS.with(new Introduction("mx.demo.test", Optional.of(DemoTokens.ISSUER)));

    private final Pop3Script script = new Pop3Script();

    @Test
    void explainsARefusalAndThenFails() {
        script.plays(
                """
                S: +OK mx.demo.test POP3 ready
                C: AUTH
                S: +OK mechanisms
                S: SCRAM-SHA-256
                S: OAUTHBEARER
                S: XOAUTH2
                S: PLAIN
                S: LOGIN
                S: .
                C: AUTH OAUTHBEARER %s
                S: + %s
                C: AQ==
                S: -ERR [AUTH] name or password is wrong
                C: AUTH OAUTHBEARER
                S: +\s
                C: %s
                S: + %s
                C: *
                S: -ERR cancelled
                C: AUTH OAUTHBEARER %s
                S: +OK 2 messages, 66 octets
                """.formatted(
                                DemoTokens.BAD_BEARER,
                                DemoTokens.EXPLANATION,
                                DemoTokens.BAD_BEARER,
                                DemoTokens.EXPLANATION,
                                DemoTokens.GOOD_BEARER),
                TOKENS);
    }

    @Test
    void speaksWhatOldClientsSpeak() {
        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: AUTH XOAUTH2 %s
                S: +OK 2 messages, 66 octets
                """.formatted(DemoTokens.GOOD_XOAUTH2), TOKENS);
    }

    /** RFC 7628 §5: no token crosses without TLS, whatever the settings for tests are. */
    @Test
    void takesNoTokenInTheClear() {
        script.connection = new MemoryConnection(false);
        Pop3Settings open = new Pop3Settings(
                "mx.demo.test", true, Duration.ofMinutes(10), Duration.ofMinutes(2), 5, Optional.of(DemoTokens.ISSUER));

        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: AUTH
                S: +OK mechanisms
                S: SCRAM-SHA-256
                S: PLAIN
                S: LOGIN
                S: .
                C: AUTH OAUTHBEARER %s
                S: -ERR unknown mechanism; AUTH alone lists those known
                """.formatted(DemoTokens.GOOD_BEARER), open);
    }

    @Test
    void asksTheBeansWhoseTokensAreGood() throws Exception {
        script.drops.tokens = Optional.of(DemoTokens.ISSUER);
        script.connection.packet("CAPA\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        new Pop3Conversation(Pop3Script.SETTINGS, script.drops).run(script.connection);

        assertThat(script.connection.log()).contains("SASL SCRAM-SHA-256 OAUTHBEARER XOAUTH2 PLAIN LOGIN");
    }
}
