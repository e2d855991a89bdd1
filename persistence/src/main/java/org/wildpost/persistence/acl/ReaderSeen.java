// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.acl;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.persistence.jdbc.Sql;

/** What readers of others' mailboxes have seen. Wants the mailbox locked before a change. As safe for threads as its connection. */
public final class ReaderSeen {
    private final Connection connection;

    public ReaderSeen(Connection connection) {
        this.connection = connection;
    }

    /**
     * The messages of a mailbox that a reader has seen.
     *
     * @param modSeq when they were these
     */
    public record Seen(long modSeq, SeenUids uids) {}

    /** What the reader has seen in each of these mailboxes, those that are gone left out. Looks at all that the reader has seen there. */
    public Map<MailboxId, Seen> seen(AccountId reader, List<MailboxId> mailboxes) throws SQLException {
        Map<MailboxId, Seen> found = new HashMap<>();
        Sql.each(
                connection,
                "select mailbox.id, mailbox.highest_modseq, (select range_agg(int8range(seen.uid, seen.uid + 1))"
                        + " from reader_seen seen join message on message.mailbox_id = seen.mailbox_id and message.uid = seen.uid"
                        + " where seen.account_id = ? and seen.mailbox_id = mailbox.id and seen.seen)::text as uids"
                        + " from mailbox where mailbox.id = any(?)",
                row -> found.put(
                        new MailboxId(row.getLong("id")),
                        new Seen(row.getLong("highest_modseq"), SeenUids.parse(row.getString("uids")))),
                reader.value(),
                ids(mailboxes));
        return found;
    }

    /**
     * What the reader has seen now in mailboxes of which it is known for a while ago. Looks only at what happened since.
     *
     * @return without those that are gone, and those of which too little is noted to tell
     */
    public Map<MailboxId, Seen> since(AccountId reader, Map<MailboxId, Seen> known) throws SQLException {
        List<MailboxId> mailboxes = List.copyOf(known.keySet());
        Map<MailboxId, Seen> found = new HashMap<>();
        Sql.each(
                connection,
                "select mailbox.id, mailbox.highest_modseq, marks.seen::text, marks.unseen::text, left_it.uids::text"
                        + " from unnest(?::bigint[], ?::bigint[]) as known (id, modseq)"
                        + " join mailbox on mailbox.id = known.id and mailbox.changes_since <= known.modseq"
                        + " cross join lateral (select range_agg(int8range(uid, uid + 1)) filter (where seen) as seen,"
                        + " range_agg(int8range(uid, uid + 1)) filter (where not seen) as unseen from reader_seen"
                        + " where account_id = ? and mailbox_id = known.id and modseq > known.modseq) as marks"
                        + " cross join lateral (select range_agg(uids) as uids from mailbox_change"
                        + " where mailbox_id = known.id and modseq > known.modseq and gone) as left_it",
                row -> {
                    MailboxId mailbox = new MailboxId(row.getLong("id"));
                    SeenUids before = known.getOrDefault(mailbox, new Seen(0, SeenUids.NONE))
                            .uids();
                    SeenUids now = before.plus(SeenUids.parse(row.getString("seen")))
                            .minus(SeenUids.parse(row.getString("unseen")))
                            .minus(SeenUids.parse(row.getString("uids")));
                    found.put(mailbox, new Seen(row.getLong("highest_modseq"), now));
                },
                ids(mailboxes),
                mailboxes.stream()
                        .map(known::get)
                        .mapToLong(seen -> seen == null ? 0 : seen.modSeq())
                        .toArray(),
                reader.value());
        return found;
    }

    private static long[] ids(List<MailboxId> mailboxes) {
        return mailboxes.stream().mapToLong(MailboxId::value).toArray();
    }

    /** Marks messages, or takes the mark away. */
    public void mark(MailboxRef mailbox, long[] uids, boolean seen, long modSeq) throws SQLException {
        Sql.update(
                connection,
                "insert into reader_seen (mailbox_id, account_id, uid, seen, modseq)"
                        + " select ?, ?, unnest(?::bigint[]), ?, ? on conflict (mailbox_id, account_id, uid)"
                        + " do update set seen = excluded.seen, modseq = excluded.modseq",
                mailbox.mailbox().value(),
                mailbox.reader().value(),
                uids,
                seen,
                modSeq);
    }

    /** Forgets messages that are gone. */
    public void tidy(MailboxRef mailbox) throws SQLException {
        Sql.update(
                connection,
                "delete from reader_seen seen where seen.mailbox_id = ? and seen.account_id = ? and not exists"
                        + " (select 1 from message where message.mailbox_id = seen.mailbox_id and message.uid = seen.uid)",
                mailbox.mailbox().value(),
                mailbox.reader().value());
    }
}
