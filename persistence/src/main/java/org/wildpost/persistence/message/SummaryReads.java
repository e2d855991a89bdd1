// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.message.Flags;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.ChangeLog;

/** What searches ask of the rows of messages. As safe for threads as its connection. */
public final class SummaryReads {
    private static final String ROW = "uid, " + FlagColumns.COLUMNS
            + ", modseq, floor(extract(epoch from internal_date))::bigint as arrived, size";

    private final Connection connection;

    /** One instance for messages with the same flags, of which there are few. */
    private final Map<Flags, Flags> seen = new HashMap<>();

    public SummaryReads(Connection connection) {
        this.connection = connection;
    }

    private static String since(MailboxRef mailbox) {
        String rows = " where mailbox_id = ? and account_id = ? and uid ";
        return "select 0 as kind, null::bigint as uid, null::integer as flags,"
                + " null::text[] as keywords, highest_modseq as modseq, changes_since as arrived, messages as size,"
                + " null::bytea as envelope from mailbox where id = ? and account_id = ?"
                + " union all select 1, " + ROW + ", envelope from " + MessageSource.withContent(mailbox) + rows + "> ?"
                + " union all select 1, " + ROW + ", null from " + MessageSource.of(mailbox) + rows
                + "<= ? and uid = any(array(" + MessageSource.changed(mailbox) + "))"
                + " union all select 2, uid, null, null, null, null, null, null from (" + ChangeLog.GONE + ") gone";
    }

    /** How many messages a mailbox has; empty when it is gone. */
    public OptionalLong messages(MailboxRef mailbox) throws SQLException {
        return Sql.first(
                        connection,
                        "select messages from mailbox where id = ? and account_id = ?",
                        row -> OptionalLong.of(row.getLong(1)),
                        mailbox.mailbox().value(),
                        mailbox.account().value())
                .orElse(OptionalLong.empty());
    }

    /**
     * What happened after a modification sequence; after 0 that is everything.
     *
     * @param knownUid what was known then: of messages with a greater UID, which are new, the envelope is read
     */
    public SummaryChanges since(MailboxRef mailbox, long modSeq, long knownUid) throws SQLException {
        long[] state = {-1, 0};
        List<StoredSummary> changed = new ArrayList<>();
        LongColumn expunged = new LongColumn();
        FlagColumns flags = new FlagColumns();
        Sql.each(
                connection,
                since(mailbox),
                row -> {
                    switch (row.getInt("kind")) {
                        case 0 -> {
                            state[0] = row.getLong("modseq");
                            // Where changes were given up, what is known cannot be brought forward.
                            boolean whole = modSeq == 0 || row.getLong("arrived") <= modSeq;
                            state[1] = whole ? row.getLong("size") : -1;
                        }
                        case 1 -> changed.add(summary(row, flags));
                        default -> expunged.add(row.getLong("uid"));
                    }
                },
                mailbox.mailbox().value(),
                mailbox.account().value(),
                mailbox.mailbox().value(),
                mailbox.account().value(),
                knownUid,
                mailbox.mailbox().value(),
                mailbox.account().value(),
                knownUid,
                mailbox.mailbox().value(),
                modSeq,
                mailbox.mailbox().value(),
                modSeq,
                mailbox.mailbox().value(),
                modSeq == 0 ? Long.MAX_VALUE : modSeq);
        return state[0] < 0
                ? new SummaryChanges(false, modSeq, 0, List.of(), new long[0])
                : new SummaryChanges(true, state[0], state[1], changed, expunged.toArray());
    }

    /** Every message, ascending by UID; within a transaction only a part of them is held at a time. */
    public void each(MailboxRef mailbox, Consumer<StoredSummary> taker) throws SQLException {
        FlagColumns flags = new FlagColumns();
        Sql.each(
                connection,
                "select " + ROW + ", envelope from " + MessageSource.withContent(mailbox)
                        + " where mailbox_id = ? and account_id = ? order by uid",
                row -> taker.accept(summary(row, flags)),
                mailbox.mailbox().value(),
                mailbox.account().value());
    }

    /** Messages that pass a filter, ascending: their UIDs and, at the same index, their modification sequences. */
    public long[][] search(MailboxRef mailbox, SearchFilter filter) throws SQLException {
        List<Object> parameters = new ArrayList<>();
        parameters.add(mailbox.mailbox().value());
        parameters.add(mailbox.account().value());
        parameters.addAll(filter.parameters());
        LongColumn uids = new LongColumn();
        LongColumn modSeqs = new LongColumn();
        Sql.each(
                connection,
                "select uid, modseq from " + MessageSource.of(mailbox)
                        + " where mailbox_id = ? and account_id = ? and (" + filter.condition() + ") order by uid",
                row -> {
                    uids.add(row.getLong(1));
                    modSeqs.add(row.getLong(2));
                },
                parameters.toArray());
        return new long[][] {uids.toArray(), modSeqs.toArray()};
    }

    /** The first octets of messages. */
    public List<MessageHead> heads(MailboxRef mailbox, long[] uids, int octets) throws SQLException {
        return Sql.list(
                connection,
                "select m.uid, c.prefix, substring(b.data from 1 for ?) as head from message m"
                        + " join content c on c.blob_id = m.blob_id and c.email_id = m.email_id"
                        + " join blob b on b.id = m.blob_id where m.mailbox_id = ? and m.account_id = ? and m.uid = any(?)",
                row -> new MessageHead(row.getLong("uid"), row.getBytes("prefix"), row.getBytes("head")),
                octets,
                mailbox.mailbox().value(),
                mailbox.account().value(),
                uids);
    }

    private StoredSummary summary(ResultSet row, FlagColumns flags) throws SQLException {
        return new StoredSummary(
                row.getLong("uid"),
                seen.computeIfAbsent(flags.read(row), same -> same),
                row.getLong("modseq"),
                row.getLong("arrived"),
                row.getLong("size"),
                row.getBytes("envelope"));
    }
}
