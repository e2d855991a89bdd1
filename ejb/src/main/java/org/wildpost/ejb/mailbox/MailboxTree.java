// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxMeasure;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.persistence.acl.AccessRows;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.AnnotationRows;
import org.wildpost.persistence.mailbox.MailboxMeasures;
import org.wildpost.persistence.mailbox.MailboxTreeRows;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.message.MessageChanges;
import org.wildpost.persistence.vault.VaultRows;

/** The mailboxes of an account by name: listed, made, renamed, deleted. A change locks the account's tree before any mailbox. */
@Dependent
final class MailboxTree {
    /** Mailboxes that one account may have. */
    static final int LIMIT = 10_000;

    private static final MailboxResult FOREIGN = new MailboxResult.NotAllowed("this name is for mailboxes of others");

    private final Database database;
    private final MailboxEvents events;
    private final MessageTransfer transfer;
    private final Retention retention;

    @Inject
    MailboxTree(Database database, MailboxEvents events, MessageTransfer transfer, Retention retention) {
        this.database = database;
        this.events = events;
        this.transfer = transfer;
        this.retention = retention;
    }

    MailboxList list(AccountId account) {
        return database.statement(connection -> new MailboxList(
                new Mailboxes(connection).list(account), new MailboxTreeRows(connection).subscriptions(account)));
    }

    MailboxResult status(AccountId account, MailboxName name) {
        return database.statement(connection -> done(connection, account, name));
    }

    List<MailboxStatus> statuses(AccountId account, List<MailboxId> mailboxes) {
        return database.statement(connection -> new Mailboxes(connection).list(account, mailboxes));
    }

    Map<MailboxId, Long> measure(AccountId account, MailboxMeasure what, List<MailboxId> mailboxes) {
        return database.statement(connection -> new MailboxMeasures(connection).measure(account, what, mailboxes));
    }

    MailboxResult create(AccountId account, MailboxName name, Optional<SpecialUse> use) {
        if (SharedName.isForeign(name)) {
            return FOREIGN;
        }
        return database.transaction(connection -> {
            MailboxTreeRows tree = new MailboxTreeRows(connection);
            new Mailboxes(connection).lockTree(account);
            if (!tree.existing(account, List.of(name)).isEmpty()) {
                return new MailboxResult.AlreadyExists();
            }
            if (tree.count(account) >= LIMIT) {
                return new MailboxResult.NotAllowed("too many mailboxes");
            }
            if (use.isPresent() && tree.withUse(account, use.get()).isPresent()) {
                return new MailboxResult.UseTaken();
            }
            List<MailboxName> above = tree.existing(account, parents(name));
            List<MailboxId> made = insertWithParents(tree, account, name, use.orElse(null));
            inherit(connection, account, above, name);
            publish(account, lookers(connection, made));
            return done(connection, account, name);
        });
    }

    MailboxResult delete(AccountId account, MailboxName name) {
        if (name.equals(MailboxName.INBOX)) {
            return new MailboxResult.NotAllowed("INBOX cannot be deleted");
        }
        return database.transaction(connection -> {
            Mailboxes mailboxes = new Mailboxes(connection);
            MailboxTreeRows tree = new MailboxTreeRows(connection);
            mailboxes.lockTree(account);
            Optional<MailboxStatus> found = mailboxes.find(account, name);
            if (found.isEmpty()) {
                return new MailboxResult.NoSuchMailbox();
            }
            if (!tree.below(account, name).isEmpty()) {
                return new MailboxResult.HasChildren();
            }
            MailboxId id = found.get().id();
            MailboxStatus last = mailboxes.lock(account, id.value()).getOrDefault(id, found.get());
            new MessageChanges(connection).clear(account, new long[] {id.value()}, retention.keeps());
            List<Optional<AccountId>> lookers = lookers(connection, List.of(id));
            tree.delete(account, id.value());
            events.publish(id);
            publish(account, lookers);
            return new MailboxResult.Done(last);
        });
    }

    MailboxResult rename(AccountId account, MailboxName from, MailboxName to) {
        if (SharedName.isForeign(to)) {
            return FOREIGN;
        }
        return database.transaction(connection -> {
            Mailboxes mailboxes = new Mailboxes(connection);
            MailboxTreeRows tree = new MailboxTreeRows(connection);
            mailboxes.lockTree(account);
            Optional<MailboxStatus> source = mailboxes.find(account, from);
            if (source.isEmpty()) {
                return new MailboxResult.NoSuchMailbox();
            }
            if (!tree.existing(account, List.of(to)).isEmpty()) {
                return new MailboxResult.AlreadyExists();
            }
            if (from.equals(MailboxName.INBOX)) {
                insertWithParents(tree, account, to, null);
                MailboxStatus target = mailboxes.find(account, to).orElseThrow();
                new AnnotationRows(connection).copy(source.get().id(), target.id());
                transfer.moveAll(
                        connection, new MailboxRef(account, source.get().id()), target.id());
                events.publishTree(account);
                return done(connection, account, to);
            }
            return renameTree(connection, account, from, to);
        });
    }

