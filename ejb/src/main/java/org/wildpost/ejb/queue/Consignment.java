// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.AccountId;
import org.wildpost.persistence.queue.QueueEntry;
import org.wildpost.persistence.queue.QueuedMessage;

/**
 * A message and recipients of one destination that this node has claimed.
 *
 * @param entries never empty; all of one destination and reroute, and of one domain unless they are of this server
 * @param octets  of the message without its prefix, when they are at hand; null: they are read from the database
 */
record Consignment(QueuedMessage message, List<QueueEntry> entries, byte @Nullable [] octets) {
    Consignment {
        entries = List.copyOf(entries);
    }

    String destination() {
        return entries.getFirst().destination();
    }

    /** Whether its recipients are of this server. */
    boolean here() {
        return entries.getFirst().here();
    }

    int urgency() {
        return -message.options().priority();
    }

    long account() {
        return message.account().map(AccountId::value).orElse(0L);
    }

    long[] ids() {
        return entries.stream().mapToLong(QueueEntry::id).toArray();
    }

    /** The same message with some of the recipients. */
    Consignment with(List<QueueEntry> some) {
        return new Consignment(message, some, octets);
    }
}
