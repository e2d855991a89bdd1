// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.Identity;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.mime.MimePart;

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
                Arguments.of(new SearchKey.Body("GRÜSSE AUS"), true),
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
                Arguments.of(new SearchKey.Saved(SearchKey.When.ON, arrived.plusDays(2)), true),
                Arguments.of(new SearchKey.Saved(SearchKey.When.BEFORE, arrived.plusDays(2)), false),
                Arguments.of(new SearchKey.Saved(SearchKey.When.SINCE, arrived), true),
                Arguments.of(new SearchKey.SameEmail(5), true),
                Arguments.of(new SearchKey.SameEmail(7), false),
                Arguments.of(new SearchKey.InThread(3), true),
                Arguments.of(new SearchKey.InThread(5), false),
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
        assertThat(SearchMatcher.matches(key, new Message())).isEqualTo(matches);
    }

    private static final class Message implements SearchMatcher.Candidate {
        private final byte[] octets = MESSAGE.getBytes(StandardCharsets.UTF_8);
        private final MimePart structure;

        Message() throws IOException {
            structure = MimeIndexer.index(SpooledMessage.of(octets)).root();
        }

        @Override
        public long uid() {
            return 7;
        }

        @Override
        public Flags flags() {
            return new Flags(SystemFlag.SEEN.bit(), List.of("$Forwarded"));
        }

        @Override
        public Identity identity() {
            return new Identity(5, OptionalLong.of(3), Optional.of(Instant.parse("2026-11-26T00:00:00Z")));
        }

        @Override
        public long modSeq() {
            return 12;
        }

        @Override
        public long size() {
            return octets.length;
        }

        @Override
        public Instant internalDate() {
            return Instant.parse("2026-11-24T23:59:59Z");
        }

        @Override
        public MimePart structure() {
            return structure;
        }

        @Override
        public byte[] octets(long offset, int length) {
            return Arrays.copyOfRange(octets, (int) offset, (int) Math.min(octets.length, offset + length));
        }
    }
}
