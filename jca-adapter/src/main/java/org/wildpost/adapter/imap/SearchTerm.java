// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.wildpost.core.search.SearchKey;

/** A search key as the client wrote it, sequence numbers and {@code \Recent} not yet turned into UIDs (RFC 9051 §6.4.4). */
sealed interface SearchTerm {
    record And(List<SearchTerm> terms) implements SearchTerm {
        public And {
            terms = List.copyOf(terms);
        }
    }

    record Or(SearchTerm left, SearchTerm right) implements SearchTerm {}

    record Not(SearchTerm term) implements SearchTerm {}

    /** RFC 6203 §3. */
    record Fuzzy(SearchTerm term) implements SearchTerm {}

    /** What does not depend on the session. */
    record Plain(SearchKey key) implements SearchTerm {}

    record Messages(boolean uid, SequenceSet set) implements SearchTerm {}

    /** RFC 3501 §6.4.4. */
    record Recent() implements SearchTerm {}

    /** Arrived so many seconds ago or less (RFC 5032 §2). */
    record Younger(long seconds) implements SearchTerm {}

    /** Arrived so many seconds ago or more (RFC 5032 §2). */
    record Older(long seconds) implements SearchTerm {}

    /** Whether a part of it is of a kind. */
    default boolean has(Predicate<SearchTerm> kind) {
        return kind.test(this)
                || switch (this) {
                    case And(List<SearchTerm> terms) -> terms.stream().anyMatch(term -> term.has(kind));
                    case Or(SearchTerm left, SearchTerm right) -> left.has(kind) || right.has(kind);
                    case Not(SearchTerm term) -> term.has(kind);
                    case Fuzzy(SearchTerm term) -> term.has(kind);
                    default -> false;
                };
    }

    /** Whether it asks for modification sequences, so that the answer tells one (RFC 7162 §3.1.5). */
    default boolean asksModSeq() {
        return has(term -> term instanceof Plain(SearchKey key) && key instanceof SearchKey.ModifiedSince);
    }

    /** Whether it names messages by their sequence numbers. */
    default boolean countsMessages() {
        return has(term -> term instanceof Messages(boolean uid, SequenceSet set) && !uid && !set.isSaved());
    }

    /** Whether its answer changes by time alone. */
    default boolean isDynamic() {
        return has(term -> term instanceof Younger || term instanceof Older);
    }

    /** The same with messages in place of what this session means by numbers and {@code \Recent}; that stays as it is now. */
    default SearchTerm fixed(MailboxView view) {
        return switch (this) {
            case And(List<SearchTerm> terms) ->
                new And(terms.stream().map(t -> t.fixed(view)).toList());
            case Or(SearchTerm left, SearchTerm right) -> new Or(left.fixed(view), right.fixed(view));
            case Not(SearchTerm term) -> new Not(term.fixed(view));
            case Fuzzy(SearchTerm term) -> new Fuzzy(term.fixed(view));
            case Messages(boolean uid, SequenceSet set) -> new Plain(uids(view.existing(set, uid)));
            case Recent() -> new Plain(uids(view.recent()));
            case Plain ignored -> this;
            case Younger ignored -> this;
            case Older ignored -> this;
        };
    }

    /** Whether what it means depends on how a session sees the mailbox. */
    default boolean needsView() {
        return has(term -> term instanceof Messages || term instanceof Recent);
    }

    /** The key for the mailbox as this session sees it. */
    default SearchKey resolve(MailboxView view, Instant now) {
        return fixed(view).withoutView(now);
    }

    /** The key for whatever mailbox; only for what {@link #needsView} says needs no more. */
    default SearchKey withoutView(Instant now) {
        return switch (this) {
            case And(List<SearchTerm> terms) ->
                new SearchKey.And(terms.stream().map(t -> t.withoutView(now)).toList());
            case Or(SearchTerm left, SearchTerm right) ->
                new SearchKey.Or(left.withoutView(now), right.withoutView(now));
            case Not(SearchTerm term) -> new SearchKey.Not(term.withoutView(now));
            case Fuzzy(SearchTerm term) -> new SearchKey.Fuzzy(term.withoutView(now));
            case Plain(SearchKey key) -> key;
            case Younger(long seconds) -> new SearchKey.ArrivedSince(before(now, seconds));
            case Older(long seconds) ->
                new SearchKey.Not(
                        new SearchKey.ArrivedSince(before(now, seconds).plusSeconds(1)));
            case Messages ignored -> throw new IllegalStateException("there is no view");
            case Recent() -> throw new IllegalStateException("there is no view");
        };
    }

    private static Instant before(Instant now, long seconds) {
        return now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(seconds);
    }

    /** Neighbours are a range, which is less to say. */
    private static SearchKey uids(long[] uids) {
        boolean range = uids.length > 1 && uids[uids.length - 1] - uids[0] == uids.length - 1;
        return range ? new SearchKey.UidRange(uids[0], uids[uids.length - 1]) : new SearchKey.Uids(uids);
    }
}
