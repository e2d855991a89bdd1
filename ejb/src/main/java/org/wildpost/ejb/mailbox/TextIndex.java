// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.search.Words;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.search.WordRows;

/**
 * Answers BODY and TEXT from the words of messages. In a mailbox that is indexed a text is found where its words are, the first from its beginning
 * on, the last as far as it is written; texts of several words are looked up in the messages that have them all. The first search in a mailbox
 * asks for the index and is answered without it. Safe for all threads.
 */
@ApplicationScoped
public class TextIndex {
    @Inject
    Database database;

    @Inject
    TextIndexer indexer;

    /** A key without BODY and TEXT as far as the words answer them. */
    SearchKey answered(MailboxRef mailbox, SearchKey key, Function<SearchKey, long[]> look) {
        if (!asksForText(key)) {
            return key;
        }
        OptionalLong indexed = database.statement(connection -> new WordRows(connection).indexed(mailbox));
        if (indexed.isEmpty()) {
            indexer.want(mailbox.owners());
            return key;
        }
        long[] behind = database.statement(connection -> new WordRows(connection).behind(mailbox, indexed.getAsLong()));
        if (behind.length > 0) {
            indexer.wake();
        }
        return replaced(key, new Look(mailbox, indexed.getAsLong(), behind, look));
    }

    /**
     * @param behind UIDs that are not indexed yet
     * @param find   looks at messages
     */
    private record Look(MailboxRef mailbox, long indexedUid, long[] behind, Function<SearchKey, long[]> find) {}

    private static boolean asksForText(SearchKey key) {
        return switch (key) {
            case SearchKey.And(List<SearchKey> keys) -> keys.stream().anyMatch(TextIndex::asksForText);
            case SearchKey.Or(SearchKey left, SearchKey right) -> asksForText(left) || asksForText(right);
            case SearchKey.Not(SearchKey inner) -> asksForText(inner);
            case SearchKey.Fuzzy(SearchKey inner) -> asksForText(inner);
            case SearchKey.Body ignored -> true;
            case SearchKey.Text ignored -> true;
            default -> false;
        };
    }

    private SearchKey replaced(SearchKey key, Look look) {
        return switch (key) {
            case SearchKey.And(List<SearchKey> keys) ->
                new SearchKey.And(
                        keys.stream().map(inner -> replaced(inner, look)).toList());
            case SearchKey.Or(SearchKey left, SearchKey right) ->
                new SearchKey.Or(replaced(left, look), replaced(right, look));
            case SearchKey.Not(SearchKey inner) -> new SearchKey.Not(replaced(inner, look));
            case SearchKey.Fuzzy(SearchKey inner) -> new SearchKey.Fuzzy(replacedFuzzy(inner, look));
            case SearchKey.Body(String text) -> words(key, text, false, look);
            case SearchKey.Text(String text) -> words(key, text, true, look);
            default -> key;
        };
    }

    /** All words in whatever order are enough (RFC 6203 §3). */
    private SearchKey replacedFuzzy(SearchKey key, Look look) {
        return switch (key) {
            case SearchKey.And(List<SearchKey> keys) ->
                new SearchKey.And(
                        keys.stream().map(inner -> replacedFuzzy(inner, look)).toList());
            case SearchKey.Or(SearchKey left, SearchKey right) ->
                new SearchKey.Or(replacedFuzzy(left, look), replacedFuzzy(right, look));
            case SearchKey.Not(SearchKey inner) -> new SearchKey.Not(replacedFuzzy(inner, look));
            case SearchKey.Body(String text) -> fuzzyWords(key, text, false, look);
            case SearchKey.Text(String text) -> fuzzyWords(key, text, true, look);
            default -> key;
        };
    }

    private SearchKey fuzzyWords(SearchKey key, String text, boolean headerToo, Look look) {
        Words.Query query = Words.query(text);
        return words(new SearchKey.Fuzzy(key), new Words.Query(query.terms(), true), headerToo, look);
    }

    private SearchKey words(SearchKey key, String text, boolean headerToo, Look look) {
        return words(key, Words.query(text), headerToo, look);
    }

    private SearchKey words(SearchKey key, Words.Query query, boolean headerToo, Look look) {
        if (query.terms().isEmpty()) {
            return key;
        }
        long[] found = database.statement(connection ->
                new WordRows(connection).find(look.mailbox(), query.terms(), headerToo, look.indexedUid()));
        long[] unsure = query.decides() ? look.behind() : joined(found, look.behind());
        long[] looked = unsure.length == 0
                ? unsure
                : look.find().apply(new SearchKey.And(List.of(new SearchKey.Uids(unsure), key)));
        return new SearchKey.Uids(query.decides() ? joined(found, looked) : looked);
    }

    /** Both, of which the first end before the second begin. */
    private static long[] joined(long[] first, long[] second) {
        return LongStream.concat(LongStream.of(first), LongStream.of(second)).toArray();
    }
}
