// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.search.SearchKey.EnvelopeField;
import org.wildpost.core.sort.SortCriterion;
import org.wildpost.core.sort.SortKey;
import org.wildpost.core.thread.ThreadAlgorithm;
import org.wildpost.core.thread.ThreadForest;

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

    @Test
    default void searchesWhatTheEnvelopeShows() {
        append(INBOX, """
                From: =?utf-8?q?J=C3=B6rg?= <jorg@x.test>
                To: team: ann@x.test, Bob <bob@x.test>;
                Cc: c@x.test
                Bcc: d@x.test
                Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=

                body
                """.replace("\n", "\r\n"), SEEN);
        append(INBOX, "Subject: plain\r\n\r\nbody\r\n", SEEN);

        assertThat(search(new SearchKey.InEnvelope(EnvelopeField.FROM, "j\u00d6RG <jorg@")))
                .containsExactly(1);
        assertThat(search(new SearchKey.InEnvelope(EnvelopeField.FROM, "jorg@x.test")))
                .containsExactly(1);
        assertThat(search(new SearchKey.InEnvelope(EnvelopeField.TO, "bob@x"))).containsExactly(1);
        assertThat(search(new SearchKey.InEnvelope(EnvelopeField.TO, "TEAM"))).containsExactly(1);
        assertThat(search(new SearchKey.InEnvelope(EnvelopeField.TO, ""))).containsExactly(1);
        assertThat(search(new SearchKey.InEnvelope(EnvelopeField.CC, "c@x.test")))
                .containsExactly(1);
        assertThat(search(new SearchKey.InEnvelope(EnvelopeField.BCC, "x.test")))
                .containsExactly(1);
        assertThat(search(new SearchKey.InEnvelope(EnvelopeField.SUBJECT, "GR\u00dc\u00df")))
                .containsExactly(1);
        assertThat(search(new SearchKey.InEnvelope(EnvelopeField.SUBJECT, "lain")))
                .containsExactly(2);
        assertThat(search(new SearchKey.Not(new SearchKey.InEnvelope(EnvelopeField.FROM, "jorg"))))
                .containsExactly(2);
        assertThat(search(new SearchKey.Fuzzy(new SearchKey.InEnvelope(EnvelopeField.FROM, "x.test jorg"))))
                .containsExactly(1);
        assertThat(search(new SearchKey.And(
                        List.of(new SearchKey.InEnvelope(EnvelopeField.SUBJECT, "plain"), new SearchKey.Body("body")))))
                .containsExactly(2);
        assertThat(search(new SearchKey.UidRange(2, 9))).containsExactly(2);
        assertThat(search(new SearchKey.ArrivedSince(DATE))).containsExactly(1, 2);
        assertThat(search(new SearchKey.ArrivedSince(DATE.plusSeconds(1)))).isEmpty();
    }

    @Test
    default void seesWhatHappensBetweenTwoSearches() {
        SearchKey subject = new SearchKey.InEnvelope(EnvelopeField.SUBJECT, "hello");
        appended(SEEN);
        long second = appended(SEEN);
        assertThat(search(subject)).containsExactly(1, 2);

        long third = appended(Flags.NONE);
        store(StoreRequest.Mode.ADD, DELETED, second);
        assertThat(search(subject)).containsExactly(1, 2, third);
        assertThat(search(new SearchKey.And(List.of(subject, new SearchKey.HasFlag(SystemFlag.DELETED)))))
                .containsExactly(second);
        assertThat(search(new SearchKey.HasFlag(SystemFlag.DELETED))).containsExactly(second);

        listener().expunge(ref(INBOX), Optional.empty());
        assertThat(search(subject)).containsExactly(1, third);
        assertThat(search(new SearchKey.All())).containsExactly(1, third);
        listener().move(ref(INBOX), new long[] {1}, ARCHIVE);
        assertThat(search(subject)).containsExactly(third);
        assertThat(listener().search(ref(ARCHIVE), SearchQuery.of(subject)).uids())
                .containsExactly(1);
        assertThat(listener()
                        .search(new MailboxRef(stranger(), ref(INBOX).mailbox()), SearchQuery.of(subject))
                        .uids())
                .isEmpty();
    }

    @Test
    default void sortsAndTellsMore() {
        append(INBOX, "Subject: pears\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\n\r\n", SEEN);
        append(INBOX, "Subject: Re: Apples\r\nDate: Mon, 2 Mar 2026 10:30:00 +0200\r\n\r\nlong\r\n", SEEN);
        append(INBOX, "Subject: apples and pears\r\n\r\n", Flags.NONE);

        assertThat(sorted(SortKey.SUBJECT, false)).containsExactly(2, 3, 1);
        assertThat(sorted(SortKey.SUBJECT, true)).containsExactly(1, 3, 2);
        assertThat(sorted(SortKey.DATE, false)).containsExactly(2, 1, 3);
        assertThat(sorted(SortKey.ARRIVAL, true)).containsExactly(1, 2, 3);
        assertThat(sorted(SortKey.SIZE, false)).containsExactly(3, 1, 2);

        SearchKey fuzzy = new SearchKey.Fuzzy(new SearchKey.InEnvelope(EnvelopeField.SUBJECT, "pears apples"));
        Found scored = listener()
                .search(
                        ref(INBOX),
                        new SearchQuery(
                                new SearchKey.Or(fuzzy, new SearchKey.Uids(new long[] {1})),
                                List.of(new SortCriterion(SortKey.RELEVANCY, false)),
                                EnumSet.allOf(SearchQuery.Detail.class)));
        assertThat(scored.uids()).containsExactlyInAnyOrder(1, 3);
        assertThat(scored.scores()).hasSize(2);
        assertThat(Arrays.stream(scored.scores())).allMatch(score -> score >= 1 && score <= 100);
        assertThat(scored.modSeqs()).hasSize(2).contains(status(INBOX).highestModSeq());
        Found newest = listener()
                .search(
                        ref(INBOX),
                        new SearchQuery(
                                new SearchKey.UidRange(3, 3), List.of(), EnumSet.of(SearchQuery.Detail.MODSEQ)));
        assertThat(newest.modSeqs()).containsExactly(status(INBOX).highestModSeq());
    }

    private long[] sorted(SortKey key, boolean reverse) {
        SearchQuery query = new SearchQuery(
                new SearchKey.All(),
                List.of(new SortCriterion(key, reverse)),
                EnumSet.noneOf(SearchQuery.Detail.class));
        return listener().search(ref(INBOX), query).uids();
    }

    @Test
    default void threads() {
        append(INBOX, "Subject: a\r\nMessage-ID: <a@x>\r\n\r\n", SEEN);
        append(INBOX, "Subject: b\r\nMessage-ID: <b@x>\r\nReferences: <a@x>\r\n\r\n", SEEN);
        append(INBOX, "Subject: c\r\nIn-Reply-To: <b@x>\r\n\r\n", SEEN);
        append(INBOX, "Subject: Re: a\r\n\r\n", Flags.NONE);

        ThreadForest byReference = listener().thread(ref(INBOX), ThreadAlgorithm.REFERENCES, new SearchKey.All());
        assertThat(byReference.uids()).containsExactly(1, 2, 3, 4);
        assertThat(byReference.depths()).containsExactly(0, 1, 2, 1);
        ThreadForest bySubject =
                listener().thread(ref(INBOX), ThreadAlgorithm.ORDEREDSUBJECT, new SearchKey.HasFlag(SystemFlag.SEEN));
        assertThat(bySubject.uids()).containsExactly(1, 2, 3);
        assertThat(bySubject.depths()).containsExactly(0, 0, 0);
    }

    private long[] search(SearchKey key) {
        return listener().search(ref(INBOX), SearchQuery.of(key)).uids();
    }
}
