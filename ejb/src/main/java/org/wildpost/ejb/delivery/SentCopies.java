// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.Mailboxes;

/** Where copies of what is submitted are filed; asked for every message, and so without JPA. Safe for all threads. */
@ApplicationScoped
public class SentCopies {
    @Inject
    Database database;

    /** The mailbox that gets a copy of what the account submits; empty when none shall. */
    public Optional<MailboxName> mailbox(AccountId account) {
        return database.statement(connection -> new Mailboxes(connection).filesSentIn(account));
    }
}
