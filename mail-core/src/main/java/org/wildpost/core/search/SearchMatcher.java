// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.collation.UnicodeCasemap;
import org.wildpost.core.summary.SummaryRow;
import org.wildpost.core.summary.SummaryText;

/**
 * Decides whether messages match a key (RFC 9051 §6.4.4). Texts match as substrings under i;unicode-casemap (RFC 5255 §4.3), encoded words and
 * transfer encodings taken off before. Made once for a key and asked for each message. Safe for all threads.
 */
public final class SearchMatcher {
    private final Test test;

    private SearchMatcher(Test test) {
        this.test = test;
    }

    /** One key, ready to be asked. */
    @FunctionalInterface
    private interface Test {
        Verdict of(SummaryRow row, @Nullable MessageOctets octets);
    }

    /** The matcher of a key. */
    public static SearchMatcher of(SearchKey key) {
        return new SearchMatcher(test(key, false));
    }

    /** Decides without the message's octets. */
    public Verdict weigh(SummaryRow row) {
        return test.of(row, null);
    }

    /** Decides with them. */
    public boolean matches(SummaryRow row, MessageOctets octets) {
        return test.of(row, octets) == Verdict.YES;
    }

    private static Test test(SearchKey key, boolean fuzzy) {
        return switch (key) {
            case SearchKey.And(List<SearchKey> keys) ->
                all(keys.stream().map(inner -> test(inner, fuzzy)).toList());
            case SearchKey.Or(SearchKey left, SearchKey right) -> either(test(left, fuzzy), test(right, fuzzy));
            case SearchKey.Not(SearchKey inner) -> not(test(inner, fuzzy));
            case SearchKey.Fuzzy(SearchKey inner) -> test(inner, true);
            case SearchKey.InEnvelope(SearchKey.EnvelopeField field, String text) ->
                inEnvelope(summaryText(field), text, fuzzy);
            case SearchKey.Header(String field, String text) ->
                content(text, fuzzy, wanted -> octets -> ContentSearch.headerHas(octets, field, wanted));
            case SearchKey.Body(String text) ->
                content(text, fuzzy, wanted -> octets -> ContentSearch.bodyHas(octets, wanted));
            case SearchKey.Text(String text) ->
                content(text, fuzzy, wanted -> octets -> ContentSearch.textHas(octets, wanted));
            default -> row(rowTest(key));
        };
    }

    /** Keys about what the row says. */
    private static Predicate<SummaryRow> rowTest(SearchKey key) {
        return switch (key) {
            case SearchKey.All() -> row -> true;
            case SearchKey.Uids(long[] uids) -> row -> Arrays.binarySearch(uids, row.uid()) >= 0;
            case SearchKey.UidRange(long first, long last) -> row -> row.uid() >= first && row.uid() <= last;
            case SearchKey.HasFlag(var flag) -> row -> row.flags().has(flag);
            case SearchKey.HasKeyword(String keyword) -> row -> row.flags().has(keyword);
            case SearchKey.ModifiedSince(long modSeq) -> row -> row.modSeq() >= modSeq;
            case SearchKey.Larger(long octets) -> row -> row.summary().size() > octets;
            case SearchKey.Smaller(long octets) -> row -> row.summary().size() < octets;
            case SearchKey.Arrived(SearchKey.When when, LocalDate date) -> row -> isThen(when, arrivalDay(row), date);
            case SearchKey.ArrivedSince(Instant moment) -> row -> row.summary().arrived() >= moment.getEpochSecond();
            case SearchKey.Sent(SearchKey.When when, LocalDate date) ->
                row -> row.summary()
                        .sentDay()
                        .filter(day -> isThen(when, day, date))
                        .isPresent();
            default -> throw new IllegalArgumentException("not a key about a row: " + key);
        };
    }

    private static LocalDate arrivalDay(SummaryRow row) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(row.summary().arrived()), ZoneOffset.UTC);
    }

    private static boolean isThen(SearchKey.When when, LocalDate day, LocalDate asked) {
        return switch (when) {
            case BEFORE -> day.isBefore(asked);
            case ON -> day.isEqual(asked);
            case SINCE -> !day.isBefore(asked);
        };
    }

    static SummaryText summaryText(SearchKey.EnvelopeField field) {
        return switch (field) {
            case BCC -> SummaryText.BCC;
            case CC -> SummaryText.CC;
            case FROM -> SummaryText.FROM;
            case SUBJECT -> SummaryText.SUBJECT;
            case TO -> SummaryText.TO;
        };
    }

    private static Test inEnvelope(SummaryText field, String text, boolean fuzzy) {
        List<byte[]> wanted = wanted(text, fuzzy).stream()
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList();
        return row(row -> wanted.stream().allMatch(part -> row.summary().contains(field, part)));
    }

    private static Test content(String text, boolean fuzzy, Function<String, Predicate<MessageOctets>> looks) {
        List<Predicate<MessageOctets>> all =
                wanted(text, fuzzy).stream().map(looks).toList();
        return (row, octets) ->
                octets == null ? Verdict.UNREAD : Verdict.of(all.stream().allMatch(look -> look.test(octets)));
    }

    /** What must be found, mapped: the whole text, or in a fuzzy search each of its words. */
    static List<String> wanted(String text, boolean fuzzy) {
        String mapped = UnicodeCasemap.map(text);
        List<String> words = fuzzy ? WordRanking.words(mapped) : List.of();
        return words.isEmpty() ? List.of(mapped) : words;
    }

    private static Test row(Predicate<SummaryRow> test) {
        return (row, octets) -> Verdict.of(test.test(row));
    }

    private static Test not(Test inner) {
        return (row, octets) -> inner.of(row, octets).not();
    }

    private static Test either(Test left, Test right) {
        return not(all(List.of(not(left), not(right))));
    }

    /** What is cheap is asked first when nothing was read: an unread key may not matter. */
    private static Test all(List<Test> tests) {
        return (row, octets) -> {
            Verdict verdict = Verdict.YES;
            for (Test test : tests) {
                Verdict one = test.of(row, octets);
                if (one == Verdict.NO) {
                    return Verdict.NO;
                }
                verdict = one == Verdict.UNREAD ? one : verdict;
            }
            return verdict;
        };
    }
}
