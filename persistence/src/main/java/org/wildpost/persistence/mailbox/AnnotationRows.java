// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.mailbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MetadataQuery;
import org.wildpost.persistence.jdbc.Sql;

/** Annotations of mailboxes and of the server (RFC 5464). A private one belongs to its reader. As safe for threads as its connection. */
public final class AnnotationRows {
    // Whatever the depth, whole branches are read: annotations are few, and the asker leaves out what lies deeper.
    private static final String ASKED = "((reader_id is null and exists (select 1 from unnest(?::text[]) as p (path)"
            + " where entry = path or starts_with(entry, path || '/')))"
            + " or (reader_id = ? and exists (select 1 from unnest(?::text[]) as p (path)"
            + " where entry = path or starts_with(entry, path || '/'))))";

    private final Connection connection;

    public AnnotationRows(Connection connection) {
        this.connection = connection;
    }

    /** Of mailboxes that still belong to the accounts named with them. */
    public Map<MailboxId, Map<AnnotationName, byte[]>> find(
            AccountId reader, List<MailboxRef> mailboxes, MetadataQuery query) throws SQLException {
        Map<MailboxId, Map<AnnotationName, byte[]>> found = new HashMap<>();
        Sql.each(
                connection,
                "select mailbox_id, reader_id, entry, value from mailbox_annotation where (mailbox_id, account_id) in"
                        + " (select * from unnest(?::bigint[], ?::bigint[])) and " + ASKED,
                row -> put(
                        found.computeIfAbsent(new MailboxId(row.getLong("mailbox_id")), _ -> new TreeMap<>()),
                        row,
                        query),
                mailboxes.stream().mapToLong(ref -> ref.mailbox().value()).toArray(),
                mailboxes.stream().mapToLong(ref -> ref.account().value()).toArray(),
                paths(query, true),
                reader.value(),
                paths(query, false));
        return found;
    }

    public Map<AnnotationName, byte[]> ofServer(AccountId reader, MetadataQuery query) throws SQLException {
        Map<AnnotationName, byte[]> found = new TreeMap<>();
        Sql.each(
                connection,
                "select reader_id, entry, value from server_annotation where " + ASKED,
                row -> put(found, row, query),
                paths(query, true),
                reader.value(),
                paths(query, false));
        return found;
    }

    /** What there is in mailboxes for a reader, without the values. The number is that of the transaction that wrote the row. */
    public Map<MailboxId, Map<AnnotationName, Long>> versions(AccountId reader, List<MailboxId> mailboxes)
            throws SQLException {
        Map<MailboxId, Map<AnnotationName, Long>> found = new HashMap<>();
        Sql.each(
                connection,
                "select mailbox_id, reader_id, entry, xmin::text::bigint as version from mailbox_annotation"
                        + " where mailbox_id = any(?) and (reader_id is null or reader_id = ?)",
                row -> found.computeIfAbsent(new MailboxId(row.getLong("mailbox_id")), _ -> new TreeMap<>())
                        .put(name(row), row.getLong("version")),
                mailboxes.stream().mapToLong(MailboxId::value).toArray(),
                reader.value());
        return found;
    }

    /** The same of the server. */
    public Map<AnnotationName, Long> versionsOfServer(AccountId reader) throws SQLException {
        Map<AnnotationName, Long> found = new TreeMap<>();
        Sql.each(
                connection,
                "select reader_id, entry, xmin::text::bigint as version from server_annotation"
                        + " where reader_id is null or reader_id = ?",
                row -> found.put(name(row), row.getLong("version")),
                reader.value());
        return found;
    }

    private static AnnotationName name(ResultSet row) throws SQLException {
        row.getLong("reader_id");
        return new AnnotationName(row.wasNull(), row.getString("entry"));
    }

    private static void put(Map<AnnotationName, byte[]> found, ResultSet row, MetadataQuery query) throws SQLException {
        AnnotationName name = name(row);
        if (query.wants(name)) {
            found.put(name, row.getBytes("value"));
        }
    }

    private static String[] paths(MetadataQuery query, boolean shared) {
        return query.names().stream()
                .filter(name -> name.shared() == shared)
                .map(AnnotationName::path)
                .toArray(String[]::new);
    }

    /** Sets a value, or removes it when that is null. */
    public void set(AccountId reader, MailboxRef mailbox, AnnotationName name, byte @Nullable [] value)
            throws SQLException {
        Sql.update(
                connection,
                "delete from mailbox_annotation where mailbox_id = ? and entry = ?"
                        + " and reader_id is not distinct from ?::bigint",
                mailbox.mailbox().value(),
                name.path(),
                owner(reader, name));
        if (value != null) {
            Sql.update(
                    connection,
                    "insert into mailbox_annotation (mailbox_id, account_id, reader_id, entry, value) values (?, ?, ?::bigint, ?, ?)",
                    mailbox.mailbox().value(),
                    mailbox.account().value(),
                    owner(reader, name),
                    name.path(),
                    value);
        }
    }

    /** Sets a value of the server, or removes it when that is null. */
    public void setOfServer(AccountId reader, AnnotationName name, byte @Nullable [] value) throws SQLException {
        Sql.update(
                connection,
                "delete from server_annotation where entry = ? and reader_id is not distinct from ?::bigint",
                name.path(),
                owner(reader, name));
        if (value != null) {
            Sql.update(
                    connection,
                    "insert into server_annotation (reader_id, entry, value) values (?::bigint, ?, ?)"
                            + " on conflict (reader_id, entry) do update set value = excluded.value",
                    owner(reader, name),
                    name.path(),
                    value);
        }
    }

    private static @Nullable Long owner(AccountId reader, AnnotationName name) {
        return name.shared() ? null : reader.value();
    }

    /** The greater of how many the reader has there and how many are shared there. */
    public long count(AccountId reader, MailboxId mailbox) throws SQLException {
        return Sql.first(
                        connection,
                        "select greatest(count(*) filter (where reader_id is null), count(*) filter (where reader_id = ?))"
                                + " from mailbox_annotation where mailbox_id = ?",
                        row -> row.getLong(1),
                        reader.value(),
                        mailbox.value())
                .orElseThrow();
    }

    /** How many count for an account: its private ones, of whosever mailboxes, and the shared ones of its own mailboxes. */
    public long count(AccountId account) throws SQLException {
        return Sql.first(
                        connection,
                        "select count(*) from mailbox_annotation where reader_id = ? or account_id = ? and reader_id is null",
                        row -> row.getLong(1),
                        account.value(),
                        account.value())
                .orElseThrow();
    }

    /** The greater of how many the reader has of the server and how many are shared. */
    public long countOfServer(AccountId reader) throws SQLException {
        return Sql.first(
                        connection,
                        "select greatest(count(*) filter (where reader_id is null), count(*) filter (where reader_id = ?))"
                                + " from server_annotation where reader_id is null or reader_id = ?",
                        row -> row.getLong(1),
                        reader.value(),
                        reader.value())
                .orElseThrow();
    }

    /**
     * Gives one mailbox of an owner what another has, as renaming INBOX does (RFC 5464 §4.1): what is shared and what is the owner's. What other readers have
     * stays, for they may not read the new one.
     */
    public void copy(MailboxId from, MailboxId to) throws SQLException {
        Sql.update(
                connection,
                "insert into mailbox_annotation (mailbox_id, account_id, reader_id, entry, value)"
                        + " select ?, account_id, reader_id, entry, value from mailbox_annotation where mailbox_id = ?"
                        + " and (reader_id is null or reader_id = account_id)",
                to.value(),
                from.value());
    }
}
