// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.wildpost.core.id.MailboxId;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.ChangeLog;

/**
 * Gives up tombstones that are older than clients stay away. A client that comes back from before is told that all is gone that is not there, which is
 * right and only longer (RFC 7162 §3.2.5). Each mailbox in a transaction of its own; two nodes at once do no harm.
 */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TombstoneSweeper {
    /** Mailboxes that are looked up at a time. */
    static final int MAILBOXES = 500;

    /** Such rounds in one night. */
    static final int ROUNDS = 1_000;

    private static final Logger LOG = System.getLogger(TombstoneSweeper.class.getName());

    @Inject
    Database database;

    @Inject
    Retention retention;

    InstantSource clock = InstantSource.system();

    /** Every night. */
    @Schedule(hour = "3", minute = "52", persistent = false)
    public void nightly() {
        long pruned = prune();
        if (pruned > 0) {
            LOG.log(Level.INFO, () -> "tombstones of " + pruned + " expunged messages are given up");
        }
    }

    /** Gives up what is old enough; returns how many. */
    long prune() {
        Instant moment = clock.instant().minus(retention.tombstones());
        long pruned = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<MailboxId> mailboxes =
                    database.statement(connection -> new ChangeLog(connection).olderThan(moment, MAILBOXES));
            for (MailboxId mailbox : mailboxes) {
                pruned += database.transaction(connection -> new ChangeLog(connection).prune(mailbox, moment));
            }
            if (mailboxes.size() < MAILBOXES) {
                break;
            }
        }
        return pruned;
    }
}
