// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wildpost.adapter.net.Endpoints.ServiceUnavailableException;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** RFC 9051 §5 and what stands around the commands: limits, faults, news from elsewhere. */
class ImapSessionTest {
    private final MemoryMail mail = new MemoryMail(PlainIndex::of);

    private LiveSession fresh(ImapLimits limits) {
        LiveSession session = new LiveSession(mail, true, limits);
        assertThat(session.connection.nextLine()).startsWith("* OK [CAPABILITY IMAP4rev1 ");
        return session;
    }

    @Test
    void endsAfterTooManyBadCommands() {
        try (LiveSession session = fresh(ImapLimits.DEFAULTS.withCounts(1_000, 2, 3))) {
            session.command("a FOO");
            assertThat(session.command("b FOO").getLast()).startsWith("b BAD");
            assertThat(session.connection.nextLine()).startsWith("* BYE ");
            session.ended();
        }
    }

    @Test
    void forgivesBadCommandsOfAClientThatUnderstandsOthers() {
        try (LiveSession session = fresh(ImapLimits.DEFAULTS.withCounts(1_000, 2, 3))) {
            for (int i = 0; i < 5; i++) {
                assertThat(session.command("a" + i + " FOO").getLast()).startsWith("a" + i + " BAD");
                session.command("b" + i + " NOOP");
            }
        }
    }

    @Test
    void endsAfterTooManyFailedLoginsAndWaitsAsLongAsTold() {
        mail.rejection = Duration.ofMillis(150);
        try (LiveSession session = fresh(ImapLimits.DEFAULTS.withCounts(1_000, 10, 2))) {
            long start = System.nanoTime();
            assertThat(session.command("a LOGIN alice@demo.test wrong").getLast())
                    .isEqualTo("a NO [AUTHENTICATIONFAILED] wrong name or password");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(mail.rejection);
            session.command("b LOGIN alice@demo.test wrong");
            assertThat(session.connection.nextLine()).startsWith("* BYE ");
            session.ended();
        }
    }

    @Test
    void endsAfterTooManyCommands() {
        try (LiveSession session = fresh(ImapLimits.DEFAULTS.withCounts(2, 10, 3))) {
            session.command("a NOOP");
            session.command("b NOOP");
            session.connection.send("c NOOP\r\n");
            assertThat(session.connection.nextLine()).isEqualTo("* BYE too many commands in one session");
            session.ended();
        }
    }

    @Test
    void endsWithoutALoginInTimeEvenWhenTheClientTalks() {
        Duration time = Duration.ofMillis(200);
        try (LiveSession session = fresh(ImapLimits.DEFAULTS.withTimes(time, Duration.ofMinutes(30)))) {
            session.command("a NOOP");
            assertThat(session.connection.nextLine()).isEqualTo("* BYE you were silent for too long");
            session.ended();
        }
    }

