// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The languages of RFC 6856 §3 and how a tag finds one (RFC 4647 §3.4). */
class PhraseTest {
    private static final List<Object> VALUES = List.of("<1>", "<2>");

    /** RFC 2277 §4.5: what is said before a language was chosen is ASCII. */
    @ParameterizedTest
    @EnumSource(Phrase.class)
    void isAsciiUntilALanguageIsChosen(Phrase phrase) {
        String text = phrase.in(Pop3Language.DEFAULT, VALUES);

        assertThat(text).matches("[\\x20-\\x7e]*").isEqualTo(phrase.in(Pop3Language.ENGLISH, VALUES));
    }

    @ParameterizedTest
    @EnumSource(value = Phrase.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void saysTheSameValuesInChinese(Phrase phrase) {
        String english = phrase.in(Pop3Language.ENGLISH, VALUES);
        String chinese = phrase.in(Pop3Language.CHINESE, VALUES);

        assertThat(chinese).matches(".*\\p{IsHan}.*").doesNotContain("\r", "\n", "%");
        for (Object value : VALUES) {
            assertThat(chinese.contains(value.toString())).as(chinese).isEqualTo(english.contains(value.toString()));
        }
    }

    /** RFC 2449 §4: a line of a reply has at most 512 octets. */
    @ParameterizedTest
    @EnumSource(Phrase.class)
    void fitsIntoALine(Phrase phrase) {
        assertThat(phrase.in(Pop3Language.CHINESE, VALUES).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(400);
    }

    @ParameterizedTest
    @CsvSource({
        "en, en",
        "EN-gb, en",
        "en-Latn-US, en",
        "*, en",
        "zh, zh-Hans",
        "zh-CN, zh-Hans",
        "ZH-hans, zh-Hans",
        "zh-Hans-CN, zh-Hans",
        "zh-SG, zh-Hans",
        "cmn-Hans-CN, zh-Hans",
        "i-default, i-default",
    })
    void findsALanguage(String tag, String found) {
        assertThat(Pop3Language.lookup(tag)).map(Pop3Language::tag).hasValue(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zh-TW", "zh-Hant", "zh-Hant-CN", "de", "MUL", "i", "i-klingon", "-", "en_GB", "e", "en*", "**"})
    void findsNone(String tag) {
        assertThat(Pop3Language.lookup(tag)).isEmpty();
    }
}
