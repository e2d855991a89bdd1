// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.mailbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.persistence.jdbc.Sql;

/**
 * What is asked about mailboxes. Every change of a mailbox's messages locks its row first ({@link #lock}, several in ascending order of id) and
 * moves its counters by {@link #advance}, so that MODSEQs become visible in their order. As safe for threads as its connection.
 */
public final class Mailboxes {
    /** The columns of a {@link MailboxStatus}, as {@link #status} reads them. */
    public static final String COLUMNS = "mailbox.id, mailbox.name, mailbox.special_use, mailbox.uid_validity,"
            + " mailbox.uid_next, mailbox.highest_modseq, mailbox.recent_from, mailbox.messages, mailbox.unseen,"
            + " mailbox.deleted, mailbox.size";

    /** The one place where UIDs and MODSEQs come from; wants a row {@code d} with the columns used here. */
    public static final String ADVANCE = "update mailbox set uid_next = mailbox.uid_next + d.add_uids,"
            + " highest_modseq = mailbox.highest_modseq + 1, messages = mailbox.messages + d.add_messages,"
            + " unseen = mailbox.unseen + d.add_unseen, deleted = mailbox.deleted + d.add_deleted,"
            + " size = mailbox.size + d.add_size";

    private final Connection connection;

    public Mailboxes(Connection connection) {
        this.connection = connection;
    }

    /** Reads {@link #COLUMNS}. */
    public static MailboxStatus status(ResultSet row) throws SQLException {
        String use = row.getString("special_use");
        return new MailboxStatus(
                new MailboxId(row.getLong("id")),
                new MailboxName(row.getString("name")),
                use == null ? Optional.empty() : Optional.of(SpecialUse.valueOf(use)),
                row.getLong("uid_validity"),
                row.getLong("uid_next"),
                row.getLong("highest_modseq"),
                row.getLong("messages"),
                row.getLong("unseen"),
                row.getLong("deleted"),
                row.getLong("recent_from"),
                row.getLong("size"));
    }

    /** All mailboxes of an account, ordered by name. */
    public List<MailboxStatus> list(AccountId account) throws SQLException {
        List<MailboxStatus> found = Sql.list(
                connection,
                "select " + COLUMNS + " from mailbox where account_id = ?",
                Mailboxes::status,
                account.value());
        found.sort(java.util.Comparator.comparing(MailboxStatus::name));
        return found;
    }

    /** Some mailboxes of an account, in no order; those that do not exist are not in the answer. */
    public List<MailboxStatus> list(AccountId account, List<MailboxId> ids) throws SQLException {
        return Sql.list(
                connection,
                "select " + COLUMNS + " from mailbox where id = any(?) and account_id = ?",
                Mailboxes::status,
                ids.stream().mapToLong(MailboxId::value).toArray(),
                account.value());
    }

    public Optional<MailboxStatus> find(AccountId account, MailboxName name) throws SQLException {
        return Sql.first(
                connection,
                "select " + COLUMNS + " from mailbox where account_id = ? and name = ?",
                Mailboxes::status,
                account.value(),
                name.value());
    }

    /** The mailbox that gets a copy of what the account submits; empty when none shall. */
    public Optional<MailboxName> filesSentIn(AccountId account) throws SQLException {
        return Sql.first(
                connection,
                "select m.name from account a join mailbox m on m.account_id = a.id and m.special_use = 'SENT'"
                        + " where a.id = ? and a.copy_to_sent",
                row -> new MailboxName(row.getString(1)),
                account.value());
    }

    /** How often mailboxes were changed: greater with each change of them, those that have no MODSEQ included. Those that do not exist are not in the answer. */
    public Map<MailboxId, Long> changeCounts(long[] ids) throws SQLException {
        Map<MailboxId, Long> found = new HashMap<>();
        Sql.each(
                connection,
                "select id, highest_modseq + unnumbered from mailbox where id = any(?)",
                row -> found.put(new MailboxId(row.getLong(1)), row.getLong(2)),
                (Object) ids);
        return found;
    }

    /** Notes that something of a mailbox changed that has no MODSEQ: its access control list, or annotations that all see. */
    public void noteUnnumbered(MailboxId mailbox) throws SQLException {
        Sql.update(connection, "update mailbox set unnumbered = unnumbered + 1 where id = ?", mailbox.value());
    }

    /** Locks the account's tree of mailboxes: nobody else makes, renames or deletes one until this transaction ends. */
    public void lockTree(AccountId account) throws SQLException {
        Sql.first(
                connection,
                "select id from account where id = ? for no key update",
                row -> row.getLong(1),
                account.value());
    }

