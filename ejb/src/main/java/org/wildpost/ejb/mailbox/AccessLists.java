// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.id.AccountId;
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

    AccessResult grant(AccountId account, MailboxName name, Identifier identifier, RightsChange change) {
        return switch (rules.access(account, name, Right.ADMINISTER)) {
            case Access.Granted(SharedRow row) -> grant(row, identifier, change);
            case Access.Forbidden() -> new AccessResult.NoPermission();
            case Access.Hidden() -> new AccessResult.NoSuchMailbox();
        };
    }

    private AccessResult grant(SharedRow row, Identifier identifier, RightsChange change) {
        return database.transaction(connection -> {
            AccessRows access = new AccessRows(connection);
            Optional<AccountId> grantee = Optional.empty();
            if (identifier.address().isPresent()) {
                grantee = access.account(identifier.address().get());
                if (grantee.isEmpty()) {
                    return new AccessResult.NoSuchIdentifier();
                }
                if (grantee.get().equals(row.owner())) {
                    boolean hasThem =
                            !identifier.negative() && change.apply(Rights.ALL).equals(Rights.ALL);
                    return hasThem ? new AccessResult.Done() : OWNER;
                }
            }
            if (!new Mailboxes(connection)
                    .lockAny(row.status().id().value())
                    .containsKey(row.status().id())) {
                return new AccessResult.NoSuchMailbox();
            }
            Rights before = access.entry(row.status().id(), grantee, identifier.negative());
            if (before.isEmpty() && access.list(row.status().id()).size() >= LIMIT) {
                return new AccessResult.NotAllowed("too many entries");
            }
            access.put(row.status().id(), grantee, identifier.negative(), change.apply(before));
            events.publish(row.status().id());
            return new AccessResult.Done();
        });
    }
}
