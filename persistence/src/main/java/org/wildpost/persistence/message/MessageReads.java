// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.persistence.jdbc.Sql;

/** What is asked about messages; each answer is one statement and so one snapshot of the database. As safe for threads as its connection. */
public final class MessageReads {
    private final Connection connection;

    public MessageReads(Connection connection) {
        this.connection = connection;
    }

    /** How many messages no session selected yet; counted, for UIDs have gaps. */
    public long recent(MailboxRef mailbox) throws SQLException {
        return Sql.first(
                        connection,
                        "select count(*) from mailbox join message on message.mailbox_id = mailbox.id"
                                + " and message.uid >= mailbox.recent_from"
                                + " where mailbox.id = ? and mailbox.account_id = ?",
                        row -> row.getLong(1),
                        mailbox.mailbox().value(),
                        mailbox.account().value())
                .orElseThrow();
    }

    /** Rows of messages that exist, ascending. */
    public List<MessageRow> rows(MailboxRef mailbox, long[] uids, boolean envelope, boolean structure)
            throws SQLException {
        return Sql.list(
                connection,
                select(envelope, structure) + " and uid = any(?) order by uid",
                rowReader(),
                mailbox.mailbox().value(),
                mailbox.account().value(),
                uids);
    }

    /** The newest rows below a UID, newest first. */
    public List<MessageRow> page(MailboxRef mailbox, long beforeUid, int limit, boolean envelope, boolean structure)
            throws SQLException {
        return Sql.list(
                connection,
                select(envelope, structure) + " and uid < ? order by uid desc limit ?",
                rowReader(),
                mailbox.mailbox().value(),
                mailbox.account().value(),
                beforeUid,
                limit);
    }

    /** Where the bytes of a message are. */
    public Optional<MessageBytes> bytes(MailboxRef mailbox, long uid) throws SQLException {
        return Sql.first(
                connection,
                "select prefix, blob_id, size from message where mailbox_id = ? and uid = ? and account_id = ?",
                row -> new MessageBytes(row.getBytes(1), new BlobId(row.getLong(2)), row.getLong(3)),
                mailbox.mailbox().value(),
                uid,
                mailbox.account().value());
    }

    private static String select(boolean envelope, boolean structure) {
        // In the order in which they are read.
        return "select uid, id, modseq, internal_date, size,"
                + " octet_length(prefix) as prefix_length, preview, "
                + (envelope ? "envelope" : "null::bytea as envelope")
                + ", " + (structure ? "structure" : "null::bytea as structure") + ", " + FlagColumns.COLUMNS
                + " from message where mailbox_id = ? and account_id = ?";
    }

    private static Sql.RowReader<MessageRow> rowReader() {
        FlagColumns columns = new FlagColumns();
        return row -> read(row, columns);
    }

    /** By number: looking a column up by its name costs as much as reading it. */
    private static MessageRow read(ResultSet row, FlagColumns columns) throws SQLException {
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
                row.getString(7));
    }
}
