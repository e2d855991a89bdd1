// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a client logs in, and why it may not (RFC 1939 §7, RFC 2595 §4, RFC 5034, RFC 3206). */
class Pop3LoginTest {
    private final Pop3Script script = new Pop3Script();

    @Test
    void showsItsCapabilitiesOverTls() {
        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: CAPA
                S: +OK capabilities
                S: TOP
                S: UIDL
                S: RESP-CODES
                S: AUTH-RESP-CODE
                S: PIPELINING
                S: EXPIRE NEVER
                S: UTF8 USER
                S: LANG
                S: USER
                S: SASL SCRAM-SHA-256 PLAIN LOGIN
                S: IMPLEMENTATION Wildpost
                S: .
                C: AUTH
                S: +OK mechanisms
                S: SCRAM-SHA-256
                S: PLAIN
                S: LOGIN
                S: .
                C: QUIT
                S: +OK bye
                """);
    }

    @Test
    void takesNoLoginBeforeTls() {
        script.connection = new MemoryConnection(false);

        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: CAPA
                S: +OK capabilities
                S: TOP
                S: UIDL
                S: RESP-CODES
                S: AUTH-RESP-CODE
                S: PIPELINING
                S: EXPIRE NEVER
                S: UTF8 USER
                S: LANG
                S: STLS
                S: IMPLEMENTATION Wildpost
                S: .
                C: AUTH
                S: +OK mechanisms
                S: .
                C: USER alice@demo.test
                S: -ERR encrypt first: STLS, or the port for TLS
                C: PASS tanstaaf l
                S: -ERR encrypt first: STLS, or the port for TLS
                C: AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs
                S: -ERR encrypt first: STLS, or the port for TLS
                C: STLS
                S: +OK begin TLS
                -- TLS --
                C: STLS
                S: -ERR TLS is on
                C: AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs
                S: +OK 2 messages, 66 octets
                C: QUIT
                S: +OK bye
                """);
    }

    @Test
    void takesALoginInTheClearWhenTheSettingForTestsSaysSo() {
        script.connection = new MemoryConnection(false);
        Pop3Settings open = new Pop3Settings("mx.demo.test", true, Duration.ofMinutes(10), Duration.ofMinutes(2), 5);

        script.plays(Pop3Script.loggedIn(""), open);
    }

    @Test
    void refusesOctetsInjectedBeforeTls() {
        script.connection = new MemoryConnection(false);
        script.connection.packet("STLS\r\nUSER mallory@demo.test\r\n".getBytes(StandardCharsets.US_ASCII));
        script.run();

        assertThat(script.connection.log()).isEqualTo("""
                S: +OK mx.demo.test POP3 ready
                C: STLS
                S: -ERR [SYS/PERM] octets before TLS began
                """);
    }

    @Test
    void forgetsTheNameGivenBeforeTls() {
        script.connection = new MemoryConnection(false);
        Pop3Settings open = new Pop3Settings("mx.demo.test", true, Duration.ofMinutes(10), Duration.ofMinutes(2), 5);

        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: USER mallory@demo.test
                S: +OK send PASS
                C: STLS
                S: +OK begin TLS
                -- TLS --
                C: PASS tanstaaf l
                S: -ERR send USER first
                """, open);
    }

    /** The examples of RFC 5034 §6: with and without an initial response, cancelled, not Base64. */
    @Test
    void speaksPlainInEveryWay() {
        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: AUTH PLAIN
                S: +\s
                C: *
                S: -ERR cancelled
                C: AUTH PLAIN
                S: +\s
                C: not base64
                S: -ERR that was not Base64
                C: AUTH CRAM-MD5
                S: -ERR unknown mechanism; AUTH alone lists those known
                C: AUTH PLAIN
                S: +\s
                C: AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs
                S: +OK 2 messages, 66 octets
                C: AUTH PLAIN
                S: -ERR you are logged in
                """);
    }

    @Test
    void takesLongLinesInAnExchange() {
        String long4 = "QUJD".repeat(1000);

        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: AUTH PLAIN
                S: +\s
                C: %s
                S: -ERR PLAIN is [authzid] NUL name NUL password in UTF-8
                C: AUTH PLAIN
                S: +\s
                C: %s
                S: -ERR the line is too long
                """.formatted(long4, long4.repeat(4)));
    }

    @Test
    void logsInWithScramSha256() {
        ScramClient client = new ScramClient(FakeMaildrops.NAME, FakeMaildrops.PASSWORD);
        script.connection.responder = client::answer;
        script.run();

        assertThat(client.serverProved()).isTrue();
        assertThat(script.connection.log()).endsWith("S: +OK 2 messages, 66 octets\n");
        assertThat(script.drops.questions).contains("scram alice@demo.test true", "open");
    }

    @Test
    void rejectsAWrongScramProof() {
        ScramClient client = new ScramClient(FakeMaildrops.NAME, "guessed");
        script.connection.responder = client::answer;
        script.run();

        assertThat(client.serverProved()).isFalse();
        assertThat(script.connection.log()).endsWith("S: -ERR [AUTH] name or password is wrong\n");
        assertThat(script.drops.questions)
                .contains("scram alice@demo.test false")
                .doesNotContain("open");
    }

    @Test
    void waitsBeforeItRejectsAndAsksForTheNameAgain() {
        script.drops.delay = Duration.ofMillis(120);
        long begun = System.nanoTime();

        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: USER alice@demo.test
                S: +OK send PASS
                C: PASS wrong
                S: -ERR [AUTH] name or password is wrong
                C: PASS tanstaaf l
                S: -ERR send USER first
                """);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(script.drops.delay);
    }

    @Test
    void saysThatAnotherSessionHasTheMaildrop() {
        script.drops.open(FakeMaildrops.ALICE);

        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs
                S: -ERR [IN-USE] another POP3 session has this maildrop
                """);
        assertThat(script.drops.questions).doesNotContain("release");
    }

    /** RFC 3206 §4: the client must not ask its owner for another password. */
    @Test
    void asksToTryLaterWhenTheServerIsSuspended() {
        script.drops.unavailable = true;

        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs
                S: -ERR [SYS/TEMP] not possible now, try again later
                C: QUIT
                S: +OK bye
                """);
    }
}
