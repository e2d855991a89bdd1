// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.search.SearchKey;

/** What every {@link ImapListener} finds (RFC 9051 §6.4.4). */
public interface SearchContract extends ImapContract {
    @Test
    default void searchesWhatTheRowsKnow() {
        append(INBOX, TEXT, SEEN);
        append(INBOX, "Subject: other\r\n\r\n" + "x".repeat(300) + "\r\n", new Flags(0, List.of("Work")));
        LocalDate day = LocalDate.of(2026, 3, 4);

        assertThat(search(new SearchKey.All())).containsExactly(1, 2);
        assertThat(search(new SearchKey.HasFlag(SystemFlag.SEEN))).containsExactly(1);
        assertThat(search(new SearchKey.Not(new SearchKey.HasFlag(SystemFlag.SEEN))))
                .containsExactly(2);
        assertThat(search(new SearchKey.HasKeyword("wORK"))).containsExactly(2);
        assertThat(search(new SearchKey.Larger(TEXT.length()))).containsExactly(2);
        assertThat(search(new SearchKey.Smaller(TEXT.length()))).isEmpty();
        assertThat(search(new SearchKey.Uids(new long[] {2, 5}))).containsExactly(2);
        assertThat(search(new SearchKey.Arrived(SearchKey.When.ON, day))).containsExactly(1, 2);
        assertThat(search(new SearchKey.Arrived(SearchKey.When.BEFORE, day))).isEmpty();
        assertThat(search(new SearchKey.Arrived(SearchKey.When.SINCE, day.plusDays(1))))
                .isEmpty();
        assertThat(search(new SearchKey.ModifiedSince(status(INBOX).highestModSeq())))
                .containsExactly(2);
    }

    @Test
    default void searchesTextsAsTheyRead() {
        append(INBOX, TEXT, SEEN);
        append(
                INBOX,
                "Date: Wed, 4 Mar 2026 23:30:00 -0800\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nbody\r\n",
                SEEN);
        LocalDate day = LocalDate.of(2026, 3, 4);

        assertThat(search(new SearchKey.Header("subject", "HELLO WORLD"))).containsExactly(1);
        assertThat(search(new SearchKey.Header("Subject", "gr\u00fc\u00df"))).containsExactly(2);
        assertThat(search(new SearchKey.Header("x-empty", ""))).containsExactly(1);
        assertThat(search(new SearchKey.Header("subject", "body"))).isEmpty();
        assertThat(search(new SearchKey.Body("BODY"))).containsExactly(1, 2);
        assertThat(search(new SearchKey.Body("hello"))).isEmpty();
        assertThat(search(new SearchKey.Text("hello"))).containsExactly(1);
        assertThat(search(new SearchKey.Sent(SearchKey.When.ON, day))).containsExactly(2);
        assertThat(search(new SearchKey.Sent(SearchKey.When.BEFORE, day))).isEmpty();
        assertThat(search(new SearchKey.Or(new SearchKey.Text("hello"), new SearchKey.Text("date"))))
                .containsExactly(1, 2);
    }

    private long[] search(SearchKey key) {
        return listener().search(ref(INBOX), key);
    }
}
