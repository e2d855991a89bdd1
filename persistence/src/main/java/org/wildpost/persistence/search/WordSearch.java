// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.search.WordQuery;
import org.wildpost.persistence.jdbc.Sql;

/** Looks for a text in the words of one mailbox's indexed messages. As safe for threads as its connection. */
public final class WordSearch {
    /** Words that are looked up for a text that stands in many; the messages without these are then looked at. */
    public static final int MOST_WORDS = 2_000;

    /** Words that are looked up together: the index takes time with the square of them. */
    private static final int TOGETHER = 32;

    private static final String MESSAGES = " join message m on m.blob_id = w.blob_id"
            + " where w.account_id = ? and m.mailbox_id = ? and m.account_id = ? and m.uid <= ?";

    /**
     * The question is hidden from the planner: told that a word is frequent, it takes to reading the words of all messages, whose true size it does not
     * see, where the index has the answer.
     */
    private static final String ASKED =
            "select m.uid from unnest(?::text[]) q join blob_words w on w.words @@ q::tsquery" + MESSAGES;

    private final Connection connection;
    private final MailboxRef mailbox;
    private final long indexedUid;

    /** @param indexedUid messages up to this UID are asked for */
    public WordSearch(Connection connection, MailboxRef mailbox, long indexedUid) {
        this.connection = connection;
        this.mailbox = mailbox;
        this.indexedUid = indexedUid;
    }

    /**
     * Looks up a text that has words.
     *
     * @param headerToo whether words of the header count, too
     */
    public WordHits find(WordQuery query, boolean headerToo) throws SQLException {
        Optional<WordQuery.Term> open = query.terms().stream()
                .filter(term -> term.match().asksForVocabulary())
                .findAny();
        String rest = query.terms().stream()
                .filter(term -> !term.match().asksForVocabulary())
                .map(term -> question(term, headerToo))
                .collect(Collectors.joining(" & "));
        List<String> words = open.isEmpty() ? List.of() : words(open.get(), headerToo);
        boolean all = words.size() <= MOST_WORDS;
        if (!all && !query.decides()) {
            return rest.isEmpty() ? new WordHits(new long[0], new long[0], false) : unsure(found(List.of(rest)));
        }
        Set<Long> found = found(open.isEmpty() ? List.of(rest) : questions(words, rest));
        return query.decides() ? sure(found, all) : unsure(found);
    }

    /** Whose words are not all known may also have words of another message with the same octets, and no words of its own prefix. */
    private WordHits sure(Set<Long> found, boolean complete) throws SQLException {
        Set<Long> partial = partial();
        found.removeAll(partial);
        return new WordHits(sorted(found), sorted(partial), complete);
    }

    private WordHits unsure(Set<Long> found) throws SQLException {
        found.addAll(partial());
        return new WordHits(new long[0], sorted(found), true);
    }

    private static long[] sorted(Set<Long> uids) {
        return uids.stream().mapToLong(Long::longValue).toArray();
    }

    /** Words as they are asked for, one more than the most when there are more; the short ones first, for many messages have them. */
    private List<String> words(WordQuery.Term term, boolean headerToo) throws SQLException {
        boolean atEnd = term.match() == WordQuery.Match.ENDS;
        VocabularyRows vocabulary = new VocabularyRows(connection);
        Stream<String> words = vocabulary.matching(mailbox, false, term.word(), atEnd).stream()
                .map(word -> Lexeme.BODY.asked(mailbox.account(), word));
        if (headerToo) {
            words = Stream.concat(
                    words,
                    vocabulary.matching(mailbox, true, term.word(), atEnd).stream()
                            .map(word -> Lexeme.HEADER.asked(mailbox.account(), word)));
        }
        return words.sorted(Comparator.comparingInt(String::length))
                .limit(MOST_WORDS + 1L)
                .toList();
    }

    private static List<String> questions(List<String> words, String rest) {
        List<String> questions = new ArrayList<>();
        for (int from = 0; from < Math.min(words.size(), MOST_WORDS); from += TOGETHER) {
            int to = Math.min(Math.min(words.size(), MOST_WORDS), from + TOGETHER);
            String any = "(" + String.join(" | ", words.subList(from, to)) + ")";
            questions.add(rest.isEmpty() ? any : any + " & " + rest);
        }
        return questions;
    }

    private String question(WordQuery.Term term, boolean headerToo) {
        String more = term.match() == WordQuery.Match.BEGINS ? ":*" : "";
        String body = Lexeme.BODY.asked(mailbox.account(), term.word()) + more;
        String header = Lexeme.HEADER.asked(mailbox.account(), term.word()) + more;
        return headerToo ? "(" + body + " | " + header + ")" : body;
    }

    /** UIDs that one of the questions finds, ascending; when all messages are found the others are not asked. */
    private Set<Long> found(List<String> questions) throws SQLException {
        Set<Long> found = new TreeSet<>();
        long messages = questions.size() > 1 ? messages() : Long.MAX_VALUE;
        for (String question : questions) {
            Sql.each(
                    connection,
                    ASKED,
                    row -> found.add(row.getLong(1)),
                    new String[] {question},
                    mailbox.account().value(),
                    mailbox.mailbox().value(),
                    mailbox.account().value(),
                    indexedUid);
            if (found.size() >= messages) {
                break;
            }
        }
        return found;
    }

    private long messages() throws SQLException {
        return Sql.first(
                        connection,
                        "select count(*) from message where mailbox_id = ? and account_id = ? and uid <= ?",
                        row -> row.getLong(1),
                        mailbox.mailbox().value(),
                        mailbox.account().value(),
                        indexedUid)
                .orElse(0L);
    }

    /** Messages not all of whose words are known. */
    private Set<Long> partial() throws SQLException {
        Set<Long> partial = new TreeSet<>();
        Sql.each(
                connection,
                "select m.uid from blob_words w" + MESSAGES + " and not w.whole",
                row -> partial.add(row.getLong(1)),
                mailbox.account().value(),
                mailbox.mailbox().value(),
                mailbox.account().value(),
                indexedUid);
        return partial;
    }
}
