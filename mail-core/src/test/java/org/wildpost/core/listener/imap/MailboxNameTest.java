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
    @CsvSource({"inbox, INBOX", "Inbox/Work, INBOX/Work", "Work/inbox, Work/inbox", "inboxes, inboxes", "收件箱, 收件箱"})
    void writesInboxInCapitalsAndLeavesTheRest(String text, String value) {
        assertThat(new MailboxName(text).value()).isEqualTo(value);
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
