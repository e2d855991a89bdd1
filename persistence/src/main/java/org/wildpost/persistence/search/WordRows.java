// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.search.MessageWords;
import org.wildpost.core.search.Words;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.message.LongColumn;

/** The words of messages and the mailboxes whose words are known. As safe for threads as its connection. */
public final class WordRows {
    private static final char HEADER = 'h';
    private static final char BODY = 'b';

    private final Connection connection;

    public WordRows(Connection connection) {
        this.connection = connection;
    }

    /**
     * A mailbox whose words are behind its messages.
     *
     * @param indexedUid all messages up to this UID are indexed
     */
    public record Behind(MailboxRef mailbox, long indexedUid) {}

    /** A message that is to be indexed, and where its octets are. */
    public record Unread(long uid, long blob) {}

    /** Up to which UID the mailbox is indexed; empty when nobody wanted it yet. */
    public OptionalLong indexed(MailboxRef mailbox) throws SQLException {
        return Sql.first(
                        connection,
                        "select indexed_uid from mailbox_words where mailbox_id = ?",
                        row -> OptionalLong.of(row.getLong(1)),
                        mailbox.mailbox().value())
                .orElse(OptionalLong.empty());
    }

    /** Asks for a mailbox to be indexed from now on. */
    public void want(MailboxRef mailbox) throws SQLException {
        Sql.update(
                connection,
                "insert into mailbox_words (mailbox_id) select id from mailbox where id = ? and account_id = ?"
                        + " on conflict do nothing",
                mailbox.mailbox().value(),
                mailbox.account().value());
    }

    /** Mailboxes that have messages beyond what is indexed. */
    public List<Behind> behind(int limit) throws SQLException {
        return Sql.list(
                connection,
                "select m.account_id, m.id, w.indexed_uid from mailbox_words w join mailbox m on m.id = w.mailbox_id"
                        + " where m.uid_next - 1 > w.indexed_uid limit ?",
                row -> new Behind(
                        new MailboxRef(new AccountId(row.getLong(1)), new MailboxId(row.getLong(2))), row.getLong(3)),
                limit);
    }

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
    public void add(AccountId account, Map<Long, MessageWords> words) throws SQLException {
        String sql = "insert into blob_words (blob_id, account_id, words)"
                + " select id, ?, array_to_tsvector(?::text[]) from blob where id = ? on conflict do nothing";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<Long, MessageWords> one : new TreeMap<>(words).entrySet()) {
                Sql.bind(statement, account.value(), lexemes(account, one.getValue()), one.getKey());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static String[] lexemes(AccountId account, MessageWords words) {
        String[] all = new String[words.header().size() + words.body().size()];
        int i = 0;
        for (String word : words.header()) {
            all[i++] = lexeme(account, HEADER, word);
        }
        for (String word : words.body()) {
            all[i++] = lexeme(account, BODY, word);
        }
        return all;
    }

    private static String lexeme(AccountId account, char where, String word) {
        return Long.toString(account.value(), Character.MAX_RADIX) + where + word;
    }

    /** Says how far a mailbox is indexed, unless somebody else was faster. */
    public void reached(MailboxRef mailbox, long before, long uid) throws SQLException {
        Sql.update(
                connection,
                "update mailbox_words set indexed_uid = ? where mailbox_id = ? and indexed_uid = ?",
                uid,
                mailbox.mailbox().value(),
                before);
    }

    /** UIDs of the indexed messages that have all of the words, in the body, or in header and body together. */
    public long[] find(MailboxRef mailbox, List<Words.Term> terms, boolean headerToo, long indexedUid)
            throws SQLException {
        LongColumn uids = new LongColumn();
        Sql.each(
                connection,
                "select m.uid from blob_words w join message m on m.blob_id = w.blob_id"
                        + " where w.words @@ ?::tsquery and w.account_id = ? and m.mailbox_id = ? and m.account_id = ?"
                        + " and m.uid <= ? order by m.uid",
                row -> uids.add(row.getLong(1)),
                question(mailbox.account(), terms, headerToo),
                mailbox.account().value(),
                mailbox.mailbox().value(),
                mailbox.account().value(),
                indexedUid);
        return uids.toArray();
    }

    /** Words are letters and digits: nothing in them needs quoting but the quotes themselves. */
    private static String question(AccountId account, List<Words.Term> terms, boolean headerToo) {
        return terms.stream()
                .map(term -> {
                    String body = question(account, BODY, term);
                    return headerToo ? "(" + body + " | " + question(account, HEADER, term) + ")" : body;
                })
                .collect(Collectors.joining(" & "));
    }

    private static String question(AccountId account, char where, Words.Term term) {
        return "'" + lexeme(account, where, term.word()) + "'" + (term.prefix() ? ":*" : "");
    }

    /** UIDs of the messages behind a UID, ascending. */
    public long[] behind(MailboxRef mailbox, long uid) throws SQLException {
        LongColumn uids = new LongColumn();
        Sql.each(
                connection,
                "select uid from message where mailbox_id = ? and account_id = ? and uid > ? order by uid",
                row -> uids.add(row.getLong(1)),
                mailbox.mailbox().value(),
                mailbox.account().value(),
                uid);
        return uids.toArray();
    }
}
