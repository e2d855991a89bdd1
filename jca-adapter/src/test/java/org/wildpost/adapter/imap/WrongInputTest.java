// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9051 §2.2.2, §7.1.3: what cannot be understood gets a tagged BAD that says where, and the session goes on. */
@Timeout(60)
class WrongInputTest {
    private final MemoryMail mail = new MemoryMail(PlainIndex::of);

    static Stream<String> commands() {
        return Arrays.stream(CommandName.values())
                .filter(name -> name != CommandName.UNRECOGNISED)
                .map(CommandName::word);
    }

    private LiveSession selected() {
        mail.deliver("INBOX", "Subject: x\r\n\r\n");
        LiveSession session = LiveSession.loggedIn(mail, ImapLimits.DEFAULTS.withCounts(1_000, Integer.MAX_VALUE, 10));
        session.command("b SELECT INBOX");
        return session;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandSaysWhereItWentWrong(String word) {
        try (LiveSession session = selected()) {
            for (String rest :
                    List.of(" \u0001", " \u0001 \u0001", " ((((", " \"x", " \u00ff", "\u0001", " {1+}\r\n\u0001 )")) {
                session.connection.send("t " + word + rest + "\r\n");
                assertThat(session.connection.nextLine())
                        .as(word + rest)
                        .matches("t (BAD .+ \\(at octet [1-9][0-9]*\\)|NO \\[CANNOT] .+)");
                assertThat(session.command("n NOOP")).containsExactly("n OK NOOP done");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "t",
                "t ",
                "+ NOOP",
                "(t) NOOP",
                "\"t\" NOOP",
                "t  NOOP",
                "\u00e4 NOOP",
                "t NO\u00d6P",
                "t UID",
                "t UID NOOP",
                "t UID UID FETCH 1 FLAGS",
                "t FETCH",
                "t LOGIN x",
                "t SELECT",
                "t APPEND",
                "t STORE 1",
                "DONE",
                "\t"
            })
    void answersLinesThatAreNoCommand(String line) {
        try (LiveSession session = selected()) {
            session.connection.send(line + "\r\n");
            assertThat(session.connection.nextLine()).matches("(t|DONE|NOOP|\\*) BAD .+");
            assertThat(session.command("n NOOP")).containsExactly("n OK NOOP done");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a XYZZY", "", "a SELECT \"", "a FETCH 1 FLAGS", "a LOGIN x", "a APPEND INBOX {3+}\r\nabc"})
    void tenOfThemEndTheSession(String line) {
        try (LiveSession session = new LiveSession(mail, true, ImapLimits.DEFAULTS)) {
            session.connection.nextLine();
            for (int i = 0; i < 10; i++) {
                session.connection.send(line + "\r\n");
                assertThat(session.connection.nextLine()).contains(" BAD ");
            }
            assertThat(session.connection.nextLine()).isEqualTo("* BYE too many commands that cannot be understood");
            session.ended();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT", "LOGIN x", "XYZZY", "SEARCH TEXT", "LIST \"\""})
    void aLiteralOverTheLimitIsRefusedBeforeItIsRead(String command) {
        int tooMuch = ImapLimits.DEFAULTS.literal() + 1;
        try (LiveSession session = selected()) {
            assertThat(session.command("t " + command + " {" + tooMuch + "}"))
                    .containsExactly("t NO [TOOBIG] the command is too big");
            assertThat(session.command("n NOOP")).containsExactly("n OK NOOP done");
        }
    }

    /** RFC 7888 §5. */
    @Test
    void aLiteralThatNobodyAskedForIsSmallBeforeTheLogin() {
        String most = "x".repeat(ImapLimits.SMALL_LITERAL);
        try (LiveSession session = new LiveSession(mail, true, ImapLimits.DEFAULTS)) {
            session.connection.nextLine();
            session.connection.send("a LOGIN alice@demo.test {" + most.length() + "+}\r\n" + most + "\r\n");
            assertThat(session.connection.nextLine()).startsWith("a NO [AUTHENTICATIONFAILED]");
            session.connection.send("b LOGIN alice@demo.test {" + (most.length() + 1) + "+}\r\n" + most + "x\r\n");
            assertThat(session.connection.nextLine()).isEqualTo("b NO [TOOBIG] the command is too big");
            session.connection.send("c LOGIN alice@demo.test {" + (most.length() + 1) + "}\r\n");
            assertThat(session.connection.nextLine()).startsWith("+ ");
            session.connection.send(most + "x\r\n");
            assertThat(session.connection.nextLine()).startsWith("c NO [AUTHENTICATIONFAILED]");
            session.command("d LOGIN alice@demo.test wildpost");
            session.connection.send("e SELECT {" + (most.length() + 1) + "+}\r\n" + most + "x\r\n");
            assertThat(session.connection.nextLine()).startsWith("e NO [CANNOT]");
        }
    }
}
