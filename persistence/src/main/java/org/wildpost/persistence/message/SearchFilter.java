// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.wildpost.core.search.SearchKey;

/**
 * The part of a search key that the database answers from the rows alone (RFC 9051 §6.4.4).
 *
 * @param condition  SQL over the columns of a message that every match passes
 * @param parameters its parameters in order
 * @param exact      whether only matches pass; otherwise what passes must be looked at
 */
public record SearchFilter(String condition, List<Object> parameters, boolean exact) {
    private static final SearchFilter ANYTHING = new SearchFilter("true", List.of(), false);

    public SearchFilter {
        parameters = List.copyOf(parameters);
    }

    /** The filter of a key. */
    public static SearchFilter of(SearchKey key) {
        return switch (key) {
            case SearchKey.And and ->
                joined(
                        " and ",
                        "true",
                        and.keys().stream().map(SearchFilter::of).toList());
            case SearchKey.Or or -> joined(" or ", "false", List.of(of(or.left()), of(or.right())));
            case SearchKey.Not not -> negated(of(not.key()));
            case SearchKey.All ignored -> exact("true");
            case SearchKey.Uids uids -> exact("uid = any(?)", (Object) uids.uids());
            case SearchKey.UidRange range -> exact("uid between ? and ?", range.first(), range.last());
            case SearchKey.HasFlag flag -> exact("flags & ? <> 0", flag.flag().bit());
            case SearchKey.HasKeyword keyword ->
                exact(
                        "exists (select 1 from unnest(keywords) k where lower(k) = lower(?))",
                        org.wildpost.persistence.jdbc.Sql.storable(keyword.keyword()));
            case SearchKey.Larger larger -> exact("size > ?", larger.octets());
            case SearchKey.Smaller smaller -> exact("size < ?", smaller.octets());
            case SearchKey.Arrived arrived -> arrived(arrived);
            case SearchKey.ArrivedSince since -> exact("internal_date >= ?", since.moment());
            case SearchKey.Sent sent -> sent(sent);
            case SearchKey.Saved saved -> saved(saved);
            case SearchKey.SameEmail same -> exact("email_id = ?", same.emailId());
            case SearchKey.InThread in -> exact("coalesce(thread_id = ?, false)", in.threadId());
            case SearchKey.ModifiedSince since -> exact("modseq >= ?", since.modSeq());
            case SearchKey.Fuzzy fuzzy -> of(fuzzy.key());
            case SearchKey.InEnvelope ignored -> ANYTHING;
            case SearchKey.Header ignored -> ANYTHING;
            case SearchKey.Body ignored -> ANYTHING;
            case SearchKey.Text ignored -> ANYTHING;
        };
    }

    private static SearchFilter exact(String condition, Object... parameters) {
        return new SearchFilter(condition, List.of(parameters), true);
    }

    private static SearchFilter joined(String word, String empty, List<SearchFilter> parts) {
        List<Object> parameters = new ArrayList<>();
        parts.forEach(part -> parameters.addAll(part.parameters()));
        String condition = parts.isEmpty()
                ? empty
                : "("
                        + String.join(
                                word,
                                parts.stream().map(SearchFilter::condition).toList()) + ")";
        return new SearchFilter(condition, parameters, parts.stream().allMatch(SearchFilter::exact));
    }

    private static SearchFilter negated(SearchFilter filter) {
        return filter.exact()
                ? new SearchFilter("not (" + filter.condition() + ")", filter.parameters(), true)
                : ANYTHING;
    }

    private static SearchFilter arrived(SearchKey.Arrived arrived) {
        return day("internal_date", arrived.when(), arrived.date());
    }

    private static SearchFilter saved(SearchKey.Saved saved) {
        return day("coalesce(save_date, internal_date)", saved.when(), saved.date());
    }

    private static SearchFilter day(String column, SearchKey.When when, LocalDate date) {
        Instant from = start(date);
        Instant to = start(date.plusDays(1));
        return switch (when) {
            case BEFORE -> exact(column + " < ?", from);
            case ON -> exact("(" + column + " >= ? and " + column + " < ?)", from, to);
            case SINCE -> exact(column + " >= ?", from);
        };
    }

    /** The row knows the moment, the key asks for the day as written: a day more on each side passes, and so does a message without a date. */
    private static SearchFilter sent(SearchKey.Sent sent) {
        Instant from = start(sent.date().minusDays(1));
        Instant to = start(sent.date().plusDays(2));
        return switch (sent.when()) {
            case BEFORE -> inexact("(sent_date is null or sent_date < ?)", to);
            case ON -> inexact("(sent_date is null or (sent_date >= ? and sent_date < ?))", from, to);
            case SINCE -> inexact("(sent_date is null or sent_date >= ?)", from);
        };
    }

    private static SearchFilter inexact(String condition, Object... parameters) {
        return new SearchFilter(condition, List.of(parameters), false);
    }

    private static Instant start(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
