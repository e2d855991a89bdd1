// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3461 §4 (xtext) and RFC 6533 §3 (utf-8 addresses), in both directions. */
class XtextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    QQ314159            | QQ314159
                    Dana@Ivory.EXAMPLE  | Dana@Ivory.EXAMPLE
                    a+2Bb+3Dc           | a+b=c
                    a+20b               | a b
                    +0D+0A              | `\r\n`
                    ``                  | ``
                    """)
    void readsAndWritesXtext(String encoded, String decoded) {
        assertThat(Xtext.decode(encoded)).contains(decoded);
        assertThat(Xtext.encode(decoded)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "a+2", "+2b", "+G0", "a=b", "a b", "ä", "\u007f", "+2B+"})
    void refusesWhatIsNotXtext(String text) {
        assertThat(Xtext.decode(text)).isEmpty();
    }

    @Provide
    Arbitrary<String> octets() {
        return Arbitraries.strings().withCharRange('\0', '\u00ff');
    }

    @Property
    void bringsEveryOctetBack(@ForAll("octets") String text) {
        assertThat(Xtext.encode(text)).matches("[!-~&&[^=]]*");
        assertThat(Xtext.decode(Xtext.encode(text))).contains(text);
    }

    @Property
    void writesWhatItReadAgain(@ForAll String text) {
        Xtext.decode(text)
                .ifPresent(decoded ->
                        assertThat(Xtext.decode(Xtext.encode(decoded))).contains(decoded));
    }

    @Test
    void isForOctetsOnly() {
        assertThatThrownBy(() -> Xtext.encode("€")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    user@example.com              | user@example.com
                    \\x{20AC}@example.com         | €@example.com
                    a\\x{2B}b\\x{3D}\\x{5C}@x.example | a+b=\\@x.example
                    \\x{E4}\\x{1F600}@x.example   | ä😀@x.example
                    \\x{10FFFD}@x.example         | \uDBFF\uDFFD@x.example
                    """)
    void readsAndWritesUtf8AddressesInAscii(String encoded, String decoded) {
        assertThat(Utf8AddressText.decode(encoded)).contains(decoded);
        assertThat(Utf8AddressText.encodeAscii(decoded)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    用户@例子.example   | 用户@例子.example
                    a+tag@ä.example     | a+tag@ä.example
                    ä\\x{2b}b@x.example | ä+b@x.example
                    """)
    void readsCharactersAsTheyAre(String encoded, String decoded) {
        assertThat(Utf8AddressText.decode(encoded)).contains(decoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\\",
                "\\x",
                "\\x{",
                "\\x{}",
                "\\x{41}",
                "\\x{0041}",
                "\\x{D800}",
                "\\x{110000}",
                "\\x{0A}",
                "\\x{85}",
                "\\x{7F}",
                "\\x{20AC",
                "\\u{20AC}",
                "a b",
                "a=b",
                "a\rb",
                "a\u0085b"
            })
    void refusesWhatIsNotAUtf8Address(String text) {
        assertThat(Utf8AddressText.decode(text)).isEmpty();
    }

    @Provide
    Arbitrary<String> characters() {
        return Arbitraries.strings()
                .all()
                .ofMinLength(1)
                .filter(text -> text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE));
    }

    @Property
    void bringsEveryCharacterBackThroughAscii(@ForAll("characters") String text) {
        assertThat(Utf8AddressText.encodeAscii(text)).matches("[!-~&&[^=+]]*");
        assertThat(Utf8AddressText.decode(Utf8AddressText.encodeAscii(text))).contains(text);
    }

    @Property
    void neverReadsAControlCharacter(@ForAll String text) {
        Utf8AddressText.decode(text)
                .ifPresent(decoded -> assertThat(decoded.chars()).noneMatch(Character::isISOControl));
    }
}
