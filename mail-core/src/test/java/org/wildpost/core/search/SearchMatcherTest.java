// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.mime.MimePart;
import org.wildpost.core.search.SearchKey.EnvelopeField;
import org.wildpost.core.summary.MessageSummary;
import org.wildpost.core.summary.SummaryRow;

/** RFC 9051 §6.4.4, key by key. */
class SearchMatcherTest {
    private static final String MESSAGE = String.join(
            "\r\n",
            "From: =?utf-8?Q?J=C3=BCrgen?= <juergen@example.org>",
            "Subject: Weekly Report",
            "Date: Mon, 23 Nov 2026 23:30:00 -0800",
            "X-Empty:",
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            "Gr=C3=BC=C3=9Fe aus K=",
            "=C3=B6ln",
            "--b",
            "Content-Type: message/rfc822",
            "",
            "Subject: forwarded thing",
            "",
            "inner words",
            "--b",
            "Content-Type: application/octet-stream",
            "",
            "binarynoise",
            "--b--",
            "");

    static Stream<Arguments> keys() {
        LocalDate sent = LocalDate.of(2026, 11, 23);
        LocalDate arrived = LocalDate.of(2026, 11, 24);
        return Stream.of(
                Arguments.of(new SearchKey.All(), true),
                Arguments.of(new SearchKey.Header("subject", "REPORT"), true),
                Arguments.of(new SearchKey.Header("Subject", "daily"), false),
                Arguments.of(new SearchKey.Header("X-Empty", ""), true),
                Arguments.of(new SearchKey.Header("X-Missing", ""), false),
                Arguments.of(new SearchKey.Header("From", "jürgen"), true),
                Arguments.of(new SearchKey.InEnvelope(EnvelopeField.FROM, "JÜRGEN <juergen@"), true),
                Arguments.of(new SearchKey.InEnvelope(EnvelopeField.FROM, "=?utf-8"), false),
                Arguments.of(new SearchKey.InEnvelope(EnvelopeField.FROM, ""), true),
                Arguments.of(new SearchKey.InEnvelope(EnvelopeField.TO, ""), false),
                Arguments.of(new SearchKey.InEnvelope(EnvelopeField.SUBJECT, "ly rep"), true),
                Arguments.of(new SearchKey.InEnvelope(EnvelopeField.SUBJECT, "report weekly"), false),
                Arguments.of(
                        new SearchKey.Fuzzy(new SearchKey.InEnvelope(EnvelopeField.SUBJECT, "report, week")), true),
                Arguments.of(new SearchKey.Fuzzy(new SearchKey.Body("köln absent")), false),
                Arguments.of(new SearchKey.Fuzzy(new SearchKey.Body("köln Grüße")), true),
                Arguments.of(new SearchKey.ArrivedSince(Instant.parse("2026-11-24T23:59:59Z")), true),
                Arguments.of(new SearchKey.ArrivedSince(Instant.parse("2026-11-25T00:00:00Z")), false),
                Arguments.of(new SearchKey.UidRange(7, 7), true),
                Arguments.of(new SearchKey.UidRange(8, 9), false),
                Arguments.of(new SearchKey.Body("GRÜßE AUS"), true),
                Arguments.of(new SearchKey.Body("köln"), true),
                Arguments.of(new SearchKey.Body("forwarded thing"), true),
                Arguments.of(new SearchKey.Body("inner"), true),
                Arguments.of(new SearchKey.Body("weekly"), false),
                Arguments.of(new SearchKey.Body("binarynoise"), false),
                Arguments.of(new SearchKey.Text("weekly"), true),
                Arguments.of(new SearchKey.Text("Köln"), true),
                Arguments.of(new SearchKey.Text("absent"), false),
                Arguments.of(new SearchKey.Sent(SearchKey.When.ON, sent), true),
                Arguments.of(new SearchKey.Sent(SearchKey.When.BEFORE, sent), false),
                Arguments.of(new SearchKey.Sent(SearchKey.When.SINCE, sent), true),
                Arguments.of(new SearchKey.Arrived(SearchKey.When.ON, arrived), true),
                Arguments.of(new SearchKey.Arrived(SearchKey.When.BEFORE, arrived.plusDays(1)), true),
                Arguments.of(new SearchKey.Arrived(SearchKey.When.SINCE, arrived.plusDays(1)), false),
                Arguments.of(new SearchKey.HasFlag(SystemFlag.SEEN), true),
                Arguments.of(new SearchKey.HasFlag(SystemFlag.DELETED), false),
                Arguments.of(new SearchKey.HasKeyword("$FORWARDED"), true),
                Arguments.of(new SearchKey.Larger(MESSAGE.length() - 1L), true),
                Arguments.of(new SearchKey.Larger(MESSAGE.length()), false),
                Arguments.of(new SearchKey.Smaller(MESSAGE.length()), false),
                Arguments.of(new SearchKey.Uids(new long[] {3, 7, 9}), true),
                Arguments.of(new SearchKey.Uids(new long[] {3, 9}), false),
                Arguments.of(new SearchKey.ModifiedSince(12), true),
                Arguments.of(new SearchKey.ModifiedSince(13), false),
                Arguments.of(new SearchKey.Not(new SearchKey.All()), false),
                Arguments.of(new SearchKey.Or(new SearchKey.Body("absent"), new SearchKey.All()), true),
                Arguments.of(new SearchKey.And(List.of(new SearchKey.All(), new SearchKey.Body("absent"))), false));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void matchesAsTheRfcSays(SearchKey key, boolean matches) throws IOException {
        Message message = new Message();
        assertThat(SearchMatcher.of(key).matches(message.row(), message)).isEqualTo(matches);
        Verdict verdict = SearchMatcher.of(key).weigh(message.row());
        assertThat(verdict).isIn(Verdict.UNREAD, matches ? Verdict.YES : Verdict.NO);
    }

    static Stream<Arguments> verdicts() {
        SearchKey all = new SearchKey.All();
        SearchKey none = new SearchKey.Not(all);
        SearchKey body = new SearchKey.Body("köln");
        return Stream.of(
                Arguments.of(body, Verdict.UNREAD),
                Arguments.of(new SearchKey.Not(body), Verdict.UNREAD),
                Arguments.of(new SearchKey.Header("subject", "x"), Verdict.UNREAD),
                Arguments.of(new SearchKey.And(List.of(body, none)), Verdict.NO),
                Arguments.of(new SearchKey.And(List.of(body, all)), Verdict.UNREAD),
                Arguments.of(new SearchKey.Or(body, all), Verdict.YES),
                Arguments.of(new SearchKey.Or(body, none), Verdict.UNREAD),
                Arguments.of(new SearchKey.InEnvelope(EnvelopeField.SUBJECT, "report"), Verdict.YES));
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void saysWhatDependsOnTheOctets(SearchKey key, Verdict verdict) throws IOException {
        assertThat(SearchMatcher.of(key).weigh(new Message().row())).isEqualTo(verdict);
    }

    private static final class Message implements MessageOctets {
        private final byte[] octets = MESSAGE.getBytes(StandardCharsets.UTF_8);
        private final MessageIndex index;

        Message() throws IOException {
            index = MimeIndexer.index(SpooledMessage.of(octets));
        }

        SummaryRow row() {
            return new SummaryRow(
                    7,
                    new Flags(SystemFlag.SEEN.bit(), List.of("$Forwarded")),
                    12,
                    MessageSummary.of(index.envelope(), true, Instant.parse("2026-11-24T23:59:59.5Z"), octets.length));
        }

        @Override
        public MimePart structure() {
            return index.root();
        }

        @Override
        public byte[] octets(long offset, int length) {
            return Arrays.copyOfRange(octets, (int) offset, (int) Math.min(octets.length, offset + length));
        }
    }
}