    @Test
    void endsWithoutALoginInTimeEvenWithinALiteral() {
        Duration time = Duration.ofMillis(300);
        try (LiveSession session = fresh(ImapLimits.DEFAULTS.withTimes(time, Duration.ofMinutes(30)))) {
            session.connection.send("a LOGIN {60000+}\r\n");
            long deadline = System.nanoTime() + time.multipliedBy(20).toNanos();
            while (session.connection.output().isEmpty() && System.nanoTime() < deadline) {
                session.connection.send("x");
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            assertThat(session.connection.output())
                    .as("said while the client still sent")
                    .isNotEmpty();
            assertThat(session.connection.nextLine()).isEqualTo("* BYE you were silent for too long");
            session.ended();
        }
    }

    @Test
    void endsWhenAClientWithALoginIsSilent() {
        try (LiveSession session =
                fresh(ImapLimits.DEFAULTS.withTimes(Duration.ofMinutes(3), Duration.ofMillis(200)))) {
            session.command("a LOGIN alice@demo.test wildpost");
            assertThat(session.connection.nextLine()).startsWith("* BYE ");
            session.ended();
        }
        try (LiveSession session =
                fresh(ImapLimits.DEFAULTS.withTimes(Duration.ofMinutes(3), Duration.ofMillis(200)))) {
            session.command("a LOGIN alice@demo.test wildpost");
            session.connection.send("b IDLE\r\n");
            assertThat(session.connection.nextLine()).startsWith("+ ");
            assertThat(session.connection.nextLine()).startsWith("* BYE ");
            session.ended();
        }
    }

    @Test
    void answersALineThatIsTooLongAndTakesWhatBelongsToIt() {
        String tooLong = "x".repeat(ImapLimits.DEFAULTS.line() + 10);
        try (LiveSession session = fresh(ImapLimits.DEFAULTS)) {
            session.connection.send("a NOOP " + tooLong + "{8+}\r\nb NOOP\r\n " + tooLong + "{8+}\r\nc NOOP\r\n\r\n");
            assertThat(session.connection.nextLine()).isEqualTo("a BAD the line is too long");
            assertThat(session.command("d NOOP")).containsExactly("d OK NOOP done");
            session.connection.send("e LOGIN {1+}\r\nx " + tooLong + "\r\n");
            assertThat(session.connection.nextLine()).isEqualTo("e BAD the line is too long");
            session.connection.send("f NOOP " + tooLong + "{99999999999999999999+}\r\n");
            assertThat(session.connection.nextLine()).isEqualTo("f BAD the line is too long");
            assertThat(session.connection.nextLine()).startsWith("* BYE ");
            session.ended();
        }
    }

    @Test
    void refusesALiteralThatIsTooGreatAndGoesOn() {
        int tooMuch = ImapLimits.DEFAULTS.literal() + 1;
        try (LiveSession session = fresh(ImapLimits.DEFAULTS)) {
            assertThat(session.command("a LOGIN {" + tooMuch + "}").getLast()).startsWith("a NO [TOOBIG]");
            session.connection.send("b LOGIN {" + tooMuch + "+}\r\n" + "c NOOP\r\n".repeat(tooMuch / 8)
                    + "x".repeat(tooMuch % 8) + " {2+}\r\nxx\r\n");
            assertThat(session.connection.nextLine()).startsWith("b NO [TOOBIG]");
            assertThat(session.command("d NOOP")).containsExactly("d OK NOOP done");
        }
    }

    @Test
    void boundsAllLiteralsOfACommandTogether() {
        try (LiveSession session = fresh(ImapLimits.DEFAULTS)) {
            String literal = " {60000+}\r\n" + "x".repeat(60_000);
            session.connection.send("a LOGIN" + literal.repeat(5) + "\r\n");
            assertThat(session.connection.nextLine()).startsWith("a NO [TOOBIG]");
            assertThat(session.command("d NOOP")).containsExactly("d OK NOOP done");
        }
    }

    @Test
    void takesSizesFromItsLimits() {
        try (LiveSession session = fresh(ImapLimits.DEFAULTS.withSizes(8192, 10, 100_000))) {
            assertThat(session.command("a LOGIN {11}").getLast()).startsWith("a NO [TOOBIG]");
            session.connection.send("b NOOP " + "x".repeat(8192) + "\r\n");
            assertThat(session.connection.nextLine()).isEqualTo("b BAD the line is too long");
        }
    }

    /** RFC 9051 §9: a literal has no NUL, whatever the stored message has. */
    @Test
    void sendsNoNulInALiteral() {
        mail.deliver("INBOX", "Subject: x\r\n\r\na\0b\0");
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b SELECT INBOX");
            assertThat(session.command("c FETCH 1 BODY.PEEK[TEXT]"))
                    .contains("* 1 FETCH (BODY[TEXT] {4}", "a\u0080b\u0080)");
        }
    }

    @Test
    void closesRatherThanSkipsAnEndlessLiteral() {
        try (LiveSession session = fresh(ImapLimits.DEFAULTS)) {
            session.connection.send("b LOGIN {99999999999+}\r\n");
            assertThat(session.connection.nextLine()).startsWith("b NO [TOOBIG]");
            assertThat(session.connection.nextLine()).startsWith("* BYE ");
            session.ended();
        }
    }

    @Test
    void saysThatThereIsNoRoomForAMessageAndGoesOn(@TempDir Path folder) {
        try (LiveSession session = LiveSession.loggedIn(mail, folder.resolve("gone"))) {
            String large = "Subject: x\r\n\r\n" + "octets\r\n".repeat(100_000);
            assertThat(session.command("b APPEND INBOX {" + large.length() + "+}\r\n" + large)
                            .getLast())
                    .startsWith("b NO [UNAVAILABLE]");
            assertThat(session.command("c APPEND INBOX {3+}\r\nabc").getLast()).startsWith("c OK");
            mail.full = true;
            assertThat(session.command("d APPEND INBOX {3+}\r\nabc").getLast()).startsWith("d NO [UNAVAILABLE]");
        }
    }

