// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.MetadataLimits;
import org.wildpost.core.listener.imap.MetadataQuery;
import org.wildpost.core.listener.imap.MetadataResult;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.Advance;
import org.wildpost.persistence.mailbox.AnnotationRows;
import org.wildpost.persistence.mailbox.MailboxTreeRows;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.mailbox.QuotaRows;

/**
 * Annotations (RFC 5464): those that are stored, and those that are made of something else: the special use of a mailbox (RFC 6154 §4) and how to
 * reach the administrator. A change locks the trees of mailboxes of those for whom it counts.
 */
@Dependent
final class Annotations {
    private final Database database;
    private final ServerName name;
    private final MailboxEvents events;
    private final MetadataLimits limits;

    @Inject
    Annotations(Database database, ServerName name, MailboxEvents events) {
        this(database, name, events, MetadataLimits.DEFAULTS);
    }

    Annotations(Database database, ServerName name, MailboxEvents events, MetadataLimits limits) {
        this.database = database;
        this.name = name;
        this.events = events;
        this.limits = limits;
    }

    Map<MailboxId, Map<AnnotationName, byte[]>> find(
            AccountId reader, List<MailboxRef> mailboxes, MetadataQuery query) {
        return database.statement(connection -> {
            Map<MailboxId, Map<AnnotationName, byte[]>> found =
                    new AnnotationRows(connection).find(reader, mailboxes, query);
            if (query.wants(AnnotationName.SPECIAL_USE)) {
                List<MailboxRef> own = mailboxes.stream()
                        .filter(mailbox -> mailbox.account().equals(reader))
                        .toList();
                uses(connection, reader, own)
                        .forEach((mailbox, use) -> found.computeIfAbsent(mailbox, _ -> new TreeMap<>())
                                .put(AnnotationName.SPECIAL_USE, octets(use.attribute())));
            }
            return found;
        });
    }

    private static Map<MailboxId, SpecialUse> uses(Connection connection, AccountId account, List<MailboxRef> mailboxes)
            throws SQLException {
        Map<MailboxId, SpecialUse> all = new MailboxTreeRows(connection).uses(account);
        return mailboxes.stream()
                .map(MailboxRef::mailbox)
                .distinct()
                .filter(all::containsKey)
                .collect(Collectors.toMap(mailbox -> mailbox, all::get));
    }

    Map<AnnotationName, byte[]> ofServer(AccountId reader, MetadataQuery query) {
        Map<AnnotationName, byte[]> found =
                database.statement(connection -> new AnnotationRows(connection).ofServer(reader, query));
        if (query.wants(AnnotationName.ADMIN)) {
            found.put(AnnotationName.ADMIN, octets("mailto:postmaster@" + name.get()));
        }
        return found;
    }

