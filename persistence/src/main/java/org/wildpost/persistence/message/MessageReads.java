// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.message.Identity;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.Mailboxes;

/** What is asked about messages; each answer is one statement and so one snapshot of the database. As safe for threads as its connection. */
public final class MessageReads {
    private static final String SNAPSHOT = "select " + Mailboxes.COLUMNS
            + ", null::bigint as uid, null::integer as flags, null::text[] as keywords, null::bigint as modseq"
            + " from mailbox where id = ? and account_id = ?"
            + " union all select null, null, null, null, null, null, null, null, null, null, null, uid, "
            + FlagColumns.COLUMNS + ", modseq from message where mailbox_id = ? and account_id = ?"
            + " order by uid nulls first";

    private static final String CHANGES = "select 0 as kind, highest_modseq, uid_next, null::bigint as uid,"
            + " null::integer as flags, null::text[] as keywords, null::bigint as modseq"
            + " from mailbox where id = ? and account_id = ?"
            + " union all select 1, null, null, uid, " + FlagColumns.COLUMNS + ", modseq"
            + " from message where mailbox_id = ? and account_id = ? and modseq > ?"
            + " union all select 2, null, null, uid, null, null, null from expunged where mailbox_id = ? and modseq > ?"
            + " order by kind, uid";

    private final Connection connection;

    public MessageReads(Connection connection) {
        this.connection = connection;
    }

    /** A whole mailbox; empty when it is gone. */
    public Optional<MailboxSnapshot> snapshot(MailboxRef mailbox) throws SQLException {
        List<MailboxStatus> status = new ArrayList<>(1);
        LongColumn uids = new LongColumn();
        LongColumn flags = new LongColumn();
        LongColumn modSeqs = new LongColumn();
        List<List<String>> keywords = new ArrayList<>();
        FlagColumns columns = new FlagColumns();
        Sql.each(
                connection,
                SNAPSHOT,
                row -> {
                    if (status.isEmpty()) {
                        // Without the mailbox's own row its messages are somebody else's.
                        status.add(Mailboxes.status(row));
                        return;
                    }
                    uids.add(row.getLong("uid"));
                    flags.add(row.getInt("flags"));
                    keywords.add(columns.keywords(row));
                    modSeqs.add(row.getLong("modseq"));
                },
                mailbox.mailbox().value(),
                mailbox.account().value(),
                mailbox.mailbox().value(),
                mailbox.account().value());
        return status.stream()
                .findFirst()
                .map(found -> new MailboxSnapshot(
                        found, uids.toArray(), flags.toIntArray(), List.copyOf(keywords), modSeqs.toArray()));
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

    /** What happened after a modification sequence. */
    public Changes changes(MailboxRef mailbox, long since) throws SQLException {
        long[] state = {-1, 0};
        List<Changes.Changed> changed = new ArrayList<>();
        LongColumn expunged = new LongColumn();
        FlagColumns columns = new FlagColumns();
        Sql.each(
                connection,
                CHANGES,
                row -> {
                    switch (row.getInt("kind")) {
                        case 0 -> {
                            state[0] = row.getLong("highest_modseq");
                            state[1] = row.getLong("uid_next");
                        }
                        case 1 ->
                            changed.add(
                                    new Changes.Changed(row.getLong("uid"), columns.read(row), row.getLong("modseq")));
                        default -> expunged.add(row.getLong("uid"));
                    }
                },
                mailbox.mailbox().value(),
                mailbox.account().value(),
                mailbox.mailbox().value(),
                mailbox.account().value(),
                since,
                mailbox.mailbox().value(),
                since);
        if (state[0] < 0) {
            return new Changes(false, since, 0, List.of(), new long[0]);
        }
        return new Changes(true, state[0], state[1], changed, expunged.toArray());
    }

    /** Rows of messages that exist, ascending. */
    public List<MessageRow> rows(MailboxRef mailbox, long[] uids, Set<FetchDetail> details) throws SQLException {
        return Sql.list(
                connection,
                select(details) + " and uid = any(?) order by uid",
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
                select(details) + " and uid < ? order by uid desc limit ?",
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
                "select prefix, blob_id, size from message where mailbox_id = ? and uid = ? and account_id = ?",
                row -> new MessageBytes(row.getBytes(1), new BlobId(row.getLong(2)), row.getLong(3)),
                mailbox.mailbox().value(),
                uid,
                mailbox.account().value());
    }

    /** UIDs that pass a filter, ascending. */
    public long[] search(MailboxRef mailbox, SearchFilter filter) throws SQLException {
        List<Object> parameters = new ArrayList<>();
        parameters.add(mailbox.mailbox().value());
        parameters.add(mailbox.account().value());
        parameters.addAll(filter.parameters());
        LongColumn uids = new LongColumn();
        Sql.each(
                connection,
                "select uid from message where mailbox_id = ? and account_id = ? and (" + filter.condition()
                        + ") order by uid",
                row -> uids.add(row.getLong(1)),
                parameters.toArray());
        return uids.toArray();
    }

    private static boolean wantsIdentity(Set<FetchDetail> details) {
        return details.contains(FetchDetail.IDENTITY) || details.contains(FetchDetail.THREAD);
    }

    private static String select(Set<FetchDetail> details) {
        // In the order in which they are read.
        return "select uid, id, modseq, internal_date, size,"
                + " octet_length(prefix) as prefix_length, preview, "
                + (details.contains(FetchDetail.ENVELOPE) ? "envelope" : "null::bytea as envelope")
                + ", " + (details.contains(FetchDetail.STRUCTURE) ? "structure" : "null::bytea as structure") + ", "
                + FlagColumns.COLUMNS
                + (wantsIdentity(details) ? ", coalesce(email_id, id) as email_id, thread_id, save_date" : "")
                + " from message where mailbox_id = ? and account_id = ?";
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
