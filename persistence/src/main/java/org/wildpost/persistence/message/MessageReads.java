// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.message.Identity;
import org.wildpost.persistence.jdbc.Sql;

/** What is asked about messages; each answer is one statement and so one snapshot of the database. As safe for threads as its connection. */
public final class MessageReads {
    private final Connection connection;

    public MessageReads(Connection connection) {
        this.connection = connection;
    }

    /** Rows of messages that exist, ascending. */
    public List<MessageRow> rows(MailboxRef mailbox, long[] uids, Set<FetchDetail> details) throws SQLException {
        return Sql.list(
                connection,
                select(mailbox, details) + " and uid = any(?) order by uid",
                rowReader(details),
                mailbox.mailbox().value(),
                mailbox.account().value(),
                uids);
    }

    /** The newest rows below a UID, newest first. */
    public List<MessageRow> page(MailboxRef mailbox, long beforeUid, int limit, Set<FetchDetail> details)
            throws SQLException {
        return Sql.list(
                connection,
                select(mailbox, details) + " and uid < ? order by uid desc limit ?",
                rowReader(details),
                mailbox.mailbox().value(),
                mailbox.account().value(),
                beforeUid,
                limit);
    }

    /** Where the bytes of a message are. */
    public Optional<MessageBytes> bytes(MailboxRef mailbox, long uid) throws SQLException {
        return Sql.first(
                connection,
                "select prefix, blob_id, size from message join content using (blob_id, email_id)"
                        + " where mailbox_id = ? and uid = ? and account_id = ?",
                row -> new MessageBytes(row.getBytes(1), new BlobId(row.getLong(2)), row.getLong(3)),
                mailbox.mailbox().value(),
                uid,
                mailbox.account().value());
    }

    private static boolean wantsIdentity(Set<FetchDetail> details) {
        return details.contains(FetchDetail.IDENTITY) || details.contains(FetchDetail.THREAD);
    }

    private static String select(MailboxRef mailbox, Set<FetchDetail> details) {
        // In the order in which they are read.
        return "select uid, id, modseq, internal_date, size,"
                + " octet_length(prefix) as prefix_length, preview, "
                + (details.contains(FetchDetail.ENVELOPE) ? "envelope" : "null::bytea as envelope")
                + ", " + (details.contains(FetchDetail.STRUCTURE) ? "structure" : "null::bytea as structure") + ", "
                + FlagColumns.COLUMNS
                + (wantsIdentity(details) ? ", email_id, thread_id, save_date" : "")
                + " from " + MessageSource.withContent(mailbox) + " where mailbox_id = ? and account_id = ?";
    }

    private static Sql.RowReader<MessageRow> rowReader(Set<FetchDetail> details) {
        FlagColumns columns = new FlagColumns();
        boolean identity = wantsIdentity(details);
        return row -> read(row, columns, identity);
    }

    /** By number: looking a column up by its name costs as much as reading it. */
    private static MessageRow read(ResultSet row, FlagColumns columns, boolean identity) throws SQLException {
        return new MessageRow(
                row.getLong(1),
                row.getLong(2),
                columns.read(row),
                row.getLong(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getLong(5),
                row.getInt(6),
                row.getBytes(8),
                row.getBytes(9),
                row.getString(7),
                identity ? Optional.of(identity(row)) : Optional.empty());
    }

    private static Identity identity(ResultSet row) throws SQLException {
        long thread = row.getLong("thread_id");
        OptionalLong threadId = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(thread);
        OffsetDateTime saved = row.getObject("save_date", OffsetDateTime.class);
        return new Identity(
                row.getLong("email_id"), threadId, Optional.ofNullable(saved).map(OffsetDateTime::toInstant));
    }
}
