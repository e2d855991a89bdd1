// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.adapter.net.Connection;

/** The commands of RFC 1939 §9, RFC 2449 §5, RFC 2595 §4, RFC 5034 §4 and RFC 6856 §2 and §3. */
class Pop3ParserTest {
    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("CAPA", new Pop3Command.Capa()),
                Arguments.of("quit", new Pop3Command.Quit()),
                Arguments.of("Stls", new Pop3Command.Stls()),
                Arguments.of("USER alice@demo.test", new Pop3Command.User("alice@demo.test")),
                Arguments.of("USER \uff41li\u00adce", new Pop3Command.User("\uff41li\u00adce")),
                Arguments.of("AUTH", new Pop3Command.AuthList()),
                Arguments.of("AUTH PLAIN", new Pop3Command.Auth("PLAIN", Optional.empty())),
                Arguments.of("STAT", new Pop3Command.Stat()),
                Arguments.of("STAT ", new Pop3Command.Stat()),
                Arguments.of("LIST", new Pop3Command.Listing(Optional.empty())),
                Arguments.of("LIST 2", new Pop3Command.Listing(Optional.of(2))),
                Arguments.of("RETR 1", new Pop3Command.Retr(1)),
                Arguments.of("RETR 0", new Pop3Command.Retr(0)),
                Arguments.of("RETR 007", new Pop3Command.Retr(7)),
                Arguments.of("RETR 99999999999999999999", new Pop3Command.Retr(Integer.MAX_VALUE)),
                Arguments.of("DELE 3", new Pop3Command.Dele(3)),
                Arguments.of("NOOP", new Pop3Command.Noop()),
                Arguments.of("RSET", new Pop3Command.Rset()),
                Arguments.of("TOP 1 10", new Pop3Command.Top(1, 10)),
                Arguments.of("TOP  1  0", new Pop3Command.Top(1, 0)),
                Arguments.of("UIDL", new Pop3Command.Uidl(Optional.empty())),
                Arguments.of("UIDL 4", new Pop3Command.Uidl(Optional.of(4))),
                Arguments.of("UTF8", new Pop3Command.Utf8()),
                Arguments.of("LANG", new Pop3Command.Lang(Optional.empty())),
                Arguments.of("lang zh-CN", new Pop3Command.Lang(Optional.of("zh-CN"))),
                Arguments.of("LANG *", new Pop3Command.Lang(Optional.of("*"))),
                Arguments.of("APOP mrose c4c9334bac560ecc979e58001b3e22fb", new Pop3Command.Unrecognised("APOP")),
                Arguments.of("", new Pop3Command.Unrecognised("")),
                Arguments.of(" STAT", new Pop3Command.Unrecognised("")),
                Arguments.of("GET / HTTP/1.1", new Pop3Command.HttpRequest()),
                Arguments.of("post /", new Pop3Command.HttpRequest()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void readsACommand(String line, Pop3Command expected) throws Pop3SyntaxException {
        assertThat(parse(line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"PASS secret|secret", "PASS two words |two words ", "PASS  lead| lead", "PASS p\u00e4ss|p\u00e4ss"
            },
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false)
    void takesAllOfTheLineAsPassword(String line, String password) throws Pop3SyntaxException {
        assertThat(parse(line))
                .isInstanceOfSatisfying(
                        Pop3Command.Pass.class,
                        pass -> assertThat(pass.password().reveal()).isEqualTo(password));
    }

    @Test
    void keepsTheInitialResponseOfAuthSecret() throws Pop3SyntaxException {
        Pop3Command command = parse("auth plain dGVzdAB0ZXN0AHRlc3Q=");

        assertThat(command)
                .isInstanceOfSatisfying(
                        Pop3Command.Auth.class,
                        auth -> assertThat(auth.initialResponse().orElseThrow().reveal())
                                .isEqualTo("dGVzdAB0ZXN0AHRlc3Q="));
        assertThat(command.toString()).doesNotContain("dGVzd");
        assertThat(parse("PASS hidden").toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "USER",
                "USER ",
                "PASS",
                "RETR",
                "RETR one",
                "RETR -1",
                "RETR +1",
                "RETR 1 2",
                "RETR \u0661",
                "DELE",
                "DELE 1,2",
                "LIST x",
                "LIST 1 2",
                "UIDL *",
                "TOP",
                "TOP 1",
                "TOP 1 -1",
                "TOP 1 2 3",
                "STAT 1",
                "QUIT now",
                "CAPA all",
                "STLS x",
                "AUTH PLAIN a b",
                "UTF8 USER",
                "LANG en zh",
                "NOOP\u0000",
                "USER a\tb",
                "USER a\rb",
                "USER a\ue000",
                "PASS a\u200e",
                "PASS \u00ad",
            })
    void refusesWhatTheGrammarDoesNot(String line) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOfSatisfying(
                        Pop3SyntaxException.class, e -> assertThat(e.offset()).isBetween(0, line.length() + 1));
    }

    @Test
    void refusesABareLineFeed() {
        Connection.Line line = new Connection.Line("NOOP".getBytes(StandardCharsets.US_ASCII), false);

        assertThatThrownBy(() -> Pop3Parser.parse(line)).isInstanceOf(Pop3SyntaxException.class);
    }

    /** RFC 6856 §2.2. */
    @ParameterizedTest
    @ValueSource(strings = {"USER a\u00ff", "PASS \u00c3", "PASS \u00ed\u00a0\u0080", "PASS \u00c0\u0080"})
    void refusesWhatIsNotUtf8(String octets) {
        Connection.Line line = new Connection.Line(octets.getBytes(StandardCharsets.ISO_8859_1), true);

        assertThatThrownBy(() -> Pop3Parser.parse(line))
                .isInstanceOfSatisfying(
                        Pop3SyntaxException.class, e -> assertThat(e.phrase()).isEqualTo(Phrase.NOT_UTF8));
    }

    @Property
    void answersAnyOctets(@ForAll byte[] octets) {
        try {
            assertThat(Pop3Parser.parse(new Connection.Line(octets, true))).isNotNull();
        } catch (Pop3SyntaxException e) {
            assertThat(e).hasMessageMatching("[\\x20-\\x7e]+");
        }
    }

    private static Pop3Command parse(String line) throws Pop3SyntaxException {
        return Pop3Parser.parse(new Connection.Line(line.getBytes(StandardCharsets.UTF_8), true));
    }
}
