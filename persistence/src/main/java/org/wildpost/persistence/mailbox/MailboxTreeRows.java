// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.persistence.jdbc.Sql;

/** The names of an account's mailboxes and its subscriptions: made, renamed, deleted. Wants {@link Mailboxes#lockTree} before a change. */
public final class MailboxTreeRows {
    private final Connection connection;

    public MailboxTreeRows(Connection connection) {
        this.connection = connection;
    }

    /** Makes those mailboxes that do not exist, and says which; the special uses stand at the same index, null for none. */
    public List<MailboxId> insert(AccountId account, List<MailboxName> names, List<@Nullable SpecialUse> uses)
            throws SQLException {
        @Nullable String[] useNames = new @Nullable String[uses.size()];
        for (int i = 0; i < useNames.length; i++) {
            SpecialUse use = uses.get(i);
            useNames[i] = use == null ? null : use.name();
        }
        return Sql.list(
                connection,
                "insert into mailbox (account_id, name, special_use, uid_validity)"
                        + " select ?, name, use, nextval('uid_validity_seq') from unnest(?::text[], ?::text[]) as t (name, use)"
                        + " on conflict do nothing returning id",
                row -> new MailboxId(row.getLong(1)),
                account.value(),
                texts(names),
                useNames);
    }

    /** The mailbox with that use. */
    public Optional<MailboxName> withUse(AccountId account, SpecialUse use) throws SQLException {
        return Sql.first(
                connection,
                "select name from mailbox where account_id = ? and special_use = ?",
                row -> new MailboxName(row.getString(1)),
                account.value(),
                use.name());
    }

    /** The special uses that mailboxes have. */
    public Map<MailboxId, SpecialUse> uses(AccountId account) throws SQLException {
        Map<MailboxId, SpecialUse> uses = new HashMap<>();
        Sql.each(
                connection,
                "select id, special_use from mailbox where account_id = ? and special_use is not null",
                row -> uses.put(new MailboxId(row.getLong(1)), SpecialUse.valueOf(row.getString(2))),
                account.value());
        return uses;
    }

    /** Takes a special use from the mailbox that has it, and gives it to another one when there is one. */
    public void moveUse(AccountId account, SpecialUse use, @Nullable MailboxId to) throws SQLException {
        Sql.update(
                connection,
                "update mailbox set special_use = null where account_id = ? and special_use = ?",
                account.value(),
                use.name());
        if (to != null) {
            Sql.update(
                    connection,
                    "update mailbox set special_use = ? where id = ? and account_id = ?",
                    use.name(),
                    to.value(),
                    account.value());
        }
    }

    /** Names of the mailboxes below one, at any depth. */
    public List<MailboxName> below(AccountId account, MailboxName name) throws SQLException {
        return Sql.list(
                connection,
                "select name from mailbox where account_id = ? and starts_with(name, ?)",
                row -> new MailboxName(row.getString(1)),
                account.value(),
                name.value() + MailboxName.SEPARATOR);
    }

    /** How many mailboxes the account has. */
    public long count(AccountId account) throws SQLException {
        return Sql.first(
                        connection,
                        "select count(*) from mailbox where account_id = ?",
                        row -> row.getLong(1),
                        account.value())
                .orElseThrow();
    }

    /** Which of these names exist. */
    public List<MailboxName> existing(AccountId account, List<MailboxName> names) throws SQLException {
        return Sql.list(
                connection,
                "select name from mailbox where account_id = ? and name = any(?)",
                row -> new MailboxName(row.getString(1)),
                account.value(),
                texts(names));
    }

    /** Renames a mailbox and all below it, and says which these are. */
    public List<MailboxId> rename(AccountId account, MailboxName from, MailboxName to) throws SQLException {
        return Sql.list(
                connection,
                "update mailbox set name = ? || substr(name, length(?) + 1)"
                        + " where account_id = ? and (name = ? or starts_with(name, ?)) returning id",
                row -> new MailboxId(row.getLong(1)),
                to.value(),
                from.value(),
                account.value(),
                from.value(),
                from.value() + MailboxName.SEPARATOR);
    }

    /** Deletes locked mailboxes, which have no messages any more. */
    public void delete(AccountId account, long... mailboxes) throws SQLException {
        Sql.update(connection, "delete from mailbox where id = any(?) and account_id = ?", mailboxes, account.value());
    }

    /** Ids of all mailboxes. */
    public List<MailboxId> ids(AccountId account) throws SQLException {
        return Sql.list(
                connection,
                "select id from mailbox where account_id = ? order by id",
                row -> new MailboxId(row.getLong(1)),
                account.value());
    }

    public Set<MailboxName> subscriptions(AccountId account) throws SQLException {
        return Set.copyOf(Sql.list(
                connection,
                "select name from subscription where account_id = ?",
                row -> new MailboxName(row.getString(1)),
                account.value()));
    }

    public void subscribe(AccountId account, List<MailboxName> names) throws SQLException {
        Sql.update(
                connection,
                "insert into subscription (account_id, name) select ?, unnest(?::text[]) on conflict do nothing",
                account.value(),
                texts(names));
    }

    public void unsubscribe(AccountId account, MailboxName name) throws SQLException {
        Sql.update(
                connection,
                "delete from subscription where account_id = ? and name = ?",
                account.value(),
                name.value());
    }

    /** Forgets all subscriptions. */
    public void unsubscribeAll(AccountId account) throws SQLException {
        Sql.update(connection, "delete from subscription where account_id = ?", account.value());
    }

    private static String[] texts(List<MailboxName> names) {
        return names.stream().map(MailboxName::value).toArray(String[]::new);
    }
}
