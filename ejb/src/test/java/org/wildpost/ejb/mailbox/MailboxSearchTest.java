// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.search.SearchKey;

/** What a search finds in rows and in octets, on a real PostgreSQL (RFC 9051 §6.4.4). */
class MailboxSearchTest extends StoreTest {
    private static final Flags SEEN = Flags.of(SystemFlag.SEEN);
    private static final String TEXT = "Subject: Hello\r\n world\r\nX-Empty:\r\n\r\nthe Body of it\r\n";

    @Test
    void searchesRowsAndOctets() {
        store.append(account, TEXT, SEEN);
        store.append(account, "Subject: other\r\n\r\n" + "x".repeat(300) + "Body\r\n", new Flags(0, List.of("Work")));

        assertThat(search(new SearchKey.All())).containsExactly(1, 2);
        assertThat(search(new SearchKey.HasFlag(SystemFlag.SEEN))).containsExactly(1);
        assertThat(search(new SearchKey.Not(new SearchKey.HasFlag(SystemFlag.SEEN))))
                .containsExactly(2);
        assertThat(search(new SearchKey.HasKeyword("wORK"))).containsExactly(2);
        assertThat(search(new SearchKey.Larger(200))).containsExactly(2);
        assertThat(search(new SearchKey.Smaller(200))).containsExactly(1);
        assertThat(search(new SearchKey.Uids(new long[] {2, 5}))).containsExactly(2);
        assertThat(search(new SearchKey.Or(new SearchKey.Uids(new long[] {1}), new SearchKey.HasKeyword("work"))))
                .containsExactly(1, 2);
        LocalDate day = LocalDate.of(2026, 3, 4);
        assertThat(search(new SearchKey.Arrived(SearchKey.When.ON, day))).containsExactly(1, 2);
        assertThat(search(new SearchKey.Arrived(SearchKey.When.BEFORE, day))).isEmpty();
        assertThat(search(new SearchKey.Arrived(SearchKey.When.SINCE, day.plusDays(1))))
                .isEmpty();
        assertThat(search(new SearchKey.Header("subject", "HELLO WORLD"))).containsExactly(1);
        assertThat(search(new SearchKey.Header("x-empty", ""))).containsExactly(1);
        assertThat(search(new SearchKey.Not(new SearchKey.Header("subject", "hello"))))
                .containsExactly(2);
        assertThat(search(new SearchKey.Body("body"))).containsExactly(1, 2);
        assertThat(search(new SearchKey.Body("hello"))).isEmpty();
        assertThat(search(new SearchKey.And(List.of(new SearchKey.Text("other"), new SearchKey.HasKeyword("work")))))
                .containsExactly(2);
        assertThat(search(new SearchKey.ModifiedSince(
                        store.fetch(inbox, 2).getFirst().modSeq())))
                .containsExactly(2);
    }

    @Test
    void searchesTheDayAsTheSenderWroteItAndTextsAsTheyRead() {
        store.append(
                account,
                "Date: Wed, 4 Mar 2026 23:30:00 -0800\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nh\u00e9llo\r\n",
                Flags.NONE);
        LocalDate day = LocalDate.of(2026, 3, 4);

        assertThat(search(new SearchKey.Sent(SearchKey.When.ON, day))).containsExactly(1);
        assertThat(search(new SearchKey.Sent(SearchKey.When.SINCE, day.plusDays(1))))
                .isEmpty();
        assertThat(search(new SearchKey.Not(new SearchKey.Sent(SearchKey.When.BEFORE, day))))
                .containsExactly(1);
        assertThat(search(new SearchKey.Header("subject", "gr\u00fc\u00df"))).containsExactly(1);
        assertThat(search(new SearchKey.Text("H\u00c9LLO"))).containsExactly(1);
    }

    private long[] search(SearchKey key) {
        return store.mail.search(inbox, key);
    }
}
