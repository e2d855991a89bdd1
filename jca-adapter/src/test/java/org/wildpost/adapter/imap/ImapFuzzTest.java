// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.adapter.login.DemoTokens;

/** RFC 9051 §2.2.1: whatever comes, in whatever state, there is a tagged answer or a farewell, never a crash and never silence. */
class ImapFuzzTest {
    private static final String ALPHABET = "(){}[]<>\"\\*%,:.+-$=~&\u0001\u007f\u00e9 \t0129aZ";

    private static String mutated(Random random, String seed) {
        StringBuilder text = new StringBuilder(seed);
        for (int n = random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
                case 2 -> text.insert(at, ImapSeeds.ALL.get(random.nextInt(ImapSeeds.ALL.size())), 0, 2);
                default -> text.setLength(at);
            }
        }
        return filled(text.toString());
    }

    /** A client that does not wait sends as much as it announced, or the server waits for the rest and nobody says anything. */
    private static String filled(String text) {
        String line = text + "\r\n";
        Matcher literal = Pattern.compile("\\{([0-9]{1,6})\\+\\}\\r?\\n").matcher(line);
        int end = 0;
        while (literal.find()) {
            end = Math.max(end, literal.end() + Integer.parseInt(literal.group(1)));
        }
        return end <= text.length() ? text : line + "x".repeat(Math.max(0, end - line.length()));
    }

    private static LiveSession session(MemoryMail mail, String state) {
        LiveSession session = new LiveSession(
                mail, !state.equals("plain"), ImapLimits.DEFAULTS.withCounts(1_000_000, Integer.MAX_VALUE, 1_000_000));
        session.connection.nextLine();
        switch (state) {
            case "plain", "fresh", "authenticating" -> {
                // Nobody is logged in.
            }
            case "loggedIn" -> session.command("a LOGIN alice@demo.test wildpost");
            case "examined" -> {
                session.command("a LOGIN alice@demo.test wildpost");
                session.command("a EXAMINE INBOX");
            }
            default -> {
                session.command("a LOGIN alice@demo.test wildpost");
                session.command("a SELECT INBOX");
            }
        }
        return session;
    }

    /** What stands before each command in those states that a command begins and its continuation ends. */
    private static String opening(String state) {
        return switch (state) {
            case "authenticating" -> "o AUTHENTICATE SCRAM-SHA-256\r\n";
            case "idling" -> "o IDLE\r\n";
            case "appending" -> "o APPEND INBOX {20}\r\n";
            default -> "";
        };
    }

    /** A command that may leave a literal or an exchange open is closed by more lines; NOOP with a tag of its own shows that the session lives. */
    private static boolean answers(LiveSession session, String state, String command, int number) {
        String probe = "probe" + number;
        session.connection.send(
                opening(state) + "t" + number + " " + command + "\r\n*\r\nDONE\r\n" + probe + " NOOP\r\n");
        for (int extra = 0; extra < 50; extra++) {
            String all = session.connection.awaitEither(probe + " OK", "* BYE", "+ ");
            if (all.contains("* BYE")) {
                return false;
            }
            if (all.contains(probe + " OK")) {
                return true;
            }
            // A literal or an exchange waits: feed it until it ends.
            session.connection.send("x".repeat(70_000).substring(0, 1 + extra * 1_400) + "\r\n" + probe + " NOOP\r\n");
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "fresh", "authenticating", "loggedIn", "selected", "examined", "idling", "appending"})
    void answersMutatedCommands(String state) {
        Random random = new Random(state.hashCode());
        MemoryMail mail = new MemoryMail(PlainIndex::of);
        mail.tokens = Optional.of(DemoTokens.ISSUER);
        for (int i = 0; i < 5; i++) {
            mail.deliver("INBOX", "Subject: " + i + "\r\nA: b\r\n\r\nbody\r\n");
        }
        LiveSession session = session(mail, state);
        int lived = 0;
        for (int i = 0; i < 1_500; i++) {
            String command = mutated(random, ImapSeeds.ALL.get(random.nextInt(ImapSeeds.ALL.size())));
            if (answers(session, state, command, i)) {
                lived++;
            } else {
                session.close();
                session = session(mail, state);
            }
        }
        session.close();
        assertThat(lived).as("most sessions live on").isGreaterThan(1_000);
        assertThat(mail.watchers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "fresh", "authenticating", "loggedIn", "selected", "examined", "idling", "appending"})
    void survivesRandomOctets(String state) {
        Random random = new Random(state.hashCode() + 1L);
        MemoryMail mail = new MemoryMail(PlainIndex::of);
        mail.deliver("INBOX", "Subject: x\r\n\r\nbody\r\n");
        for (int i = 0; i < 300; i++) {
            byte[] octets = new byte[random.nextInt(400)];
            random.nextBytes(octets);
            for (int n = random.nextInt(10); n > 0 && octets.length > 2; n--) {
                int at = random.nextInt(octets.length - 1);
                octets[at] = '\r';
                octets[at + 1] = '\n';
            }
            try (LiveSession session = session(mail, state)) {
                session.connection.send(opening(state));
                session.connection.send(octets);
                session.connection.send("\r\nz LOGOUT\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertThat(mail.watchers()).isZero();
    }
}
