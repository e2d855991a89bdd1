// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.wildpost.core.id.AccountId;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.vault.VaultFiling;

/**
 * Puts expunged messages into the vault soon after they left their mailboxes, and at once when somebody asks for them. Each EXPUNGE in a transaction of
 * its own; two nodes at once do no harm.
 */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class VaultFiler {
    /** How many EXPUNGEs are looked up at a time. */
    static final int ROUND = 500;

    @Inject
    Database database;

    /** Every few seconds. */
    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    public void soon() {
        fileAll();
    }

    /** Files what waits, of all accounts. */
    void fileAll() {
        List<VaultFiling.Unfiled> next;
        do {
            next = database.statement(connection -> new VaultFiling(connection).next(ROUND));
            next.forEach(this::file);
        } while (next.size() == ROUND);
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
