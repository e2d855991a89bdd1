// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions as transcripts: what stands under C: is sent, and the whole exchange must come out as it is written. */
class Pop3SessionTest {
    private static final Pop3Settings SETTINGS =
            new Pop3Settings("mx.demo.test", false, Duration.ofMinutes(10), Duration.ofMinutes(2), 5);

    private static final String FIRST = "Subject: one\n\nline 1\n.\n..two dots\nend\n";
    private static final String SECOND = "Subject: two\n\nbody\n";

    private final FakeMaildrops drops = new FakeMaildrops().with(FIRST, SECOND);
    private MemoryConnection connection = new MemoryConnection(true);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Duration perCommand = Duration.ZERO;

    /** The session that RFC 1939 §10 tells, with our texts. */
    @Test
    void readsAndDeletesMail() {
        assertPlays("""
                S: +OK mx.demo.test POP3 ready
                C: USER alice@demo.test
                S: +OK send PASS
                C: PASS tanstaaf l
                S: +OK 2 messages, 66 octets
                C: STAT
                S: +OK 2 66
                C: LIST
                S: +OK 2 messages
                S: 1 44
                S: 2 22
                S: .
                C: LIST 2
                S: +OK 2 22
                C: UIDL
                S: +OK 2 messages
                S: 1 id-100
                S: 2 id-101
                S: .
                C: UIDL 1
                S: +OK 1 id-100
                C: RETR 1
                S: +OK 44 octets
                S: Subject: one
                S:\s
                S: line 1
                S: ..
                S: ...two dots
                S: end
                S: .
                C: TOP 1 1
                S: +OK 44 octets
                S: Subject: one
                S:\s
                S: line 1
                S: .
                C: DELE 1
                S: +OK done
                C: DELE 1
                S: -ERR no such message
                C: RETR 1
                S: -ERR no such message
                C: LIST
                S: +OK 1 messages
                S: 2 22
                S: .
                C: STAT
                S: +OK 1 22
                C: NOOP
                S: +OK done
                C: QUIT
                S: +OK bye
                """);
        assertThat(drops.questions).endsWith("commit [10]").doesNotContain("release");
    }

    @Test
    void takesDeletionsBackAtRset() {
        assertPlays(loggedIn("""
                C: DELE 1
                S: +OK done
                C: DELE 2
                S: +OK done
                C: RSET
                S: +OK 2 messages, 66 octets
                C: QUIT
                S: +OK bye
                """));
        assertThat(drops.questions).endsWith("commit []");
    }

    @Test
    void deletesNothingWhenTheClientGoesWithoutQuit() {
        assertPlays(loggedIn("""
                C: DELE 1
                S: +OK done
                """));
        assertThat(drops.questions).endsWith("release").doesNotContain("commit [10]");
    }

