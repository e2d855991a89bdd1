// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
    private final Pop3Script script = new Pop3Script();

    /** The session that RFC 1939 §10 tells, with our texts. */
    @Test
    void readsAndDeletesMail() {
        script.plays("""
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
        assertThat(script.drops.questions).endsWith("commit [10]").doesNotContain("release");
    }

    @Test
    void takesDeletionsBackAtRset() {
        script.plays(Pop3Script.loggedIn("""
                C: DELE 1
                S: +OK done
                C: DELE 2
                S: +OK done
                C: RSET
                S: +OK 2 messages, 66 octets
                C: QUIT
                S: +OK bye
                """));
        assertThat(script.drops.questions).endsWith("commit []");
    }

    @Test
    void deletesNothingWhenTheClientGoesWithoutQuit() {
        script.plays(Pop3Script.loggedIn("""
                C: DELE 1
                S: +OK done
                """));
        assertThat(script.drops.questions).endsWith("release").doesNotContain("commit [10]");
    }

    @Test
    void deletesNothingAndSaysNothingWhenTheClientFallsSilent() {
        script.connection.silentAtEnd = true;

        script.plays(Pop3Script.loggedIn("""
                C: DELE 1
                S: +OK done
                """));
        assertThat(script.drops.questions).endsWith("release");
        assertThat(script.connection.patience).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void saysThatDeletionsWereNotMadeWhenTheLeaseWasLost() {
        script.drops.afterOpen = script.drops::leaseRunsOut;

        script.plays(Pop3Script.loggedIn("""
                C: DELE 1
                S: +OK done
                C: QUIT
                S: -ERR [SYS/TEMP] the deletions were not made, nothing is lost; connect again
                """));
    }

    @Test
    void renewsTheLeaseAsTheSessionLives() {
        script.perCommand = Duration.ofSeconds(31);

        script.plays(Pop3Script.loggedIn("""
                C: NOOP
                S: +OK done
                C: NOOP
                S: +OK done
                C: NOOP
                S: +OK done
                """));
        assertThat(script.drops.questions).filteredOn("renew"::equals).hasSize(1);
    }

    @Test
    void endsWhenTheLeaseWasLost() {
        script.perCommand = Duration.ofSeconds(61);
        script.drops.afterOpen = script.drops::leaseRunsOut;

        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs
                S: +OK 2 messages, 66 octets
                C: NOOP
                S: -ERR [SYS/TEMP] the maildrop was unlocked meanwhile; connect again
                """);
    }

    @Test
    void keepsCommandsToTheirState() {
        script.plays("""
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
        script.plays(Pop3Script.loggedIn("C: " + command + "\nS: -ERR no such message\n"));
    }

    @Test
    void saysThatAMessageExpungedByAnotherSessionIsGone() {
        script.drops.afterOpen = () -> script.drops.messages.remove(10L);

        script.plays(Pop3Script.loggedIn("""
                C: RETR 1
                S: -ERR this message was removed meanwhile
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
        script.drops.messages.clear();
        script.drops.with("Subject: large\n\n" + body);
        script.connection.packet(
                "AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs\r\n".getBytes(StandardCharsets.US_ASCII));
        script.connection.packet("RETR 1\r\n".getBytes(StandardCharsets.US_ASCII));
        script.connection.packet("TOP 1 2\r\n".getBytes(StandardCharsets.US_ASCII));
        script.run();

        String message = new String(script.drops.messages.firstEntry().getValue(), StandardCharsets.US_ASCII);
        assertThat(new String(script.connection.sent(), StandardCharsets.US_ASCII))
                .contains(message + ".\r\n")
                .endsWith("Subject: large\r\n\r\n0123456789abcdef\r\n0123456789abcdef\r\n.\r\n");
        assertThat(script.drops.questions)
                .filteredOn(question -> question.startsWith("content"))
                .containsExactly("content 12 0", "content 12 262144", "content 12 524288", "content 12 0");
    }

    @Test
    void closesInTheMiddleWhenAMessageVanishesWhileItIsSent() {
        script.drops.messages.clear();
        script.drops.with("Subject: large\n\n" + "0123456789abcdef\n".repeat(40_000) + "tail\n");
        script.connection.packet(
                "AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs\r\n".getBytes(StandardCharsets.US_ASCII));
        script.connection.packet("RETR 1\r\nDELE 1\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        script.drops.vanishAt = 1000;
        script.run();

        assertThat(new String(script.connection.sent(), StandardCharsets.US_ASCII))
                .doesNotContain("tail", ".\r\n");
        assertThat(script.drops.questions).endsWith("release");
    }

    @Test
    void answersPipelinedCommandsWithOneFlush() {
        script.connection.packet(
                "AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs\r\n".getBytes(StandardCharsets.US_ASCII));
        script.connection.packet("STAT\r\nNOOP\r\nDELE 2\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        script.run();

        assertThat(script.connection.log()).endsWith("""
                C: STAT
                S: +OK 2 66
                C: NOOP
                S: +OK done
                C: DELE 2
                S: +OK done
                C: QUIT
                S: +OK bye
                """);
        assertThat(script.connection.flushes()).isEqualTo(3);
        assertThat(script.drops.questions).endsWith("commit [11]");
    }

    @Test
    void endsAfterTooManyErrors() {
        script.plays("""
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

        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: USER %s
                S: +OK send PASS
                """.formatted(name));
    }

    @Test
    void closesOnHttp() {
        script.connection.packet("POST / HTTP/1.1\r\nHost: x\r\n\r\nUSER a\r\n".getBytes(StandardCharsets.US_ASCII));
        script.run();

        assertThat(script.connection.log()).endsWith("C: POST / HTTP/1.1\nS: -ERR this is POP3\n");
    }

    @Test
    void givesALoginOnlySoLong() {
        script.perCommand = Duration.ofSeconds(70);
        for (int i = 0; i < 3; i++) {
            script.connection.packet("STAT\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        script.run();

        assertThat(script.connection.log()).isEqualTo("""
                S: +OK mx.demo.test POP3 ready
                C: STAT
                S: -ERR log in first
                C: STAT
                S: -ERR log in first
                """);
        assertThat(script.connection.patience).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void saysFarewellWhenTheServerDrains() {
        script.connection.draining = true;

        script.plays("""
                S: +OK mx.demo.test POP3 ready
                S: -ERR [SYS/TEMP] the server is going down
                """);
    }

    @Test
    void isWhatAListenerRunsForAConnection() throws IOException {
        script.connection.packet("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        new Pop3Conversation(Pop3Script.SETTINGS, script.drops).run(script.connection);

        assertThat(script.connection.log()).endsWith("C: QUIT\nS: +OK bye\n");
    }

    @Property(tries = 2000)
    void survivesAnyCommandsInAnyOrder(@ForAll("lines") List<String> lines) {
        MemoryConnection wire = new MemoryConnection(true);
        lines.forEach(line -> wire.packet((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
        FakeMaildrops fresh = Pop3Script.maildrops();
        fresh.with("Subject: Grüße\n\nbody\n");
        Pop3Script.play(wire, fresh, Pop3Script.SETTINGS, () -> Instant.EPOCH);

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
                "UTF8",
                "LANG",
                "LANG zh-CN",
                "LANG *",
                "LANG de",
                "RETR 3",
                "TOP 3 0",
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
}