    @Test
    void saysUnavailableAndServerbugAndGoesOn() {
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            mail.fault = Optional.of(new ServiceUnavailableException(new IllegalStateException("suspended")));
            assertThat(session.command("b SELECT INBOX").getLast()).startsWith("b NO [UNAVAILABLE]");
            assertThat(session.command("c APPEND INBOX {3+}\r\nabc").getLast()).startsWith("c NO [UNAVAILABLE]");
            mail.fault = Optional.of(new IllegalStateException("a secret of the inside"));
            assertThat(session.command("d SELECT INBOX").getLast())
                    .startsWith("d NO [SERVERBUG]")
                    .doesNotContain("secret");
            mail.fault = Optional.empty();
            assertThat(session.command("e SELECT INBOX").getLast()).startsWith("e OK");
        }
    }

    @Test
    void closesWhenAMessageVanishesWithinItsLiteral() {
        mail.deliver("INBOX", "Subject: x\r\n\r\n" + "y".repeat(600 * 1024));
        MemoryMail vanishing = new MemoryMail(PlainIndex::of);
        vanishing.deliver("INBOX", "Subject: x\r\n\r\n" + "y".repeat(600 * 1024));
        vanishing.contentLeft = 2;
        try (LiveSession session = LiveSession.loggedIn(vanishing)) {
            session.command("b SELECT INBOX");
            session.connection.send("c FETCH 1 BODY.PEEK[]\r\n");
            session.ended();
            assertThat(session.connection.output()).doesNotContain("c OK").doesNotContain("c NO");
            assertThat(session.connection.closed()).isTrue();
        }
    }

    @Test
    void streamsAGreatMessageInSlices() {
        String body = "0123456789abcde\n".repeat(40_000).replace("\n", "\r\n");
        mail.deliver("INBOX", "Subject: x\r\n\r\n" + body);
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b SELECT INBOX");
            String all = String.join("\r\n", session.command("c FETCH 1 RFC822.TEXT"));
            assertThat(all)
                    .startsWith("* 1 FETCH (RFC822.TEXT {" + body.length() + "}\r\n")
                    .contains(body);
            assertThat(all).endsWith(" FLAGS (\\Seen \\Recent))\r\nc OK FETCH done");
        }
    }

    @Test
    void fetchesMoreMessagesThanABatch() {
        for (int i = 0; i < 1_201; i++) {
            mail.deliver("INBOX", "Subject: " + i + "\r\n\r\n");
        }
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b SELECT INBOX");
            List<String> lines = session.command("c FETCH 1:* (RFC822.SIZE)");
            assertThat(lines).hasSize(1_202).contains("* 1201 FETCH (RFC822.SIZE 17)");
            int asked = mail.questions;
            assertThat(session.command("d UID FETCH 1:* (FLAGS)")).hasSize(1_202);
            assertThat(mail.questions - asked)
                    .as("flags are known without asking")
                    .isLessThanOrEqualTo(1);
            assertThat(session.command("e STORE 1:* +FLAGS.SILENT (\\Seen)")).hasSize(1);
        }
    }

    @Test
    void tellsNewsOfOthersInIdleAtOnce() {
        mail.deliver("INBOX", "Subject: 1\r\n\r\n");
        try (LiveSession idle = LiveSession.loggedIn(mail);
                LiveSession other = LiveSession.loggedIn(mail)) {
            idle.command("b SELECT INBOX");
            other.command("b SELECT INBOX");
            idle.connection.send("c IDLE\r\n");
            assertThat(idle.connection.nextLine()).startsWith("+ ");

            long start = System.nanoTime();
            mail.deliver("INBOX", "Subject: 2\r\n\r\n");
            assertThat(idle.connection.nextLine()).isEqualTo("* 2 EXISTS");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(200));
            assertThat(idle.connection.nextLine()).isEqualTo("* 2 RECENT");

            other.command("d UID STORE 1 +FLAGS (\\Flagged)");
            assertThat(idle.connection.nextLine()).isEqualTo("* 1 FETCH (UID 1 FLAGS (\\Flagged \\Recent))");
            other.command("e UID STORE 1 +FLAGS (\\Deleted)");
            idle.connection.nextLine();
            other.command("f EXPUNGE");
            assertThat(idle.connection.nextLine()).isEqualTo("* 1 EXPUNGE");

            idle.connection.send("done\r\n");
            assertThat(idle.connection.nextLine()).isEqualTo("c OK IDLE done");
            assertThat(idle.command("g NOOP")).containsExactly("g OK NOOP done");
        }
        assertThat(mail.watchers()).isZero();
    }

    @Test
    void endsIdleAndReadingWhenTheServerDrains() {
        try (LiveSession idle = LiveSession.loggedIn(mail);
                LiveSession busy = LiveSession.loggedIn(mail)) {
            idle.connection.send("c IDLE\r\n");
            idle.connection.nextLine();
            idle.connection.drain();
            assertThat(idle.connection.nextLine()).startsWith("* BYE [UNAVAILABLE]");
            idle.ended();
            busy.connection.drain();
            busy.connection.send("d NOOP\r\n");
            assertThat(busy.connection.await("* BYE [UNAVAILABLE]")).contains("the server is going down");
            busy.ended();
        }
    }

    @Test
    void endsWhenTheSelectedMailboxIsDeletedElsewhere() {
        try (LiveSession one = LiveSession.loggedIn(mail);
                LiveSession two = LiveSession.loggedIn(mail)) {
            one.command("b SELECT Trash");
            two.command("b SELECT Trash");
            assertThat(two.command("c DELETE Trash")).containsExactly("c OK DELETE done");
            assertThat(two.command("d NOOP").getLast()).startsWith("d OK");
            one.connection.send("e NOOP\r\n");
            assertThat(one.connection.nextLine()).isEqualTo("* BYE the selected mailbox was deleted");
            one.ended();
        }
    }

    @Test
    void tellsWhatOthersDidAtTheSameTimeDespiteSilent() {
        mail.deliver("INBOX", "Subject: 1\r\n\r\n");
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            session.command("b SELECT INBOX");
            mail.mutedStore("INBOX", 1, Flags.of(SystemFlag.ANSWERED));
            assertThat(session.command("c STORE 1 +FLAGS.SILENT (\\Seen)"))
                    .containsExactly("* 1 FETCH (UID 1 FLAGS (\\Seen \\Answered \\Recent))", "c OK STORE done");
        }
    }

    @Test
    void keepsSecretsOutOfEveryToString() throws Exception {
        Frame frame = new Frame("a AUTHENTICATE PLAIN AGEAc2VjcmV0", List.of(), Optional.empty());
        assertThat(ImapParser.parse(frame, ImapLimits.DEFAULTS, Set.of()).toString())
                .doesNotContain("AGEAc2VjcmV0");
    }

    /** RFC 7677 §3 over RFC 9051 §6.2.2, first with the initial response of RFC 4959 and the right password, then with a wrong one. */
    @Test
    void logsInWithScramAndRefusesAWrongProof() throws Exception {
        try (LiveSession session = fresh(ImapLimits.DEFAULTS)) {
            assertThat(scram(session, "a", "wrong")).startsWith("a NO [AUTHENTICATIONFAILED]");
            assertThat(scram(session, "b", "wildpost")).startsWith("b OK [CAPABILITY ");
        }
    }

    private static String scram(LiveSession session, String tag, String password) throws Exception {
        String bare = "n=alice@demo.test,r=clientnonce";
        session.connection.send(tag + " AUTHENTICATE SCRAM-SHA-256 " + base64("n,," + bare) + "\r\n");
        String serverFirst = unbase64(session.connection.nextLine());
        String[] parts = serverFirst.split(",", 3);
        byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(
                        new PBEKeySpec(password.toCharArray(), salt, Integer.parseInt(parts[2].substring(2)), 256))
                .getEncoded();
        byte[] clientKey = hmac(salted, "Client Key");
        String without = "c=biws," + parts[0];
        byte[] signature =
                hmac(MessageDigest.getInstance("SHA-256").digest(clientKey), bare + "," + serverFirst + "," + without);
        byte[] proof = new byte[clientKey.length];
        for (int i = 0; i < proof.length; i++) {
            proof[i] = (byte) (clientKey[i] ^ signature[i]);
        }
        String clientFinal = without + ",p=" + Base64.getEncoder().encodeToString(proof);
        session.connection.send(base64(clientFinal) + "\r\n");
        String answer = session.connection.nextLine();
        if (!answer.startsWith("+ ")) {
            return answer;
        }
        byte[] expected = hmac(hmac(salted, "Server Key"), bare + "," + serverFirst + "," + without);
        assertThat(unbase64(answer)).isEqualTo("v=" + Base64.getEncoder().encodeToString(expected));
        session.connection.send("\r\n");
        return session.connection.nextLine();
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String unbase64(String continuation) {
        return new String(Base64.getDecoder().decode(continuation.substring(2)), StandardCharsets.UTF_8);
    }
}