    /** Keeps a mailbox from being changed, deleted or renamed, with its access control list, until this transaction ends; false when it is gone. */
    public boolean keepAsItIs(MailboxId mailbox) throws SQLException {
        return Sql.first(
                        connection,
                        "select id from mailbox where id = ? for share",
                        row -> row.getLong(1),
                        mailbox.value())
                .isPresent();
    }

    /** Locks mailboxes in ascending order of id and reads them; those that are gone are not in the answer. */
    public Map<MailboxId, MailboxStatus> lock(AccountId account, long... ids) throws SQLException {
        Map<MailboxId, MailboxStatus> found = new HashMap<>();
        Sql.each(
                connection,
                "select " + COLUMNS
                        + " from mailbox where id = any(?) and account_id = ? order by id for no key update",
                row -> {
                    MailboxStatus status = status(row);
                    found.put(status.id(), status);
                },
                ids,
                account.value());
        return found;
    }

    /** Locks mailboxes of any accounts by their ids, in the same order; whose they are is known already. */
    public Map<MailboxId, MailboxStatus> lockAny(long... ids) throws SQLException {
        Map<MailboxId, MailboxStatus> found = new HashMap<>();
        Sql.each(
                connection,
                "select " + COLUMNS + " from mailbox where id = any(?) order by id for no key update",
                row -> {
                    MailboxStatus status = status(row);
                    found.put(status.id(), status);
                },
                ids);
        return found;
    }

    /** Locks mailboxes of any accounts in ascending order of id; those that do not exist are not in the answer. */
    public Map<MailboxKey, MailboxStatus> lock(Collection<MailboxKey> keys) throws SQLException {
        long[] accounts = keys.stream().mapToLong(key -> key.account().value()).toArray();
        String[] names = keys.stream().map(key -> key.name().value()).toArray(String[]::new);
        Map<MailboxKey, MailboxStatus> found = new HashMap<>();
        Sql.each(
                connection,
                "select " + COLUMNS + ", mailbox.account_id from mailbox where (account_id, name) in"
                        + " (select * from unnest(?::bigint[], ?::text[])) order by id for no key update",
                row -> {
                    MailboxStatus status = status(row);
                    found.put(new MailboxKey(new AccountId(row.getLong("account_id")), status.name()), status);
                },
                accounts,
                names);
        return found;
    }

    /** Moves the counters of one locked mailbox. */
    public Allocation advance(MailboxId mailbox, Advance advance) throws SQLException {
        Allocation given = advance(Map.of(mailbox, advance)).get(mailbox);
        if (given == null) {
            throw new SQLException("the mailbox was not locked: " + mailbox);
        }
        return given;
    }

    /** Moves the counters of locked mailboxes, each of which gets one new MODSEQ. */
    public Map<MailboxId, Allocation> advance(Map<MailboxId, Advance> advances) throws SQLException {
        List<MailboxId> ids = List.copyOf(advances.keySet());
        Map<MailboxId, Allocation> given = new HashMap<>();
        Sql.each(
                connection,
                ADVANCE + " from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])"
                        + " as d (id, add_uids, add_messages, add_unseen, add_deleted, add_size)"
                        + " where mailbox.id = d.id returning mailbox.id, mailbox.uid_validity,"
                        + " mailbox.uid_next - d.add_uids as first_uid, mailbox.highest_modseq",
                row -> given.put(
                        new MailboxId(row.getLong("id")),
                        new Allocation(
                                row.getLong("uid_validity"), row.getLong("first_uid"), row.getLong("highest_modseq"))),
                ids.stream().mapToLong(MailboxId::value).toArray(),
                column(ids, advances, Advance::uids),
                column(ids, advances, Advance::messages),
                column(ids, advances, Advance::unseen),
                column(ids, advances, Advance::deleted),
                column(ids, advances, Advance::size));
        return given;
    }

    private static long[] column(
            List<MailboxId> ids, Map<MailboxId, Advance> advances, java.util.function.ToLongFunction<Advance> value) {
        return ids.stream()
                .mapToLong(id -> value.applyAsLong(advances.getOrDefault(id, Advance.NONE)))
                .toArray();
    }

    /**
     * Takes the mark of recent messages (RFC 3501 §2.3.2), so that exactly one session sees each as recent.
     *
     * @return the first recent UID, when there was any
     */
    public OptionalLong takeRecent(MailboxId mailbox) throws SQLException {
        return Sql.first(
                        connection,
                        "update mailbox set recent_from = mailbox.uid_next from (select id, recent_from from mailbox"
                                + " where id = ? and recent_from < uid_next for no key update) before"
                                + " where mailbox.id = before.id returning before.recent_from",
                        row -> OptionalLong.of(row.getLong(1)),
                        mailbox.value())
                .orElse(OptionalLong.empty());
    }
}
