// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
        "'Other Users/BOB@demo.test/%', Other Users/bob@demo.test/Work, true",
        "'Other Users/B%', Other Users/bob@demo.test, true",
        "'*@DEMO.test/inbox', Other Users/bob@demo.test/INBOX, true",
        "'*@demo.test/inBox/x', Other Users/bob@demo.test/INBOX/x, true",
        "'*@demo.test/inboxes', Other Users/bob@demo.test/INBOXES, false",
        "'*@demo.test/work', Other Users/bob@demo.test/Work, false",
        "'other users/*', Other Users/bob@demo.test/Work, false",
        "'*/A@b/C', x/a@b/C, false",
        "'Entw&APw-rfe', Entwürfe, true",
    })
    void matches(String pattern, String name, boolean expected) {
        assertThat(MailboxPattern.of("", pattern, false).orElseThrow().matches(name))
                .isEqualTo(expected);
    }

    /** RFC 6855 §3, RFC 5198 §3: octets of UTF-8, in whatever form. */
    @ParameterizedTest
    @CsvSource({
        "Entw\u00fcrfe, Entw\u00fcrfe, true",
        "Entwu\u0308%, Entw\u00fcrfe, true",
        "Entw&APw-rfe, Entw\u00fcrfe, false",
        "R&%, R&D, true",
        "\u0131nbox, INBOX, false"
    })
    void matchesPatternsInUtf8(String pattern, String name, boolean expected) {
        String wire = new String(pattern.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(MailboxPattern.of("", wire, true).orElseThrow().matches(name))
                .isEqualTo(expected);
        assertThat(MailboxPattern.of("", "\u00ff", true)).isEmpty();
    }

    @Test
    void joinsReferenceAndPattern() {
        assertThat(MailboxPattern.of("a/", "%", false).orElseThrow().matches("a/b"))
                .isTrue();
        assertThat(MailboxPattern.of("", "&Jjo", false)).isEmpty();
    }

    @Test
    void takesNoTimeForHostilePatterns() {
        String pattern = "%*".repeat(200) + "x";
        long start = System.nanoTime();
        assertThat(MailboxPattern.of("", pattern, false).orElseThrow().matches("a".repeat(250)))
                .isFalse();
        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    }
}
