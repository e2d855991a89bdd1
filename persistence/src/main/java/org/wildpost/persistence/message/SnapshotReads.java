// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.SnapshotBuilder;
import org.wildpost.core.listener.imap.Vanished;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.ChangeLog;

/**
 * What a mailbox holds and what happened to it; each answer is one statement and so one snapshot of the database. As safe for threads as its connection.
 */
public final class SnapshotReads {
    /** Octets of one message in the packed column: UID, flags, MODSEQ. */
    private static final int PACKED = Long.BYTES + Integer.BYTES + Long.BYTES;

    private static final String SNAPSHOT = snapshot("message");

    private static final String VANISHED = "select 0 as kind, changes_since as value from mailbox"
            + " where id = ? and account_id = ? union all select 1, uid from (" + ChangeLog.GONE + ") gone"
            + " order by kind, value";

    private final Connection connection;

    public SnapshotReads(Connection connection) {
        this.connection = connection;
    }

    /** All messages in one value; keywords are read of those that have some. */
    private static String snapshot(String messages) {
        return "select 0 as kind, uid_next, highest_modseq, null::bytea as packed,"
                + " null::bigint as uid, null::text[] as keywords from mailbox where id = ? and account_id = ?"
                + " union all select 1, null, null, string_agg(int8send(uid) || int4send(flags) || int8send(modseq), ''),"
                + " null, null from (select uid, flags, modseq from " + messages
                + " where mailbox_id = ? order by uid) message"
                + " union all select 2, null, null, null, uid, keywords from message"
                + " where mailbox_id = ? and keywords <> '{}'";
    }

    private static String changes(MailboxRef mailbox) {
        String rows = " union all select 1, null, null, null, uid, " + FlagColumns.COLUMNS + ", modseq from "
                + MessageSource.of(mailbox) + " where mailbox_id = ? and account_id = ? and uid ";
        return "select 0 as kind, highest_modseq, uid_next, changes_since,"
                + " null::bigint as uid, null::integer as flags, null::text[] as keywords, null::bigint as modseq"
                + " from mailbox where id = ? and account_id = ?"
                + rows + ">= ? and modseq > ?" + rows + "< ? and uid = any(array(" + MessageSource.changed(mailbox)
                + "))"
                + " union all select 2, null, null, null, uid, null, null, null from (select distinct uid from ("
                + ChangeLog.GONE + ") every) gone order by kind, uid";
    }

    /** A whole mailbox; empty when it is gone. */
    public Optional<MailboxSnapshot> snapshot(MailboxRef mailbox) throws SQLException {
        Raw raw = new Raw();
        FlagColumns columns = new FlagColumns();
        Sql.each(
                connection,
                mailbox.own() ? SNAPSHOT : snapshot(MessageSource.of(mailbox)),
                row -> {
                    switch (row.getInt("kind")) {
                        case 0 -> {
                            raw.uidNext = row.getLong("uid_next");
                            raw.highestModSeq = row.getLong("highest_modseq");
                        }
                        case 1 -> raw.packed = row.getBytes("packed");
                        default -> raw.keywords.put(row.getLong("uid"), columns.keywords(row));
                    }
                },
                mailbox.mailbox().value(),
                mailbox.account().value(),
                mailbox.mailbox().value(),
                mailbox.mailbox().value());
        // Without the mailbox's own row its messages are somebody else's.
        return raw.highestModSeq < 0 ? Optional.empty() : Optional.of(raw.unpacked());
    }

    private static final class Raw {
        private long uidNext;
        private long highestModSeq = -1;
        private byte @Nullable [] packed;
        private final Map<Long, List<String>> keywords = new HashMap<>();

        MailboxSnapshot unpacked() {
            SnapshotBuilder builder = new SnapshotBuilder();
            if (packed != null) {
                ByteBuffer octets = ByteBuffer.wrap(packed);
                while (octets.remaining() >= PACKED) {
                    long uid = octets.getLong();
                    int flags = octets.getInt();
                    List<String> words = keywords.isEmpty() ? List.of() : keywords.getOrDefault(uid, List.of());
                    builder.add(uid, flags, words, octets.getLong());
                }
            }
            return builder.build(uidNext, highestModSeq);
        }
    }

    /**
     * What happened after a modification sequence.
     *
     * @param uidNext what the mailbox's UIDNEXT was then, at most; with 0 all messages are looked at
     */
    public Changes changes(MailboxRef mailbox, long since, long uidNext) throws SQLException {
        long[] state = {-1, 0, 0};
        List<Changes.Changed> changed = new ArrayList<>();
        LongColumn expunged = new LongColumn();
        FlagColumns columns = new FlagColumns();
        Sql.each(
                connection,
                changes(mailbox),
                row -> {
                    switch (row.getInt("kind")) {
                        case 0 -> {
                            state[0] = row.getLong("highest_modseq");
                            state[1] = row.getLong("uid_next");
                            state[2] = row.getLong("changes_since");
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
                uidNext,
                since,
                mailbox.mailbox().value(),
                mailbox.account().value(),
                uidNext,
                mailbox.mailbox().value(),
                since,
                mailbox.mailbox().value(),
                since,
                mailbox.mailbox().value(),
                since);
        if (state[0] < 0) {
            return Changes.gone(since);
        }
        return new Changes(true, state[2] <= since, state[0], state[1], changed, expunged.toArray());
    }

    /** What left after a modification sequence; nothing of a mailbox that is gone. */
    public Vanished vanished(MailboxRef mailbox, long since) throws SQLException {
        long[] oldest = {-1};
        LongColumn uids = new LongColumn();
        Sql.each(
                connection,
                VANISHED,
                row -> {
                    if (row.getInt("kind") == 0) {
                        oldest[0] = row.getLong("value");
                    } else {
                        uids.add(row.getLong("value"));
                    }
                },
                mailbox.mailbox().value(),
                mailbox.account().value(),
                mailbox.mailbox().value(),
                since);
        return oldest[0] < 0 ? new Vanished(true, new long[0]) : new Vanished(oldest[0] <= since, uids.toArray());
    }
}
