// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.MimeCodec;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.sort.SortCriterion;
import org.wildpost.core.sort.SortKey;
import org.wildpost.core.thread.MessageIds;

/** RFC 5256 §3 SORT and RFC 5957 §3, key by key. */
class SortOrderTest {
    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");

    /** Each on the day after the one before, the first the largest. */
    private static final List<String> MAILBOX = List.of(
            "From: Zoe <anna@x>\nTo: carl@x\nSubject: pears\nDate: Mon, 2 Mar 2026 10:00:00 +0000",
            "From: bert@x\nTo: Albert <dora@x>\nSubject: Re: =?utf-8?q?=C3=84pfel?=\nDate: Mon, 2 Mar 2026 10:30:00 +0200",
            "From: =?utf-8?q?=C3=A4nne?= <carl@x>\nCc: q@x\nSubject: [fruit] Apples",
            "Subject: apples (fwd)\nDate: Sun, 1 Mar 2026 23:59:00 -0100\nFrom: \"\" <zed@x>");

    private static List<SummaryRow> rows() throws IOException {
        List<SummaryRow> rows = new ArrayList<>();
        for (int i = 0; i < MAILBOX.size(); i++) {
            rows.add(new SummaryRow(i + 1L, Flags.NONE, 1, summary(MAILBOX.get(i), i)));
        }
        return rows;
    }

    private static MessageSummary summary(String header, int day) throws IOException {
        byte[] octets = (header.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        Envelope envelope = MimeIndexer.index(SpooledMessage.of(octets)).envelope();
        return MessageSummary.of(envelope, true, DAY.plusSeconds(86_400L * day), 100 - day);
    }

    @ParameterizedTest
    @CsvSource({
        "ARRIVAL,1 2 3 4",
        "REVERSE ARRIVAL,4 3 2 1",
        "SIZE,4 3 2 1",
        // UTC: 10:00, 08:30, the internal date of March 3, 00:59 of March 2
        "DATE,4 2 1 3",
        // anna, bert, carl, zed
        "FROM,1 2 3 4",
        // none, none, carl, dora
        "TO,3 4 1 2",
        "CC,1 2 4 3",
        // ÄPFEL is decomposed: A, then a mark that comes after all letters of ASCII
        "SUBJECT,3 4 2 1",
        "REVERSE SUBJECT,1 2 3 4",
        "SUBJECT REVERSE ARRIVAL,4 3 2 1",
        // BERT@X, ZED@X, ZOE, A with a mark
        "DISPLAYFROM,3 2 4 1",
        "DISPLAYTO,3 4 2 1",
        "CC REVERSE SIZE,1 2 4 3"
    })
    void sortsBy(String criteria, String order) throws IOException {
        List<SortCriterion> parsed = new ArrayList<>();
        boolean reverse = false;
        for (String word : criteria.split(" ")) {
            if (word.equals("REVERSE")) {
                reverse = true;
            } else {
                parsed.add(new SortCriterion(SortKey.valueOf(word), reverse));
                reverse = false;
            }
        }
        List<SummaryRow> rows = rows();
        assertThat(Arrays.stream(SortOrder.of(parsed, rows, new int[0]))
                        .mapToObj(i -> Long.toString(rows.get(i).uid()))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(order);
    }

    @Test
    void sortsTheBestMatchFirst() throws IOException {
        List<SortCriterion> criteria = List.of(new SortCriterion(SortKey.RELEVANCY, false));
        assertThat(SortOrder.of(criteria, rows(), new int[] {4, 99, 42, 99})).containsExactly(1, 3, 2, 0);
    }

    @Test
    void keepsItsTextsApart() throws IOException {
        MessageSummary summary = summary(
                "From: a@x\nTo: friends: Bob <b@x>, c@x;\nCc: d@x\nBcc: e@x\nSubject: Re: " + "long ".repeat(100)
                        + "\nMessage-ID: <m@x>\nReferences: <r@x>",
                0);
        assertThat(summary.text(SummaryText.BASE_SUBJECT))
                .isEqualTo("LONG ".repeat(100).strip());
        assertThat(summary.text(SummaryText.SUBJECT)).startsWith("RE: LONG").hasSize(503);
        assertThat(summary.text(SummaryText.TO)).isEqualTo("FRIENDS: BOB <B@X>, C@X;");
        assertThat(summary.text(SummaryText.BCC)).isEqualTo("E@X");
        assertThat(summary.text(SummaryText.TO_NAME)).isEqualTo("FRIENDS");
        assertThat(summary.threaded(3).references()).containsExactly(MessageIds.first("<r@x>"));
        assertThat(summary.threaded(3).id()).isEqualTo(MessageIds.first("<m@x>"));
        assertThat(summary.threaded(3).isReply()).isTrue();
    }

    @Test
    void knowsWhatAnOldEnvelopeDoesNotSay() throws IOException {
        Envelope envelope = MimeIndexer.index(SpooledMessage.of(
                        "References: <r@x>\r\nMessage-ID: <m@x>\r\n\r\n".getBytes(StandardCharsets.UTF_8)))
                .envelope();
        byte[] stored = MimeCodec.encode(envelope);
        assertThat(MimeCodec.knowsReferences(stored)).isTrue();
        assertThat(MimeCodec.decodeEnvelope(stored)).isEqualTo(envelope);

        byte[] old = Arrays.copyOf(stored, stored.length - "<r@x>".length() - 1);
        old[0] = 1;
        assertThat(MimeCodec.knowsReferences(old)).isFalse();
        assertThat(MimeCodec.decodeEnvelope(old)).isEqualTo(envelope.withReferences(null));
        MessageSummary summary = MessageSummary.of(envelope.withReferences(null), false, DAY, 1);
        assertThat(summary.knowsReferences()).isFalse();
        assertThat(summary.referring(new long[] {5}).threaded(1).references()).containsExactly(5);
    }
}
