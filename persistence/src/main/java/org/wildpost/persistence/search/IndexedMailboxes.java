// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.search.Words;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.message.LongColumn;

/** The mailboxes whose messages' words are known, how far, and their vocabularies. As safe for threads as its connection. */
public final class IndexedMailboxes {
    /** Messages whose words the vocabulary may have beyond twice those that are there, before it is made anew. */
    static final int SPARE = 1_000;

    /** Messages whose words are taken together when it is. */
    private static final int TOGETHER = 500;

    private final Connection connection;
    private final WordRows words;

    public IndexedMailboxes(Connection connection) {
        this.connection = connection;
        this.words = new WordRows(connection);
    }

    /**
     * A mailbox whose words are behind its messages.
     *
     * @param indexedUid all messages up to this UID are indexed
     */
    public record Behind(MailboxRef mailbox, long indexedUid) {}

    /**
     * How far a mailbox is indexed.
     *
     * @param indexedUid all messages up to this UID are
     * @param lastUid    no message had a greater one when this was asked
     */
    public record Progress(long indexedUid, long lastUid) {}

    /** How far the mailbox is indexed; empty when nobody wanted it yet. */
    public Optional<Progress> progress(MailboxRef mailbox) throws SQLException {
        return Sql.first(
                connection,
                "select w.indexed_uid, m.uid_next - 1 from mailbox_words w join mailbox m on m.id = w.mailbox_id"
                        + " where m.id = ? and m.account_id = ?",
                row -> new Progress(row.getLong(1), row.getLong(2)),
                mailbox.mailbox().value(),
                mailbox.account().value());
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

    /**
     * Says that a mailbox is indexed up to a UID: the words of these messages go to its vocabulary.
     *
     * @return whether it is; not when somebody else was faster, or when the words of a message are not there
     */
    public boolean reached(MailboxRef mailbox, long before, long uid) throws SQLException {
        long mailboxId = mailbox.mailbox().value();
        if (locked(mailbox).filter(indexed -> indexed == before).isEmpty() || missing(mailbox, before, uid)) {
            return false;
        }
        // Two deliveries of the same octets, each with trace fields of its own: what they differ in is looked for in
        // them.
        Sql.update(
                connection,
                "update blob_words w set whole = false from message m join content c on c.blob_id = m.blob_id"
                        + " and c.email_id = m.email_id where m.mailbox_id = ? and m.account_id = ?"
                        + " and m.uid > ? and m.uid <= ? and w.blob_id = m.blob_id and w.account_id = m.account_id"
                        + " and w.whole and w.prefix <> md5(c.prefix)",
                mailboxId,
                mailbox.account().value(),
                before,
                uid);
        long[] blobs = blobs(mailbox, before, uid);
        note(mailbox, blobs);
        Sql.update(
                connection,
                "update mailbox_words set indexed_uid = ?, noted = noted + ? where mailbox_id = ?",
                uid,
                (long) blobs.length,
                mailboxId);
        return true;
    }

    /** Up to which UID the mailbox is indexed; nobody else changes that or its vocabulary until the transaction ends. */
    private Optional<Long> locked(MailboxRef mailbox) throws SQLException {
        return Sql.first(
                connection,
                "select indexed_uid from mailbox_words where mailbox_id = ? for update",
                row -> row.getLong(1),
                mailbox.mailbox().value());
    }

    private boolean missing(MailboxRef mailbox, long from, long to) throws SQLException {
        return Sql.first(
                        connection,
                        "select 1 from message m where m.mailbox_id = ? and m.account_id = ? and m.uid > ? and m.uid <= ?"
                                + " and not exists (select 1 from blob_words w where w.blob_id = m.blob_id"
                                + " and w.account_id = m.account_id) limit 1",
                        row -> row.getInt(1),
                        mailbox.mailbox().value(),
                        mailbox.account().value(),
                        from,
                        to)
                .isPresent();
    }

    private long[] blobs(MailboxRef mailbox, long from, long to) throws SQLException {
        LongColumn blobs = new LongColumn();
        Sql.each(
                connection,
                "select blob_id from message where mailbox_id = ? and account_id = ? and uid > ? and uid <= ?",
                row -> blobs.add(row.getLong(1)),
                mailbox.mailbox().value(),
                mailbox.account().value(),
                from,
                to);
        return blobs.toArray();
    }

    private void note(MailboxRef mailbox, long[] blobs) throws SQLException {
        String headerPrefix = Lexeme.HEADER.prefix(mailbox.account());
        String bodyPrefix = Lexeme.BODY.prefix(mailbox.account());
        Set<String> header = new HashSet<>();
        Set<String> body = new HashSet<>();
        Sql.each(
                connection,
                "select distinct l.lexeme from blob_words w, unnest(w.words) l"
                        + " where w.blob_id = any(?) and w.account_id = ?",
                row -> {
                    String lexeme = row.getString(1);
                    boolean inBody = lexeme.startsWith(bodyPrefix);
                    String word = lexeme.substring(inBody ? bodyPrefix.length() : headerPrefix.length());
                    if (!Words.isPaired(word)) {
                        (inBody ? body : header).add(word);
                    }
                },
                blobs,
                mailbox.account().value());
        VocabularyRows vocabulary = new VocabularyRows(connection);
        vocabulary.add(mailbox, true, header);
        vocabulary.add(mailbox, false, body);
    }

    /** Mailboxes whose vocabulary has the words of many messages that are gone. */
    public List<MailboxRef> outgrown(int limit) throws SQLException {
        return Sql.list(
                connection,
                "select m.account_id, m.id from mailbox_words w join mailbox m on m.id = w.mailbox_id"
                        + " where w.noted > 2 * m.messages + ? limit ?",
                row -> new MailboxRef(new AccountId(row.getLong(1)), new MailboxId(row.getLong(2))),
                SPARE,
                limit);
    }

    /** Makes the vocabulary of a mailbox anew from the words of the messages that are there; searches see the old one until that is committed. */
    public void cleanVocabulary(MailboxRef mailbox) throws SQLException {
        long mailboxId = mailbox.mailbox().value();
        long indexed = locked(mailbox).orElse(0L);
        Sql.update(connection, "delete from mailbox_vocabulary where mailbox_id = ?", mailboxId);
        long noted = 0;
        long done = 0;
        while (done < indexed) {
            List<WordRows.Unread> next = words.next(mailbox, done, TOGETHER);
            long end = next.size() < TOGETHER
                    ? indexed
                    : Math.min(indexed, next.getLast().uid());
            long[] blobs = blobs(mailbox, done, end);
            note(mailbox, blobs);
            noted += blobs.length;
            done = end;
        }
        Sql.update(connection, "update mailbox_words set noted = ? where mailbox_id = ?", noted, mailboxId);
    }
}