    @Test
    void deletesNothingAndSaysNothingWhenTheClientFallsSilent() {
        connection.silentAtEnd = true;

        assertPlays(loggedIn("""
                C: DELE 1
                S: +OK done
                """));
        assertThat(drops.questions).endsWith("release");
        assertThat(connection.patience).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void saysThatDeletionsWereNotMadeWhenTheLeaseWasLost() {
        drops.leaseLost = true;

        assertPlays(loggedIn("""
                C: DELE 1
                S: +OK done
                C: QUIT
                S: -ERR [SYS/TEMP] the deletions were not made, nothing is lost; connect again
                """));
    }

    @Test
    void renewsTheLeaseAsTheSessionLives() {
        perCommand = Duration.ofSeconds(31);

        assertPlays(loggedIn("""
                C: NOOP
                S: +OK done
                C: NOOP
                S: +OK done
                C: NOOP
                S: +OK done
                """));
        assertThat(drops.questions).filteredOn("renew"::equals).hasSize(1);
    }

    @Test
    void endsWhenTheLeaseWasLost() {
        perCommand = Duration.ofSeconds(61);
        drops.leaseLost = true;

        assertPlays("""
                S: +OK mx.demo.test POP3 ready
                C: AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs
                S: +OK 2 messages, 66 octets
                C: NOOP
                S: -ERR [SYS/TEMP] the maildrop was unlocked meanwhile; connect again
                """);
    }

    @Test
    void showsItsCapabilitiesOverTls() {
        assertPlays("""
                S: +OK mx.demo.test POP3 ready
                C: CAPA
                S: +OK capabilities
                S: TOP
                S: UIDL
                S: RESP-CODES
                S: AUTH-RESP-CODE
                S: PIPELINING
                S: EXPIRE NEVER
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
        connection = new MemoryConnection(false);

        assertPlays("""
                S: +OK mx.demo.test POP3 ready
                C: CAPA
                S: +OK capabilities
                S: TOP
                S: UIDL
                S: RESP-CODES
                S: AUTH-RESP-CODE
                S: PIPELINING
                S: EXPIRE NEVER
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
        connection = new MemoryConnection(false);
        Pop3Settings open = new Pop3Settings("mx.demo.test", true, Duration.ofMinutes(10), Duration.ofMinutes(2), 5);

        assertPlays(loggedIn(""), open);
    }

    @Test
    void refusesOctetsInjectedBeforeTls() {
        connection = new MemoryConnection(false);
        connection.packet("STLS\r\nUSER mallory@demo.test\r\n".getBytes(StandardCharsets.US_ASCII));
        run(SETTINGS);

        assertThat(connection.log()).isEqualTo("""
                S: +OK mx.demo.test POP3 ready
                C: STLS
                S: -ERR [SYS/PERM] octets before TLS began
                """);
    }

    @Test
    void forgetsTheNameGivenBeforeTls() {
        connection = new MemoryConnection(false);
        Pop3Settings open = new Pop3Settings("mx.demo.test", true, Duration.ofMinutes(10), Duration.ofMinutes(2), 5);

        assertPlays("""
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
        assertPlays("""
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
                S: -ERR unknown mechanism; known are SCRAM-SHA-256 PLAIN LOGIN
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

        assertPlays("""
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
        connection.responder = client::answer;
        run(SETTINGS);

        assertThat(client.serverProved()).isTrue();
        assertThat(connection.log()).endsWith("S: +OK 2 messages, 66 octets\n");
        assertThat(drops.questions).contains("scram alice@demo.test true", "open");
    }

    @Test
    void rejectsAWrongScramProof() {
        ScramClient client = new ScramClient(FakeMaildrops.NAME, "guessed");
        connection.responder = client::answer;
        run(SETTINGS);

        assertThat(client.serverProved()).isFalse();
        assertThat(connection.log()).endsWith("S: -ERR [AUTH] name or password is wrong\n");
        assertThat(drops.questions).contains("scram alice@demo.test false").doesNotContain("open");
    }

    @Test
    void waitsBeforeItRejectsAndAsksForTheNameAgain() {
        drops.delay = Duration.ofMillis(120);
        long begun = System.nanoTime();

        assertPlays("""
                S: +OK mx.demo.test POP3 ready
                C: USER alice@demo.test
                S: +OK send PASS
                C: PASS wrong
                S: -ERR [AUTH] name or password is wrong
                C: PASS tanstaaf l
                S: -ERR send USER first
                """);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(drops.delay);
    }

    @Test
    void saysThatAnotherSessionHasTheMaildrop() {
        drops.inUse = true;

        assertPlays("""
                S: +OK mx.demo.test POP3 ready
                C: AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs
                S: -ERR [IN-USE] another POP3 session has this maildrop
                """);
        assertThat(drops.questions).doesNotContain("release");
    }

    /** RFC 3206 §4: the client must not ask its owner for another password. */
    @Test
    void asksToTryLaterWhenTheServerIsSuspended() {
        drops.unavailable = true;

        assertPlays("""
                S: +OK mx.demo.test POP3 ready
                C: AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs
                S: -ERR [SYS/TEMP] not possible now, try again later
                C: QUIT
                S: +OK bye
                """);
    }

    @Test
    void keepsCommandsToTheirState() {
        assertPlays("""
                S: +OK mx.demo.test POP3 ready
                C: STAT
                S: -ERR log in first
                C: RETR 1
                S: -ERR log in first
                C: USER alice@demo.test
                S: +OK send PASS
                C: PASS tanstaaf l
                S: +OK 2 messages, 66 octets
                C: USER alice@demo.test
                S: -ERR you are logged in
                C: STLS
                S: -ERR you are logged in
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETR 0", "RETR 3", "TOP 3 1", "DELE 3", "LIST 3", "UIDL 0", "RETR 4294967297"})
    void knowsNoMessageThatIsNotThere(String command) {
        assertPlays(loggedIn("C: " + command + "\nS: -ERR no such message\n"));
    }

    @Test
    void saysThatAMessageExpungedByAnotherSessionIsGone() {
        drops.expungedElsewhere.add(10L);

        assertPlays(loggedIn("""
                C: RETR 1
                S: -ERR no such message
                C: RETR 2
                S: +OK 22 octets
                S: Subject: two
                S:\s
                S: body
                S: .
                """));
    }

    @Test
    void sendsALargeMessageInSlices() {
        String body = "0123456789abcdef\n".repeat(40_000);
        drops.messages.clear();
        drops.with("Subject: large\n\n" + body);
        connection.packet("AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs\r\n".getBytes(StandardCharsets.US_ASCII));
        connection.packet("RETR 1\r\n".getBytes(StandardCharsets.US_ASCII));
        connection.packet("TOP 1 2\r\n".getBytes(StandardCharsets.US_ASCII));
        run(SETTINGS);

        String message = new String(drops.messages.getFirst(), StandardCharsets.US_ASCII);
        assertThat(new String(connection.sent(), StandardCharsets.US_ASCII))
                .contains(message + ".\r\n")
                .endsWith("Subject: large\r\n\r\n0123456789abcdef\r\n0123456789abcdef\r\n.\r\n");
        assertThat(drops.questions)
                .filteredOn(question -> question.startsWith("content"))
                .containsExactly("content 10 0", "content 10 262144", "content 10 524288", "content 10 0");
    }

    @Test
    void closesInTheMiddleWhenAMessageVanishesWhileItIsSent() {
        drops.messages.clear();
        drops.with("Subject: large\n\n" + "0123456789abcdef\n".repeat(40_000) + "tail\n");
        connection.packet("AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs\r\n".getBytes(StandardCharsets.US_ASCII));
        connection.packet("RETR 1\r\nDELE 1\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        drops.vanishAt = 1000;
        run(SETTINGS);

        assertThat(new String(connection.sent(), StandardCharsets.US_ASCII)).doesNotContain("tail", ".\r\n");
        assertThat(drops.questions).endsWith("release");
    }

    @Test
    void answersPipelinedCommandsWithOneFlush() {
        connection.packet("AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs\r\n".getBytes(StandardCharsets.US_ASCII));
        connection.packet("STAT\r\nNOOP\r\nDELE 2\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        run(SETTINGS);

        assertThat(connection.log()).endsWith("""
                C: STAT
                S: +OK 2 66
                C: NOOP
                S: +OK done
                C: DELE 2
                S: +OK done
                C: QUIT
                S: +OK bye
                """);
        assertThat(connection.flushes()).isEqualTo(3);
        assertThat(drops.questions).endsWith("commit [11]");
    }

    @Test
    void endsAfterTooManyErrors() {
        assertPlays("""
                S: +OK mx.demo.test POP3 ready
                C: XYZZY
                S: -ERR unknown command
                C: RETR
                S: -ERR RETR takes a message number
                C: %s
                S: -ERR the line is too long
                C: STAT
                S: -ERR log in first
                C: HELP
                S: -ERR unknown command
                S: -ERR too many errors
                """.formatted("USER " + "x".repeat(249)));
    }

    @Test
    void takesALineOf255Octets() {
        String name = "x".repeat(248);

        assertPlays("""
                S: +OK mx.demo.test POP3 ready
                C: USER %s
                S: +OK send PASS
                """.formatted(name));
    }

    @Test
    void closesOnHttp() {
        connection.packet("POST / HTTP/1.1\r\nHost: x\r\n\r\nUSER a\r\n".getBytes(StandardCharsets.US_ASCII));
        run(SETTINGS);

        assertThat(connection.log()).endsWith("C: POST / HTTP/1.1\nS: -ERR this is POP3\n");
    }

    @Test
    void givesALoginOnlySoLong() {
        perCommand = Duration.ofSeconds(70);
        for (int i = 0; i < 3; i++) {
            connection.packet("STAT\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        run(SETTINGS);

        assertThat(connection.log()).isEqualTo("""
                S: +OK mx.demo.test POP3 ready
                C: STAT
                S: -ERR log in first
                C: STAT
                S: -ERR log in first
                """);
        assertThat(connection.patience).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void saysFarewellWhenTheServerDrains() {
        connection.draining = true;

        assertPlays("""
                S: +OK mx.demo.test POP3 ready
                S: -ERR [SYS/TEMP] the server is going down
                """);
    }

    @Test
    void isWhatAListenerRunsForAConnection() throws IOException {
        connection.packet("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        new Pop3Conversation(SETTINGS, drops).run(connection);

        assertThat(connection.log()).endsWith("C: QUIT\nS: +OK bye\n");
    }

    @Property(tries = 2000)
    void survivesAnyCommandsInAnyOrder(@ForAll("lines") List<String> lines) {
        MemoryConnection wire = new MemoryConnection(true);
        lines.forEach(line -> wire.packet((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
        FakeMaildrops fresh = new FakeMaildrops().with(FIRST, SECOND);
        play(wire, fresh, SETTINGS, () -> now);

        assertThat(new String(wire.sent(), StandardCharsets.ISO_8859_1))
                .startsWith("+OK ")
                .endsWith("\r\n");
        assertThat(fresh.questions.stream().filter("open"::equals).count())
                .isEqualTo(fresh.questions.stream()
                        .filter(q -> q.equals("release") || q.startsWith("commit"))
                        .count());
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> known = Arbitraries.of(
                "USER alice@demo.test",
                "PASS tanstaaf l",
                "AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs",
                "AUTH PLAIN",
                "AUTH SCRAM-SHA-256",
                "STAT",
                "LIST",
                "LIST 1",
                "RETR 1",
                "RETR 2",
                "DELE 1",
                "RSET",
                "TOP 2 1",
                "UIDL",
                "CAPA",
                "STLS",
                "QUIT",
                "*",
                "");
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(6, known),
                        net.jqwik.api.Tuple.of(1, Arbitraries.strings().all().ofMaxLength(300)))
                .list()
                .ofMaxSize(14);
    }

    private static String loggedIn(String rest) {
        return """
                S: +OK mx.demo.test POP3 ready
                C: USER alice@demo.test
                S: +OK send PASS
                C: PASS tanstaaf l
                S: +OK 2 messages, 66 octets
                """ + rest;
    }

    private void assertPlays(String transcript) {
        assertPlays(transcript, SETTINGS);
    }

    private void assertPlays(String transcript, Pop3Settings settings) {
        Arrays.stream(transcript.split("\n"))
                .filter(line -> line.startsWith("C: "))
                .forEach(line -> connection.packet((line.substring(3) + "\r\n").getBytes(StandardCharsets.UTF_8)));
        run(settings);
        assertThat(connection.log()).isEqualTo(transcript);
    }

    private void run(Pop3Settings settings) {
        connection.beforeLine = () -> now = now.plus(perCommand);
        play(connection, drops, settings, () -> now);
    }

    private static void play(
            MemoryConnection connection, FakeMaildrops drops, Pop3Settings settings, java.time.InstantSource clock) {
        try {
            new Pop3Session(connection, drops, settings, clock).run();
        } catch (IOException gone) {
            // the script is at its end, which is a client that goes away
        }
    }
}
