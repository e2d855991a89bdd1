// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.acl;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.acl.AccessEntry;
import org.wildpost.core.acl.AnnotationRights;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.Mailboxes;

/** What is asked about access control lists (RFC 4314 §2). As safe for threads as its connection. */
public final class AccessRows {
    private static final String ABOUT_READER = "(access.grantee_id = ? or access.grantee_id is null)";

    private final Connection connection;

    public AccessRows(Connection connection) {
        this.connection = connection;
    }

    /** Another's mailbox by its name, whatever the reader may do with it; an owner's own name for it is found likewise. */
    public Optional<SharedRow> find(AccountId reader, SharedName name) throws SQLException {
        Optional<SharedRow> found = Sql.first(
                connection,
                "select " + Mailboxes.COLUMNS + ", account.id as owner_id, account.address from account"
                        + " join mailbox on mailbox.account_id = account.id where account.address = ? and mailbox.name = ?",
                row -> row(row, Rights.NONE),
                name.owner(),
                name.mailbox().value());
        if (found.isEmpty()) {
            return found;
        }
        SharedRow row = found.get();
        Rights rights = row.owner().equals(reader)
                ? Rights.ALL
                : AccessEntry.effective(about(reader, row.status().id()));
        return Optional.of(new SharedRow(row.owner(), row.address(), row.status(), rights));
    }

    /** What a reader may do with another's mailbox; empty when it is gone. */
    public Optional<Rights> rights(MailboxRef mailbox) throws SQLException {
        Optional<Boolean> exists = Sql.first(
                connection,
                "select true from mailbox where id = ? and account_id = ?",
                row -> true,
                mailbox.mailbox().value(),
                mailbox.account().value());
        if (exists.isEmpty() || mailbox.own()) {
            return exists.map(there -> Rights.ALL);
        }
        return Optional.of(AccessEntry.effective(about(mailbox.reader(), mailbox.mailbox())));
    }

    private List<AccessEntry> about(AccountId reader, MailboxId mailbox) throws SQLException {
        return Sql.list(
                connection,
                "select access.negative, access.rights from mailbox_access access where access.mailbox_id = ? and "
                        + ABOUT_READER,
                AccessRows::entry,
                mailbox.value(),
                reader.value());
    }

    /** Mailboxes with what the reader, who may be the owner, may do with them; in no order, without those that are gone. */
    public List<SharedRow> find(AccountId reader, List<MailboxId> mailboxes) throws SQLException {
        Map<MailboxId, SharedRow> rows = new LinkedHashMap<>();
        Map<MailboxId, List<AccessEntry>> entries = new LinkedHashMap<>();
        Sql.each(
                connection,
                "select " + Mailboxes.COLUMNS
                        + ", account.id as owner_id, account.address, access.negative, access.rights"
                        + " from mailbox join account on account.id = mailbox.account_id left join mailbox_access access"
                        + " on access.mailbox_id = mailbox.id and " + ABOUT_READER + " where mailbox.id = any(?)",
                row -> {
                    MailboxId id = new MailboxId(row.getLong("id"));
                    rows.put(id, row(row, Rights.NONE));
                    if (row.getString("rights") != null) {
                        entries.computeIfAbsent(id, one -> new ArrayList<>()).add(entry(row));
                    }
                },
                reader.value(),
                mailboxes.stream().mapToLong(MailboxId::value).toArray());
        return rows.values().stream()
                .map(row -> new SharedRow(
                        row.owner(),
                        row.address(),
                        row.status(),
                        row.owner().equals(reader)
                                ? Rights.ALL
                                : AccessEntry.effective(
                                        entries.getOrDefault(row.status().id(), List.of()))))
                .toList();
    }

    /** Whom entries of these mailboxes let look them up; empty for everybody. */
    public List<Optional<AccountId>> lookers(List<MailboxId> mailboxes) throws SQLException {
        return Sql.list(
                connection,
                "select distinct grantee_id from mailbox_access"
                        + " where mailbox_id = any(?) and rights like '%l%' and not negative",
                row -> {
                    long id = row.getLong(1);
                    return row.wasNull() ? Optional.<AccountId>empty() : Optional.of(new AccountId(id));
                },
                mailboxes.stream().mapToLong(MailboxId::value).toArray());
    }

    /** Whether the reader may read any mailbox of another. */
    public boolean reads(AccountId reader, AccountId owner) throws SQLException {
        return Sql.first(
                        connection,
                        "select true from mailbox join mailbox_access access on access.mailbox_id = mailbox.id and "
                                + ABOUT_READER + " where mailbox.account_id = ? group by mailbox.id"
                                + " having bool_or(access.rights like '%r%' and not access.negative)"
                                + " and not bool_or(access.rights like '%r%' and access.negative) limit 1",
                        row -> true,
                        reader.value(),
                        owner.value())
                .isPresent();
    }