    private MailboxResult renameTree(Connection connection, AccountId account, MailboxName from, MailboxName to)
            throws SQLException {
        MailboxTreeRows tree = new MailboxTreeRows(connection);
        if (to.value().startsWith(from.value() + MailboxName.SEPARATOR)) {
            return new MailboxResult.NotAllowed("a mailbox cannot be moved below itself");
        }
        List<MailboxName> targets = new ArrayList<>();
        for (MailboxName child : tree.below(account, from)) {
            String name = to.value() + child.value().substring(from.value().length());
            if (!MailboxName.isValid(name)) {
                return new MailboxResult.NotAllowed("the name of a mailbox below would be too long");
            }
            targets.add(new MailboxName(name));
        }
        if (!tree.existing(account, targets).isEmpty()) {
            return new MailboxResult.AlreadyExists();
        }
        List<MailboxName> parents = parents(to);
        if (!parents.isEmpty()) {
            tree.insert(account, parents, Collections.nCopies(parents.size(), null));
        }
        List<MailboxId> renamed = tree.rename(account, from, to);
        publish(account, lookers(connection, renamed));
        return done(connection, account, to);
    }

    private static List<Optional<AccountId>> lookers(Connection connection, List<MailboxId> touched)
            throws SQLException {
        return new AccessRows(connection).lookers(touched);
    }

    /** Tells also those who may know of some of the mailboxes that were touched; all others hear nothing of them. */
    private void publish(AccountId account, List<Optional<AccountId>> lookers) {
        events.publishTree(account);
        events.publishTrees(lookers);
    }

    void subscribe(AccountId account, MailboxName name, boolean subscribed) {
        database.statement(connection -> {
            MailboxTreeRows tree = new MailboxTreeRows(connection);
            if (subscribed) {
                tree.subscribe(account, List.of(name));
            } else {
                for (MailboxName spelling : spellings(tree, account, name)) {
                    tree.unsubscribe(account, spelling);
                }
            }
            return subscribed;
        });
        events.publishTree(account);
    }

    /** Subscriptions to others' mailboxes may have been kept in the spelling of their time. */
    private static List<MailboxName> spellings(MailboxTreeRows tree, AccountId account, MailboxName name)
            throws SQLException {
        return SharedName.isForeign(name)
                ? tree.subscriptions(account).stream()
                        .filter(kept -> SharedName.canonical(kept).equals(name))
                        .toList()
                : List.of(name);
    }

    void createDefaults(AccountId account) {
        List<MailboxName> names = new ArrayList<>(List.of(MailboxName.INBOX));
        List<@Nullable SpecialUse> uses = new ArrayList<>(Collections.singletonList(null));
        for (SpecialUse use : SpecialUse.DEFAULTS) {
            names.add(use.defaultName());
            uses.add(use);
        }
        database.transaction(connection -> {
            MailboxTreeRows tree = new MailboxTreeRows(connection);
            tree.insert(account, names, uses);
            tree.subscribe(account, names);
            events.publishTree(account);
            return names;
        });
    }

    void deleteAll(AccountId account) {
        database.transaction(connection -> {
            MailboxTreeRows tree = new MailboxTreeRows(connection);
            Mailboxes mailboxes = new Mailboxes(connection);
            mailboxes.lockTree(account);
            List<MailboxId> all = tree.ids(account);
            long[] ids = all.stream().mapToLong(MailboxId::value).toArray();
            mailboxes.lock(account, ids);
            new MessageChanges(connection).clear(account, ids, false);
            new VaultRows(connection).forget(account);
            List<Optional<AccountId>> lookers = lookers(connection, all);
            tree.delete(account, ids);
            tree.unsubscribeAll(account);
            all.forEach(events::publish);
            publish(account, lookers);
            return ids;
        });
    }

    private static MailboxResult done(Connection connection, AccountId account, MailboxName name) throws SQLException {
        return new Mailboxes(connection)
                .find(account, name)
                .<MailboxResult>map(MailboxResult.Done::new)
                .orElseGet(MailboxResult.NoSuchMailbox::new);
    }

    /** What is new has the access control list of the nearest level above that was there (RFC 4314 §4). */
    private static void inherit(Connection connection, AccountId account, List<MailboxName> above, MailboxName made)
            throws SQLException {
        if (above.isEmpty()) {
            return;
        }
        List<MailboxName> all = parents(made);
        all.add(made);
        all.removeAll(above);
        new AccessRows(connection).inherit(account, Collections.max(above), all);
    }

    private static List<MailboxId> insertWithParents(
            MailboxTreeRows tree, AccountId account, MailboxName name, @Nullable SpecialUse use) throws SQLException {
        List<MailboxName> names = parents(name);
        List<@Nullable SpecialUse> uses = new ArrayList<>(Collections.nCopies(names.size(), null));
        names.add(name);
        uses.add(use);
        return tree.insert(account, names, uses);
    }

    /** The levels above, from the top. */
    private static List<MailboxName> parents(MailboxName name) {
        List<MailboxName> parents = new ArrayList<>();
        String value = name.value();
        for (int at = value.indexOf(MailboxName.SEPARATOR);
                at >= 0;
                at = value.indexOf(MailboxName.SEPARATOR, at + 1)) {
            parents.add(new MailboxName(value.substring(0, at)));
        }
        return parents;
    }
}
