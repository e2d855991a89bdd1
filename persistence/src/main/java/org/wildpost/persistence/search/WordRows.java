// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.search.MessageWords;
import org.wildpost.persistence.jdbc.Sql;

/** The words of messages. As safe for threads as its connection. */
public final class WordRows {
    private final Connection connection;

    public WordRows(Connection connection) {
        this.connection = connection;
    }

    /** A message that is to be indexed, and where its octets are. */
    public record Unread(long uid, long blob) {}

    /** The words of what a message refers to. */
    public record Contents(long blob, long uid, MessageWords words) {}

    /** The UID that the next message of a mailbox will have at least; 0 when it is gone. */
    public long uidNext(MailboxRef mailbox) throws SQLException {
        return Sql.first(
                        connection,
                        "select uid_next from mailbox where id = ? and account_id = ?",
                        row -> row.getLong(1),
                        mailbox.mailbox().value(),
                        mailbox.account().value())
                .orElse(0L);
    }

    /** The next messages behind a UID, ascending. */
    public List<Unread> next(MailboxRef mailbox, long behindUid, int limit) throws SQLException {
        return Sql.list(
                connection,
                "select uid, blob_id from message where mailbox_id = ? and account_id = ? and uid > ? order by uid limit ?",
                row -> new Unread(row.getLong(1), row.getLong(2)),
                mailbox.mailbox().value(),
                mailbox.account().value(),
                behindUid,
                limit);
    }

    /** Those of the contents whose words are known. */
    public Set<Long> known(AccountId account, Collection<Long> blobs) throws SQLException {
        Set<Long> known = new HashSet<>();
        Sql.each(
                connection,
                "select blob_id from blob_words where blob_id = any(?) and account_id = ?",
                row -> known.add(row.getLong(1)),
                blobs.stream().mapToLong(Long::longValue).toArray(),
                account.value());
        return known;
    }

    /** Adds the words of contents; what went away meanwhile is passed over. */
    public void add(MailboxRef mailbox, Collection<Contents> contents) throws SQLException {
        String sql = "insert into blob_words (blob_id, account_id, words, whole, prefix)"
                + " select blob_id, account_id, array_to_tsvector(?::text[]), ?, md5(prefix) from message"
                + " join content using (blob_id, email_id)"
                + " where mailbox_id = ? and account_id = ? and uid = ? on conflict do nothing";
        // In one order, so that two servers that do the same wait for each other one way only.
        List<Contents> ordered = contents.stream()
                .sorted(Comparator.comparingLong(Contents::blob))
                .toList();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Contents one : ordered) {
                Sql.bind(
                        statement,
                        lexemes(mailbox.account(), one.words()),
                        one.words().whole(),
                        mailbox.mailbox().value(),
                        mailbox.account().value(),
                        one.uid());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static String[] lexemes(AccountId account, MessageWords words) {
        return Stream.concat(
                        words.header().stream().map(word -> Lexeme.HEADER.of(account, word)),
                        words.body().stream().map(word -> Lexeme.BODY.of(account, word)))
                .toArray(String[]::new);
    }

    /** Puts what was added into the order in which it is looked up fast; until then every search reads it. */
    public void tidy() throws SQLException {
        Sql.first(connection, "select gin_clean_pending_list('blob_words_words')", row -> row.getLong(1));
    }
}
