// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.acl.AccessEntry;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.AccessResult;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.ejb.mailbox.AccessRules.Access;
import org.wildpost.persistence.acl.AccessRows;
import org.wildpost.persistence.acl.SharedRow;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.Mailboxes;

/** Reads and changes access control lists (RFC 4314 §3). Whoever has the mailbox open is told, so that no session goes on with rights that it lost. */
@Dependent
final class AccessLists {
    /** Entries of one mailbox. */
    static final int LIMIT = 1_000;

    /** One of these is needed to ask for one's own rights (RFC 4314 §4, MYRIGHTS). */
    private static final Rights TELLING =
            Rights.of(Right.LOOKUP, Right.READ, Right.INSERT, Right.CREATE, Right.DELETE_MAILBOX, Right.ADMINISTER);

    private static final AccessResult OWNER = new AccessResult.NotAllowed("the owner has all rights");

    private final Database database;
    private final AccessRules rules;
    private final MailboxEvents events;

    @Inject
    AccessLists(Database database, AccessRules rules, MailboxEvents events) {
        this.database = database;
        this.rules = rules;
        this.events = events;
    }

    AccessResult list(AccountId account, MailboxName name) {
        return switch (rules.access(account, name, Right.ADMINISTER)) {
            case Access.Granted(SharedRow row) ->
                database.statement(connection -> {
                    AccessRows access = new AccessRows(connection);
                    return new AccessResult.Listed(
                            row.shownName(account),
                            access.address(row.owner()),
                            access.list(row.status().id()));
                });
            case Access.Forbidden() -> new AccessResult.NoPermission();
            case Access.Hidden() -> new AccessResult.NoSuchMailbox();
        };
    }

    AccessResult ownRights(AccountId account, MailboxName name) {
        return rules.find(account, name)
                .filter(row -> row.rights().hasAny(TELLING))
                .<AccessResult>map(row -> new AccessResult.Mine(row.shownName(account), row.rights()))
                .orElseGet(AccessResult.NoSuchMailbox::new);
    }

    /** Whose addresses may get their first entry. What others' addresses are is told to nobody (RFC 4314 §6). */
    enum Reach {
        /** Accounts of the asker's domain; for a server's administrator all. */
        DOMAIN,
        /** All accounts. */
        SERVER
    }

    AccessResult grant(AccountId account, MailboxName name, Identifier identifier, RightsChange change, Reach reach) {
        return switch (rules.access(account, name, Right.ADMINISTER)) {
            case Access.Granted(SharedRow row) ->
                database.transaction(connection -> {
                    boolean locked = new Mailboxes(connection)
                            .lockAny(row.status().id().value())
                            .containsKey(row.status().id());
                    return locked
                            ? grant(connection, new Granting(account, row, reach), identifier, change)
                            : new AccessResult.NoSuchMailbox();
                });
            case Access.Forbidden() -> new AccessResult.NoPermission();
            case Access.Hidden() -> new AccessResult.NoSuchMailbox();
        };
    }

    /** Who gives rights, on what and to whom. */
    private record Granting(AccountId asker, SharedRow mailbox, Reach reach) {
        MailboxId id() {
            return mailbox.status().id();
        }
    }

    /** What changes nothing is done for every identifier alike, whether or not there is such an account. */
    private AccessResult grant(Connection connection, Granting granting, Identifier identifier, RightsChange change)
            throws SQLException {
        AccessRows access = new AccessRows(connection);
        Optional<AccountId> grantee = Optional.empty();
        if (identifier.address().isPresent()) {
            grantee = access.account(identifier.address().get());
            if (grantee.isPresent() && grantee.get().equals(granting.mailbox().owner())) {
                boolean hasThem =
                        !identifier.negative() && change.apply(Rights.ALL).equals(Rights.ALL);
                return hasThem ? new AccessResult.Done() : OWNER;
            }
        }
        List<AccessEntry> entries = access.list(granting.id());
        Rights before = entries.stream()
                .filter(entry -> entry.identifier().equals(identifier))
                .map(AccessEntry::rights)
                .findFirst()
                .orElse(Rights.NONE);
        Rights after = change.apply(before);
        if (after.equals(before)) {
            return new AccessResult.Done();
        }
        if (identifier.address().isPresent()
                && (grantee.isEmpty() || !isNamed(entries, identifier) && !reaches(access, granting, grantee.get()))) {
            return new AccessResult.NoSuchIdentifier();
        }
        if (before.isEmpty() && entries.size() >= LIMIT) {
            return new AccessResult.NotAllowed("too many entries");
        }
        access.put(granting.id(), grantee, identifier.negative(), after);
        access.forgetAnnotations(granting.id());
        new Mailboxes(connection).noteUnnumbered(granting.id());
        if (grantee.isPresent()) {
            events.publish(granting.id());
            events.publishTree(grantee.get());
        } else {
            events.publishShown(granting.id());
        }
        return new AccessResult.Done();
    }

    /** Whether the list, which the asker may read, tells of this account already. */
    private static boolean isNamed(List<AccessEntry> entries, Identifier identifier) {
        return entries.stream().anyMatch(entry -> entry.identifier().address().equals(identifier.address()));
    }

    private static boolean reaches(AccessRows access, Granting granting, AccountId grantee) throws SQLException {
        return granting.reach() == Reach.SERVER || access.mayName(granting.asker(), grantee);
    }
}
