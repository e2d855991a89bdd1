// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.search.WordQuery;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.search.IndexedMailboxes;
import org.wildpost.persistence.search.WordHits;
import org.wildpost.persistence.search.WordSearch;

/**
 * Answers BODY and TEXT from the words of messages, as far as these do: what they do not decide stays a key that looks at the messages that may match.
 * The answer is the one that a look at each message would give. The first search in a mailbox asks for the index and is answered without it. Safe for
 * all threads.
 */
@ApplicationScoped
public class TextIndex {
    @Inject
    Database database;

    @Inject
    TextIndexer indexer;

    /** A key with BODY and TEXT answered as far as the words do. */
    SearchKey answered(MailboxRef mailbox, SearchKey key) {
        if (!asksForText(key)) {
            return key;
        }
        Optional<IndexedMailboxes.Progress> known =
                database.statement(connection -> new IndexedMailboxes(connection).progress(mailbox));
        if (known.isEmpty()) {
            indexer.want(mailbox.owners());
            return key;
        }
        IndexedMailboxes.Progress progress = known.get();
        if (progress.lastUid() > progress.indexedUid()) {
            indexer.wake();
        }
        if (progress.indexedUid() == 0) {
            return key;
        }
        // What comes in while this is answered would be taken for a message without the words.
        return new SearchKey.And(
                List.of(new SearchKey.UidRange(1, progress.lastUid()), replaced(key, new Look(mailbox, progress))));
    }

    private record Look(MailboxRef mailbox, IndexedMailboxes.Progress progress) {}

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
            case SearchKey.Body(String text) -> words(key, WordQuery.of(text), false, look);
            case SearchKey.Text(String text) -> words(key, WordQuery.of(text), true, look);
            default -> key;
        };
    }

    private SearchKey replacedFuzzy(SearchKey key, Look look) {
        return switch (key) {
            case SearchKey.And(List<SearchKey> keys) ->
                new SearchKey.And(
                        keys.stream().map(inner -> replacedFuzzy(inner, look)).toList());
            case SearchKey.Or(SearchKey left, SearchKey right) ->
                new SearchKey.Or(replacedFuzzy(left, look), replacedFuzzy(right, look));
            case SearchKey.Not(SearchKey inner) -> new SearchKey.Not(replacedFuzzy(inner, look));
            case SearchKey.Fuzzy(SearchKey inner) -> replacedFuzzy(inner, look);
            case SearchKey.Body(String text) -> fuzzyWords(key, text, false, look);
            case SearchKey.Text(String text) -> fuzzyWords(key, text, true, look);
            default -> key;
        };
    }

    /** All words in whatever order are enough (RFC 6203 §3); where one is not decided, the key as it is decides about all. */
    private SearchKey fuzzyWords(SearchKey key, String text, boolean headerToo, Look look) {
        return new SearchKey.And(WordQuery.fuzzy(text).stream()
                .map(query -> words(key, query, headerToo, look))
                .toList());
    }

    private SearchKey words(SearchKey key, WordQuery query, boolean headerToo, Look look) {
        if (query.terms().isEmpty()) {
            return key;
        }
        long indexed = look.progress().indexedUid();
        WordHits hits = database.statement(
                connection -> new WordSearch(connection, look.mailbox(), indexed).find(query, headerToo));
        SearchKey sure = new SearchKey.Uids(hits.sure());
        if (!hits.complete()) {
            return new SearchKey.Or(sure, key);
        }
        SearchKey unsure = new SearchKey.Uids(hits.unsure());
        if (look.progress().lastUid() > indexed) {
            unsure = new SearchKey.Or(
                    unsure, new SearchKey.UidRange(indexed + 1, look.progress().lastUid()));
        } else if (hits.unsure().length == 0) {
            return sure;
        }
        return new SearchKey.Or(sure, new SearchKey.And(List.of(unsure, key)));
    }
}
