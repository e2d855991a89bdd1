// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9051 §5.1. */
class MailboxNameTest {
    @ParameterizedTest
    @CsvSource({
        "inbox, INBOX",
        "Inbox/Work, INBOX/Work",
        "Work/inbox, Work/inbox",
        "inboxes, inboxes",
        "收件箱, 收件箱",
        "ınbox, ınbox",
        "iNbOx/ınbox, INBOX/ınbox"
    })
    void writesInboxInCapitalsAndLeavesTheRest(String text, String value) {
        assertThat(new MailboxName(text).value()).isEqualTo(value);
    }

    /** RFC 5198 §3: what reads the same is the same. */
    @ParameterizedTest
    @CsvSource({
        "A\u0308pfel, \u00c4pfel",
        "\u1e9b\u0323, \u1e9b\u0323",
        "\u212b, \u00c5",
        "\u1112\u1161\u11ab, \ud55c",
        "e\u0301/o\u0308, \u00e9/\u00f6",
        "\ufb01, \ufb01",
        "i\u0307nbox, i\u0307nbox"
    })
    void composesNames(String written, String value) {
        assertThat(new MailboxName(written).value()).isEqualTo(value);
        assertThat(new MailboxName(written)).isEqualTo(new MailboxName(value));
    }

    /** RFC 6855 §3. */
    @ParameterizedTest
    @ValueSource(strings = {"a\u0085b", "a\u2028b", "a\u2029b", "a\u007fb", "\ud800", "x\udc00y"})
    void refusesWhatNetUnicodeLeavesOut(String text) {
        assertThat(MailboxName.isValid(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/", "/a", "a//b", "a\u0000b", "a*", "a%b", " ", "a/ /b"})
    void refusesWhatCannotNameAMailbox(String text) {
        assertThat(MailboxName.isValid(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new MailboxName(text));
    }

    @Test
    void boundsLengthAndDepth() {
        assertThat(MailboxName.isValid("x".repeat(MailboxName.MAX_LENGTH))).isTrue();
        assertThat(MailboxName.isValid("x".repeat(MailboxName.MAX_LENGTH + 1))).isFalse();
        assertThat(MailboxName.isValid("x/".repeat(MailboxName.MAX_DEPTH - 1) + "x"))
                .isTrue();
        assertThat(MailboxName.isValid("x/".repeat(MailboxName.MAX_DEPTH) + "x"))
                .isFalse();
    }
}
