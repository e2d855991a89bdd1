// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5256 §3: which identifiers are one, and which fields count. */
class MessageIdsTest {
    private static final long ONE = MessageIds.first("<one@x>");
    private static final long TWO = MessageIds.first("<two@x>");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<one@x>",
                "  <one@x> ",
                "<\"one\"@x>",
                "<\"o\\ne\"@x>",
                "<one @ x>",
                "Ann's message of \"Monday\" <one@x>",
                "(as <no@x> said) <one@x>",
                "he said \"it's <one@x>",
                "<one@x> <two@x>",
                "<broken <one@x>",
                "<nothing> <one@x>"
            })
    void findsTheFirst(String field) {
        assertThat(MessageIds.first(field)).isEqualTo(ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one@x", "<>", "<@>", "<one>", "<one@x", "\"<one@x>\""})
    void findsNone(String field) {
        assertThat(MessageIds.first(field)).isZero();
    }

    @Test
    void regardsCase() {
        assertThat(MessageIds.first("<One@x>")).isNotEqualTo(ONE).isNotZero();
    }

    @Test
    void takesReferencesBeforeTheAnswered() {
        assertThat(MessageIds.references("<one@x>\t<two@x>", "<three@x>")).containsExactly(ONE, TWO);
        assertThat(MessageIds.references("nothing", "<two@x> <one@x>")).containsExactly(TWO);
        assertThat(MessageIds.references(null, "<two@x>")).containsExactly(TWO);
        assertThat(MessageIds.references(null, "a@b")).isEmpty();
        assertThat(MessageIds.references(null, null)).isEmpty();
    }

    @Test
    void keepsTheOldestAndTheYoungestOfMany() {
        String many = LongStream.range(0, 1_000).mapToObj(i -> "<" + i + "@x>").collect(Collectors.joining(" "));
        long[] kept = MessageIds.references(many, null);
        assertThat(kept).hasSize(MessageIds.MAX_REFERENCES);
        assertThat(kept[0]).isEqualTo(MessageIds.first("<0@x>"));
        assertThat(kept[1]).isEqualTo(MessageIds.first("<801@x>"));
        assertThat(kept[kept.length - 1]).isEqualTo(MessageIds.first("<999@x>"));
    }
}
