// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5256 §2.1, step by step. */
class BaseSubjectTest {
    @ParameterizedTest
    @CsvSource({
        "Lunch, lunch",
        "Re: Lunch, lunch",
        "RE : Fwd:  re: Lunch, lunch",
        "Fw: Lunch, lunch",
        "Re[2]: Lunch, lunch",
        "Re [list]: Lunch, lunch",
        "[list] Re: [list] Lunch, lunch",
        "[a] [b] Lunch, lunch",
        "[list], [list]",
        "Re: [list], [list]",
        "[Fwd: Re: Lunch], lunch",
        "[Fwd: [list] Lunch (fwd)], lunch",
        "Lunch (fwd) (FWD) , lunch",
        "'Lunch \t on   Friday', lunch on friday",
        "=?utf-8?q?Re:_Gr=C3=BC=C3=9Fe?=, grüße",
        "Result: ok, result: ok",
        "Reply, reply",
        "Re:, ''",
        "'Re: Fwd: ', ''"
    })
    void takesTheMarksOfRepliesAway(String subject, String base) {
        assertThat(BaseSubject.of(subject)).isEqualTo(base);
    }

    @Test
    void takesNoTimeForHostileSubjects() {
        long start = System.nanoTime();
        assertThat(BaseSubject.of("[fwd:".repeat(50_000) + "]".repeat(50_000))).isNotEmpty();
        assertThat(BaseSubject.of("re:[a]".repeat(50_000))).isNotNull();
        assertThat(BaseSubject.of("(fwd) ".repeat(50_000) + "x")).isNotEmpty();
        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    }
}
