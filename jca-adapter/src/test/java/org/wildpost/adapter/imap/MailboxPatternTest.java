// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9051 §6.3.9. */
class MailboxPatternTest {
    @ParameterizedTest
    @CsvSource({
        "'*', a/b/c, true",
        "'%', a, true",
        "'%', a/b, false",
        "'a/%', a/b, true",
        "'a/%', a/b/c, false",
        "'a/*', a, false",
        "'a*', a/b, true",
        "'%/%', a/b, true",
        "'*c', a/b/c, true",
        "'a*/c', a/c, true",
        "inbox, INBOX, true",
        "'InBox/%', INBOX/x, true",
        "'in%', INBOX, true",
        "trash, Trash, false",
        "'', a, false",
        "'Entw&APw-rfe', Entwürfe, true",
    })
    void matches(String pattern, String name, boolean expected) {
        assertThat(MailboxPattern.of("", pattern).orElseThrow().matches(name)).isEqualTo(expected);
    }

    @Test
    void joinsReferenceAndPattern() {
        assertThat(MailboxPattern.of("a/", "%").orElseThrow().matches("a/b")).isTrue();
        assertThat(MailboxPattern.of("", "&Jjo")).isEmpty();
    }

    @Test
    void takesNoTimeForHostilePatterns() {
        String pattern = "%*".repeat(200) + "x";
        long start = System.nanoTime();
        assertThat(MailboxPattern.of("", pattern).orElseThrow().matches("a".repeat(250)))
                .isFalse();
        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    }
}
