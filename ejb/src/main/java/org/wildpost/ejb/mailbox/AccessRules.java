// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.persistence.acl.AccessRows;
import org.wildpost.persistence.acl.SharedRow;
import org.wildpost.persistence.acl.ShownRows;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.Mailboxes;

/**
 * Whose mailbox a name is, and what an account may do with it: the one place where that is decided (RFC 4314 §4). It is asked for each question, so that
 * a change of rights holds from the next one on. Owners may do everything.
 */
@Dependent
final class AccessRules {
    private final Database database;
    private final int limit;

    @Inject
    AccessRules(Database database, ServerSettings settings) {
        this(database, settings.sharedMailboxes());
    }

    /** @param limit mailboxes of others that one account is shown: an owner may share with everybody, as many as there are */
    AccessRules(Database database, int limit) {
        this.database = database;
        this.limit = limit;
    }

    /** What the rules say to something that somebody wants to do with a mailbox. */
    sealed interface Access {
        /** It may be done. */
        record Granted(SharedRow mailbox) implements Access {}

        /** It may not be done. */
        record Forbidden() implements Access {}

        /** There is no such mailbox, or none that the account may know of (RFC 4314 §6). */
        record Hidden() implements Access {}
    }

    /** What is said to somebody who needs all of some rights. */
    Access access(AccountId account, MailboxName name, Right... needed) {
        Optional<SharedRow> found = find(account, name);
        if (found.isPresent() && found.get().rights().hasAll(Rights.of(needed))) {
            return new Access.Granted(found.get());
        }
        return found.isPresent() && found.get().has(Right.LOOKUP) ? new Access.Forbidden() : new Access.Hidden();
    }

    /** A mailbox by its name, the account's own or another's, whatever the account may do with it. */
    Optional<SharedRow> find(AccountId account, MailboxName name) {
        if (!SharedName.isForeign(name)) {
            return database.statement(connection -> new Mailboxes(connection)
                    .find(account, name)
                    .map(status -> new SharedRow(account, "", status, Rights.ALL)));
        }
        // Under the name for others an owner does not find what is their own.
        return SharedName.parse(name)
                .flatMap(shared -> database.statement(connection -> new AccessRows(connection).find(account, shared)))
                .filter(row -> !row.owner().equals(account));
    }

    /** The nearest level above a name that there is, and that a condition holds for. */
    Optional<SharedRow> above(AccountId account, MailboxName name, Predicate<SharedRow> wanted) {
        String value = name.value();
        int end = value.lastIndexOf(MailboxName.SEPARATOR);
        while (end > 0) {
            Optional<SharedRow> found =
                    find(account, new MailboxName(value.substring(0, end))).filter(wanted);
            if (found.isPresent()) {
                return found;
            }
            end = value.lastIndexOf(MailboxName.SEPARATOR, end - 1);
        }
        return Optional.empty();
    }

    /** Mailboxes, the account's own and others', with what the account may do with them; in no order, without those that are gone. */
    List<SharedRow> known(AccountId account, List<MailboxId> mailboxes) {
        return database.statement(connection -> new AccessRows(connection).find(account, mailboxes));
    }

    /** What the reader may do with a mailbox that is open; empty when it is gone. */
    Optional<Rights> rights(MailboxRef mailbox) {
        return database.statement(connection -> new AccessRows(connection).rights(mailbox));
    }

    /** Whether the reader may do something with an open mailbox. */
    boolean allows(MailboxRef mailbox, Right... needed) {
        return mailbox.own()
                || rights(mailbox)
                        .map(rights -> rights.hasAll(Rights.of(needed)))
                        .orElse(false);
    }

    /** The mailboxes of others that the account may know of, as many as one account is shown. */
    List<SharedRow> visible(AccountId account) {
        return database.statement(connection -> new ShownRows(connection).shared(account, limit)).stream()
                .filter(row -> row.has(Right.LOOKUP) && row.fullName().isPresent())
                .toList();
    }
}