    /** The whole list of a mailbox, ordered by identifier. */
    public List<AccessEntry> list(MailboxId mailbox) throws SQLException {
        return Sql.list(
                connection,
                "select account.address, access.negative, access.rights from mailbox_access access"
                        + " left join account on account.id = access.grantee_id where access.mailbox_id = ?"
                        + " order by account.address nulls first, access.negative",
                row -> new AccessEntry(
                        new Identifier(row.getBoolean("negative"), Optional.ofNullable(row.getString("address"))),
                        rights(row)),
                mailbox.value());
    }

    /** The account with this address. */
    public Optional<AccountId> account(String address) throws SQLException {
        return Sql.first(
                connection, "select id from account where address = ?", row -> new AccountId(row.getLong(1)), address);
    }

    /** The address of an account. */
    public String address(AccountId account) throws SQLException {
        return Sql.first(
                        connection,
                        "select address from account where id = ?",
                        row -> row.getString(1),
                        account.value())
                .orElse("");
    }

    /** Whether an account may hear that there is another: both are of one domain, or it administers the server. */
    public boolean mayName(AccountId asker, AccountId other) throws SQLException {
        return Sql.first(
                        connection,
                        "select asker.super_admin or asker.domain_id = other.domain_id from account asker, account other"
                                + " where asker.id = ? and other.id = ?",
                        row -> row.getBoolean(1),
                        asker.value(),
                        other.value())
                .orElse(false);
    }

    /** Sets one entry; without rights there is none. The mailbox is locked by the caller. */
    public void put(MailboxId mailbox, Optional<AccountId> grantee, boolean negative, Rights rights)
            throws SQLException {
        @Nullable Long id = grantee.map(AccountId::value).orElse(null);
        Sql.update(
                connection,
                "delete from mailbox_access where mailbox_id = ? and coalesce(grantee_id, 0) = ? and negative = ?",
                mailbox.value(),
                id == null ? 0L : id,
                negative);
        if (!rights.isEmpty()) {
            Sql.update(
                    connection,
                    "insert into mailbox_access (mailbox_id, grantee_id, negative, rights) values (?, ?::bigint, ?, ?)",
                    mailbox.value(),
                    id,
                    negative,
                    rights.letters());
        }
    }

    /**
     * Takes away the private annotations of those whom the list lets read them no more, for whom they would count without end (RFC 5464 §3.3). The mailbox is
     * locked by the caller.
     */
    public void forgetAnnotations(MailboxId mailbox) throws SQLException {
        Map<Long, List<AccessEntry>> readers = new LinkedHashMap<>();
        Sql.each(
                connection,
                "select annotated.reader_id, access.negative, access.rights from (select distinct mailbox_id, reader_id"
                        + " from mailbox_annotation where mailbox_id = ? and reader_id <> account_id) as annotated"
                        + " left join mailbox_access access on access.mailbox_id = annotated.mailbox_id"
                        + " and (access.grantee_id = annotated.reader_id or access.grantee_id is null)",
                row -> {
                    List<AccessEntry> entries =
                            readers.computeIfAbsent(row.getLong("reader_id"), one -> new ArrayList<>());
                    if (row.getString("rights") != null) {
                        entries.add(entry(row));
                    }
                },
                mailbox.value());
        readers.values().removeIf(entries -> AnnotationRights.readable(AccessEntry.effective(entries)));
        if (!readers.isEmpty()) {
            Sql.update(
                    connection,
                    "delete from mailbox_annotation where mailbox_id = ? and reader_id = any(?)",
                    mailbox.value(),
                    readers.keySet().stream().mapToLong(Long::longValue).toArray());
        }
    }

    /** Gives new mailboxes the list of one that stands above them (RFC 4314 §4). */
    public void inherit(AccountId account, MailboxName from, List<MailboxName> to) throws SQLException {
        Sql.update(
                connection,
                "insert into mailbox_access (mailbox_id, grantee_id, negative, rights)"
                        + " select made.id, access.grantee_id, access.negative, access.rights from mailbox parent"
                        + " join mailbox_access access on access.mailbox_id = parent.id"
                        + " join mailbox made on made.account_id = parent.account_id and made.name = any(?)"
                        + " where parent.account_id = ? and parent.name = ?",
                to.stream().map(MailboxName::value).toArray(String[]::new),
                account.value(),
                from.value());
    }

    static SharedRow row(ResultSet row, Rights rights) throws SQLException {
        MailboxStatus status = Mailboxes.status(row);
        return new SharedRow(new AccountId(row.getLong("owner_id")), row.getString("address"), status, rights);
    }

    /** About whom is known already. */
    static AccessEntry entry(ResultSet row) throws SQLException {
        return new AccessEntry(new Identifier(row.getBoolean("negative"), Optional.empty()), rights(row));
    }

    private static Rights rights(ResultSet row) throws SQLException {
        return Rights.parse(row.getString("rights")).orElse(Rights.NONE);
    }
}
