// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.List;
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

    /** What does not depend on the session. */
    record Plain(SearchKey key) implements SearchTerm {}

    record Messages(boolean uid, SequenceSet set) implements SearchTerm {}

    /** RFC 3501 §6.4.4. */
    record Recent() implements SearchTerm {}

    /** Whether it asks for modification sequences, so that the answer tells one (RFC 7162 §3.1.5). */
    default boolean asksModSeq() {
        return switch (this) {
            case And(List<SearchTerm> terms) -> terms.stream().anyMatch(SearchTerm::asksModSeq);
            case Or(SearchTerm left, SearchTerm right) -> left.asksModSeq() || right.asksModSeq();
            case Not(SearchTerm term) -> term.asksModSeq();
            case Plain(SearchKey key) -> key instanceof SearchKey.ModifiedSince;
            case Messages ignored -> false;
            case Recent() -> false;
        };
    }

    /** The key for the mailbox as this session sees it. */
    default SearchKey resolve(MailboxView view) {
        return switch (this) {
            case And(List<SearchTerm> terms) ->
                new SearchKey.And(terms.stream().map(t -> t.resolve(view)).toList());
            case Or(SearchTerm left, SearchTerm right) -> new SearchKey.Or(left.resolve(view), right.resolve(view));
            case Not(SearchTerm term) -> new SearchKey.Not(term.resolve(view));
            case Plain(SearchKey key) -> key;
            case Messages(boolean uid, SequenceSet set) -> new SearchKey.Uids(view.existing(set, uid));
            case Recent() -> new SearchKey.Uids(view.recent());
        };
    }
}
