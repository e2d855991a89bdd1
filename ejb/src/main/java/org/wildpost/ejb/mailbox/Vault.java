// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.MimeCodec;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.Advance;
import org.wildpost.persistence.mailbox.Allocation;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.vault.VaultRow;
import org.wildpost.persistence.vault.VaultRows;

/**
 * Messages that were expunged and can be restored, by their owner or an administrator; who may ask is the asker's business. Safe for all
 * threads.
 */
@ApplicationScoped
public class Vault {
    @Inject
    Database database;

    @Inject
    MailboxEvents events;

    @Inject
    Retention retention;

    @Inject
    Quotas quotas;

    @Inject
    VaultFiler filer;

    /**
     * A message that can be restored.
     *
     * @param mailbox   the name of the mailbox where it was
     * @param goneAfter when it cannot be restored any more
     * @param size      octets
     */
    public record Kept(
            long id,
            String mailbox,
            Instant expungedAt,
            Instant goneAfter,
            Instant internalDate,
            long size,
            Envelope envelope,
            String subject,
            String preview) {}

    /** What became of a wish to restore. */
    public sealed interface Restored {
        /**
         * They are where they were, or in INBOX where that mailbox is gone.
         *
         * @param messages how many of those asked for were still there
         */
        record Done(int messages) implements Restored {}

        /** Nothing was restored: the account has no room for all of them. */
        record OverQuota() implements Restored {}
    }

    /** What an account can restore, the latest arrival first. */
    public List<Kept> list(AccountId account, long offset, int limit) {
        filer.fileAll(account);
        return database.statement(connection -> new VaultRows(connection)
                .list(account, offset, limit).stream().map(this::kept).toList());
    }

    /** How many messages that are. */
    public long count(AccountId account) {
        filer.fileAll(account);
        return database.statement(connection -> new VaultRows(connection).count(account));
    }

    private Kept kept(VaultRow row) {
        return new Kept(
                row.id(),
                row.mailbox(),
                row.expungedAt(),
                row.expungedAt().plus(retention.vault()),
                row.internalDate(),
                row.size(),
                MimeCodec.decodeEnvelope(row.envelope()),
                row.subject(),
                row.preview());
    }

    /** Restores those of the messages that are still there, all or none; each has a new UID. */
    public Restored restore(AccountId account, long[] ids) {
        filer.fileAll(account);
        return database.transaction(connection -> {
            Mailboxes mailboxes = new Mailboxes(connection);
            mailboxes.lockTree(account);
            List<VaultRow> rows = new VaultRows(connection).lock(account, ids);
            long octets = rows.stream().mapToLong(VaultRow::size).sum();
            if (!quotas.admits(connection, account, new QuotaAmount(octets, rows.size()))) {
                return new Restored.OverQuota();
            }
            Map<Long, List<VaultRow>> targets = new TreeMap<>();
            for (Map.Entry<String, List<VaultRow>> from : rows.stream()
                    .collect(Collectors.groupingBy(VaultRow::mailbox))
                    .entrySet()) {
                long target = target(mailboxes, account, from.getKey()).value();
                targets.computeIfAbsent(target, _ -> new ArrayList<>()).addAll(from.getValue());
            }
            mailboxes.lock(
                    account,
                    targets.keySet().stream().mapToLong(Long::longValue).toArray());
            for (Map.Entry<Long, List<VaultRow>> target : targets.entrySet()) {
                restore(connection, account, new MailboxId(target.getKey()), target.getValue());
            }
            return new Restored.Done(rows.size());
        });
    }

    private static MailboxId target(Mailboxes mailboxes, AccountId account, String name) throws SQLException {
        Optional<MailboxStatus> there = mailboxes.find(account, new MailboxName(name));
        return there.isPresent()
                ? there.get().id()
                : mailboxes.find(account, MailboxName.INBOX).orElseThrow().id();
    }

    private void restore(Connection connection, AccountId account, MailboxId target, List<VaultRow> rows)
            throws SQLException {
        Advance advance = rows.stream()
                .map(row -> Advance.added(row.flags().system() & ~SystemFlag.DELETED.bit(), row.size()))
                .reduce(Advance.NONE, Advance::plus);
        Allocation given = new Mailboxes(connection).advance(target, advance);
        long[] ids = rows.stream().mapToLong(VaultRow::id).sorted().toArray();
        new VaultRows(connection).restore(account, ids, target, given);
        events.publish(target);
    }
}