    /**
     * As far as the reader's rights allow it. A private one counts for its reader, whom alone it concerns, a shared one for the owner of the mailbox. What
     * changes moves the mailbox on (RFC 7162 §3.2).
     */
    MetadataResult set(
            AccountId reader, AccountId owner, MailboxName mailbox, Map<AnnotationName, Optional<byte[]>> values) {
        if (isTooLong(values)) {
            return new MetadataResult.TooLong(limits.value());
        }
        boolean forAll =
                values.keySet().stream().anyMatch(one -> one.shared() || one.equals(AnnotationName.SPECIAL_USE));
        return database.transaction(connection -> {
            Mailboxes mailboxes = new Mailboxes(connection);
            lockTrees(mailboxes, reader, forAll ? owner : reader);
            Optional<MailboxStatus> found = mailboxes.find(owner, mailbox);
            if (found.isEmpty()) {
                return new MetadataResult.NoSuchMailbox();
            }
            Optional<MailboxId> loser = loser(connection, owner, found.get(), values);
            // One lock for both, in the order of all who lock several. A private annotation of a reader moves nothing.
            if ((forAll || reader.equals(owner))
                    && !lock(mailboxes, owner, found.get().id(), loser)) {
                return new MetadataResult.NoSuchMailbox();
            }
            MailboxRef ref = new MailboxRef(owner, found.get().id(), reader);
            boolean shared = values.keySet().stream().anyMatch(AnnotationName::shared);
            Optional<MetadataResult> refusal = AnnotationGuard.refusal(connection, ref, shared);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            Map<AnnotationName, Optional<byte[]>> stored = new HashMap<>(values);
            Optional<byte[]> use = stored.remove(AnnotationName.SPECIAL_USE);
            Optional<SpecialUse> wanted = use == null ? Optional.empty() : use.flatMap(Annotations::use);
            boolean refused = !reader.equals(owner) || mailbox.equals(MailboxName.INBOX);
            if (use != null && (use.isPresent() && wanted.isEmpty() || refused)) {
                return new MetadataResult.UseRefused();
            }
            AnnotationRows rows = new AnnotationRows(connection);
            Map<AnnotationName, byte[]> before =
                    rows.find(reader, List.of(ref), asking(stored)).getOrDefault(ref.mailbox(), Map.of());
            if (areTooMany(rows, ref, added(stored, before))) {
                return new MetadataResult.TooMany();
            }
            for (Map.Entry<AnnotationName, Optional<byte[]>> entry : stored.entrySet()) {
                rows.set(reader, ref, entry.getKey(), entry.getValue().orElse(null));
            }
            if (use != null) {
                use(connection, found.get(), owner, wanted.orElse(null));
                events.publishTree(owner);
                if (loser.isPresent()) {
                    mailboxes.advance(loser.get(), Advance.NONE);
                    mailboxes.noteUnnumbered(loser.get());
                    events.publish(loser.get());
                }
            }
            boolean changed = use != null && !wanted.equals(found.get().specialUse()) || changes(stored, before);
            // Nobody but that reader has anything to ask anew after a private one in another's mailbox.
            boolean moved = changed && (forAll || ref.own());
            if (moved) {
                mailboxes.advance(ref.mailbox(), Advance.NONE);
            }
            if (forAll) {
                mailboxes.noteUnnumbered(ref.mailbox());
            }
            if (forAll || moved) {
                events.publish(ref.mailbox());
            }
            if (!forAll) {
                events.publishTree(reader);
            }
            return new MetadataResult.Done();
        });
    }

    /** The other mailbox that has the special use which this one gets. */
    private static Optional<MailboxId> loser(
            Connection connection, AccountId owner, MailboxStatus mailbox, Map<AnnotationName, Optional<byte[]>> values)
            throws SQLException {
        Optional<SpecialUse> wanted = values.getOrDefault(AnnotationName.SPECIAL_USE, Optional.empty())
                .flatMap(Annotations::use);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Optional<MailboxName> name = new MailboxTreeRows(connection).withUse(owner, wanted.get());
        return name.isEmpty() || name.get().equals(mailbox.name())
                ? Optional.empty()
                : new Mailboxes(connection).find(owner, name.get()).map(MailboxStatus::id);
    }

    private static boolean lock(Mailboxes mailboxes, AccountId owner, MailboxId mailbox, Optional<MailboxId> other)
            throws SQLException {
        return mailboxes
                .lock(
                        owner,
                        LongStream.concat(
                                        LongStream.of(mailbox.value()),
                                        other.stream().mapToLong(MailboxId::value))
                                .toArray())
                .containsKey(mailbox);
    }

    /** Always in the same order, so that nobody waits for whom waits for them. */
    private static void lockTrees(Mailboxes mailboxes, AccountId one, AccountId other) throws SQLException {
        mailboxes.lockTree(one.value() < other.value() ? one : other);
        if (!one.equals(other)) {
            mailboxes.lockTree(one.value() < other.value() ? other : one);
        }
    }

