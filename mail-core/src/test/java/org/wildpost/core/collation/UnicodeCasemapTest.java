// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.collation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5051 §2, character by character. */
class UnicodeCasemapTest {
    @ParameterizedTest
    @CsvSource({
        "hello,HELLO",
        "Hello World 12,HELLO WORLD 12",
        // The example of the RFC: title case, then decomposed as far as it goes; the small letter that comes of it
        // stays.
        "\u01C4,Dz\u030C",
        "\u01C6,Dz\u030C",
        "\u00FC,U\u0308",
        "\u00DC,U\u0308",
        "u\u0308,U\u0308",
        // Special casing does not count: sharp s has no title case of its own.
        "\u00DF,\u00DF",
        "\u03C3\u03C2\u03A3,\u03A3\u03A3\u03A3",
        // Decompositions of compatibility count, too.
        "\uFB01,fi",
        "\uFF21\uFF42,AB",
        "\u2460,1",
        // Hangul syllables have no decomposition in UnicodeData.txt.
        "\uD55C,\uD55C",
        "\uD801\uDC28,\uD801\uDC00",
        "\u4F1A\u8BAE,\u4F1A\u8BAE"
    })
    void mapsEachCharacter(String text, String mapped) {
        assertThat(UnicodeCasemap.map(text)).isEqualTo(mapped);
    }

    @Test
    void givesTheSameInstanceWhenThereIsNothingToMap() {
        String text = "ALREADY IN CAPITALS [1]";
        assertThat(UnicodeCasemap.map(text)).isSameAs(text);
    }

    @Test
    void ordersByTheOctetsOfUtf8() {
        List<String> ordered = List.of("", "A", "\u00E4", "b", "B!", "z", "\u4F1A", "\uFFFD", "\uD83D\uDE00");
        for (int i = 1; i < ordered.size(); i++) {
            assertThat(UnicodeCasemap.compare(ordered.get(i - 1), ordered.get(i)))
                    .as(ordered.get(i - 1) + " < " + ordered.get(i))
                    .isNegative();
        }
        assertThat(UnicodeCasemap.compare("STRASSE", "strasse")).isZero();
    }

    @Test
    void replacesHalfOfAPair() {
        assertThat(UnicodeCasemap.map("a\uD83Db")).isEqualTo("A\uFFFDB");
    }
}
