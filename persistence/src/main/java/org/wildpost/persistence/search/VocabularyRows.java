// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.persistence.jdbc.Sql;

/**
 * The words that the indexed messages of a mailbox have. Words of messages that are gone stay until batches are joined no more; they cost a little
 * time and find nothing. As safe for threads as its connection; whoever adds has locked the mailbox's row of mailbox_words.
 */
final class VocabularyRows {
    /** Characters of a page: a word that is rare is in few pages, and only these are read. */
    static final int PAGE = 32 * 1024;

    /** Octets of a batch that is not joined with later ones any more. */
    static final long FULL = 4L * 1024 * 1024;

    private static final char BETWEEN = '\n';

    private final Connection connection;

    VocabularyRows(Connection connection) {
        this.connection = connection;
    }

    private record Batch(long number, long octets) {}

    /** Words that end with a text, or in which it stands; each once. */
    Set<String> matching(MailboxRef mailbox, boolean inHeader, String text, boolean atEnd) throws SQLException {
        String wanted = atEnd ? text + BETWEEN : text;
        Set<String> found = new HashSet<>();
        Sql.each(
                connection,
                "select words from mailbox_vocabulary where mailbox_id = ? and in_header = ? and strpos(words, ?) > 0",
                row -> collect(row.getString(1), wanted, found::add),
                mailbox.mailbox().value(),
                inHeader,
                wanted);
        return found;
    }

    private static void collect(String page, String wanted, Consumer<String> taker) {
        int at = page.indexOf(wanted);
        while (at >= 0) {
            int start = page.lastIndexOf(BETWEEN, at) + 1;
            int end = page.indexOf(BETWEEN, at);
            taker.accept(page.substring(start, end));
            at = page.indexOf(wanted, end);
        }
    }

    /**
     * Adds words as a batch, joined with the batches before it that are not much larger: of n words, about log n batches stay, and each word is
     * written about as often.
     */
    void add(MailboxRef mailbox, boolean inHeader, Collection<String> added) throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        long mailboxId = mailbox.mailbox().value();
        List<Batch> batches = Sql.list(
                connection,
                "select batch, sum(octet_length(words)) from mailbox_vocabulary where mailbox_id = ? and in_header = ?"
                        + " group by batch order by batch desc",
                row -> new Batch(row.getLong(1), row.getLong(2)),
                mailboxId,
                inHeader);
        long next = batches.isEmpty() ? 1 : batches.getFirst().number() + 1;
        Set<String> words = new TreeSet<>(added);
        long first = firstToJoin(
                batches,
                next,
                words.stream().mapToLong(word -> word.length() + 1).sum());
        Sql.each(
                connection,
                "delete from mailbox_vocabulary where mailbox_id = ? and in_header = ? and batch >= ? returning words",
                row -> words.addAll(words(row.getString(1))),
                mailboxId,
                inHeader,
                first);
        insert(mailboxId, inHeader, next, pages(words));
    }

    private static long firstToJoin(List<Batch> newestFirst, long next, long octets) {
        long first = next;
        long together = octets;
        for (Batch batch : newestFirst) {
            if (batch.octets() > 2 * together || batch.octets() >= FULL) {
                break;
            }
            together += batch.octets();
            first = batch.number();
        }
        return first;
    }

    private static List<String> words(String page) {
        return Arrays.asList(page.substring(1).split(String.valueOf(BETWEEN), 0));
    }

    private static List<String> pages(Set<String> words) {
        List<String> pages = new ArrayList<>();
        StringBuilder page = new StringBuilder().append(BETWEEN);
        for (String word : words) {
            page.append(word).append(BETWEEN);
            if (page.length() >= PAGE) {
                pages.add(page.toString());
                page.setLength(1);
            }
        }
        if (page.length() > 1) {
            pages.add(page.toString());
        }
        return pages;
    }

    private void insert(long mailbox, boolean inHeader, long batch, List<String> pages) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into mailbox_vocabulary (mailbox_id, in_header, batch, page, words) values (?, ?, ?, ?, ?)")) {
            for (int page = 0; page < pages.size(); page++) {
                Sql.bind(statement, mailbox, inHeader, batch, page, pages.get(page));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
