// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.wildpost.core.id.AccountId;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.jdbc.DatabaseException;
import org.wildpost.persistence.vault.VaultFiling;

/**
 * Puts expunged messages into the vault soon after they left their mailboxes, and at once when somebody asks for them. Each EXPUNGE in a transaction of
 * its own; two nodes at once do no harm.
 */
@ApplicationScoped
class VaultFiler {
    /** How many EXPUNGEs are looked up at a time. */
    static final int ROUND = 500;

    private static final Logger LOG = System.getLogger(VaultFiler.class.getName());

    @Inject
    Database database;

    /** Files what waits, of all accounts; what fails is tried again the next time, and keeps no other waiting. */
    void fileAll() {
        int found;
        int filed;
        do {
            List<VaultFiling.Unfiled> next = database.statement(connection -> new VaultFiling(connection).next(ROUND));
            found = next.size();
            filed = 0;
            for (VaultFiling.Unfiled unfiled : next) {
                try {
                    file(unfiled);
                    filed++;
                } catch (DatabaseException e) {
                    LOG.log(Level.WARNING, () -> "expunged messages are not in the vault yet: " + unfiled, e);
                }
            }
        } while (found == ROUND && filed > 0);
    }

    /** Files what waits of one account. */
    void fileAll(AccountId account) {
        database.statement(connection -> new VaultFiling(connection).of(account))
                .forEach(this::file);
    }

    private void file(VaultFiling.Unfiled unfiled) {
        database.transaction(connection -> {
            new VaultFiling(connection).file(unfiled);
            return unfiled;
        });
    }
}
