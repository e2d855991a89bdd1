// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.wildpost.core.id.MailboxId;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.jdbc.DatabaseException;
import org.wildpost.persistence.mailbox.Mailboxes;

/**
 * Finds out which of the watched mailboxes changed without an event here: another node changed them, or an event was lost. One question for thousands of
 * mailboxes, where each of their watchers would ask one.
 */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MailboxPulse {
    /** Mailboxes of one question. */
    static final int BATCH = 10_000;

    private static final Logger LOG = System.getLogger(MailboxPulse.class.getName());

    @Inject
    Database database;

    @Inject
    MailboxEvents events;

    private Map<MailboxId, Long> known = Map.of();

    /** Every five seconds. */
    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    public void beat() {
        try {
            look();
        } catch (DatabaseException e) {
            LOG.log(Level.DEBUG, "the watched mailboxes could not be looked at", e);
        }
    }

    /** Announces the watched mailboxes that changed since the last look, and those that nobody looked at before. */
    void look() {
        long[] watched = events.watched().stream().mapToLong(MailboxId::value).toArray();
        Map<MailboxId, Long> now = new HashMap<>();
        for (int from = 0; from < watched.length; from += BATCH) {
            long[] batch = Arrays.copyOfRange(watched, from, Math.min(from + BATCH, watched.length));
            Map<MailboxId, Long> found =
                    database.statement(connection -> new Mailboxes(connection).changeCounts(batch));
            for (long id : batch) {
                MailboxId mailbox = new MailboxId(id);
                // One that is gone has none.
                now.put(mailbox, found.getOrDefault(mailbox, 0L));
            }
        }
        Map<MailboxId, Long> before = known;
        known = now;
        now.forEach((mailbox, count) -> {
            if (!count.equals(before.get(mailbox))) {
                events.announce(mailbox);
            }
        });
    }
}
