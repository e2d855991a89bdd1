// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** RFC 8474 §5.2: one conversation for each message, for ever. */
class ThreadBookTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final ThreadBook book = new ThreadBook(Map.of());

    private long assign(long id, Instant date, long subject, Long... parents) {
        OptionalLong key = subject == 0 ? OptionalLong.empty() : OptionalLong.of(subject);
        return book.assign(new ThreadKeys(id, List.of(parents), key), id, date);
    }

    @Test
    void aNewConversationHasTheIdOfItsFirstMessage() {
        assertThat(assign(7, NOON, 0)).isEqualTo(7);
        assertThat(assign(8, NOON, 0)).isEqualTo(8);
        assertThat(assign(7, NOON, 0, 8L)).isEqualTo(7);
    }

    @Test
    void theNearestKnownParentDecides() {
        assign(1, NOON, 0);
        assign(2, NOON, 0);
        assertThat(assign(3, NOON, 0, 99L, 2L, 1L)).isEqualTo(2);
        // What it refers to and nobody knew belongs to it from now on.
        assertThat(assign(99, NOON, 0)).isEqualTo(2);
    }

    @Test
    void aSubjectJoinsForAWhile() {
        assign(1, NOON, 50);
        assertThat(assign(2, NOON.plus(ThreadBook.SAME_SUBJECT), 50)).isEqualTo(1);
        assertThat(assign(3, NOON.plus(ThreadBook.SAME_SUBJECT.multipliedBy(2)), 50))
                .isEqualTo(1);
        Instant late = NOON.plus(ThreadBook.SAME_SUBJECT.multipliedBy(3)).plusSeconds(1);
        assertThat(assign(4, late, 50)).isEqualTo(4);
        assertThat(assign(5, late.plus(Duration.ofDays(1)), 50)).isEqualTo(4);
        // What came long before has a conversation of its own, and the subject stays with the latest.
        assertThat(assign(6, NOON.minus(Duration.ofDays(300)), 50)).isEqualTo(6);
        assertThat(assign(7, late, 50)).isEqualTo(4);
    }

    @Test
    void aParentCountsMoreThanASubject() {
        assign(1, NOON, 50);
        assign(2, NOON, 51);
        assertThat(assign(3, NOON, 50, 2L)).isEqualTo(2);
    }

    @Test
    void keepsWhatItLearntAndNothingElse() {
        ThreadBook known =
                new ThreadBook(Map.of(1L, new ThreadBook.Entry(1, NOON), 50L, new ThreadBook.Entry(1, NOON)));
        known.assign(new ThreadKeys(2, List.of(1L), OptionalLong.of(50)), 2, NOON);
        assertThat(known.changed()).containsOnly(Map.entry(2L, new ThreadBook.Entry(1, NOON)));
        known.assign(new ThreadKeys(3, List.of(1L), OptionalLong.of(50)), 3, NOON.plusSeconds(1));
        assertThat(known.changed()).containsKeys(2L, 3L, 50L).doesNotContainKey(1L);
    }
}