    private boolean areTooMany(AnnotationRows rows, MailboxRef mailbox, List<AnnotationName> added)
            throws SQLException {
        if (added.isEmpty()) {
            return false;
        }
        long shared = added.stream().filter(AnnotationName::shared).count();
        long mine = mailbox.own() ? added.size() : added.size() - shared;
        boolean tooManyOfReader = mine > 0 && rows.count(mailbox.reader()) + mine > limits.perAccount();
        boolean tooManyOfOwner =
                !mailbox.own() && shared > 0 && rows.count(mailbox.account()) + shared > limits.perAccount();
        return tooManyOfReader
                || tooManyOfOwner
                || rows.count(mailbox.reader(), mailbox.mailbox()) + added.size() > limits.each();
    }

    private static void use(
            Connection connection, MailboxStatus mailbox, AccountId account, @Nullable SpecialUse wanted)
            throws SQLException {
        MailboxTreeRows tree = new MailboxTreeRows(connection);
        if (mailbox.specialUse().isPresent()) {
            tree.moveUse(account, mailbox.specialUse().get(), null);
        }
        if (wanted != null) {
            tree.moveUse(account, wanted, mailbox.id());
        }
    }

    Map<MailboxId, Map<AnnotationName, Long>> versions(AccountId reader, List<MailboxId> mailboxes) {
        return database.statement(connection -> new AnnotationRows(connection).versions(reader, mailboxes));
    }

    Map<AnnotationName, Long> versionsOfServer(AccountId reader) {
        return database.statement(connection -> new AnnotationRows(connection).versionsOfServer(reader));
    }

    MetadataResult setOfServer(AccountId account, Map<AnnotationName, Optional<byte[]>> values) {
        if (values.containsKey(AnnotationName.ADMIN)) {
            return new MetadataResult.ReadOnly();
        }
        if (isTooLong(values)) {
            return new MetadataResult.TooLong(limits.value());
        }
        return database.transaction(connection -> {
            boolean shared = values.keySet().stream().anyMatch(AnnotationName::shared);
            if (shared && !new QuotaRows(connection).administers(account)) {
                return new MetadataResult.NotPermitted();
            }
            new Mailboxes(connection).lockTree(account);
            AnnotationRows rows = new AnnotationRows(connection);
            long more = added(values, rows.ofServer(account, asking(values))).size();
            if (more > 0 && rows.countOfServer(account) + more > limits.each()) {
                return new MetadataResult.TooMany();
            }
            for (Map.Entry<AnnotationName, Optional<byte[]>> entry : values.entrySet()) {
                rows.setOfServer(account, entry.getKey(), entry.getValue().orElse(null));
            }
            events.publishTree(shared ? MailboxEvents.EVERYBODY : account);
            return new MetadataResult.Done();
        });
    }

    private boolean isTooLong(Map<AnnotationName, Optional<byte[]>> values) {
        return values.values().stream().flatMap(Optional::stream).anyMatch(value -> value.length > limits.value());
    }

    private static MetadataQuery asking(Map<AnnotationName, Optional<byte[]>> values) {
        return new MetadataQuery(List.copyOf(values.keySet()), 0);
    }

    /** Those that have a value and had none. */
    private static List<AnnotationName> added(
            Map<AnnotationName, Optional<byte[]>> values, Map<AnnotationName, byte[]> before) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().isPresent() && !before.containsKey(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean changes(Map<AnnotationName, Optional<byte[]>> values, Map<AnnotationName, byte[]> before) {
        return values.entrySet().stream()
                .anyMatch(entry -> !Arrays.equals(entry.getValue().orElse(null), before.get(entry.getKey())));
    }

    /** A mailbox of ours has one use at most. */
    private static Optional<SpecialUse> use(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        return Arrays.stream(SpecialUse.values())
                .filter(use -> use.attribute().equalsIgnoreCase(text))
                .findFirst();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
