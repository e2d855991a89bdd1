// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.persistence.queue.QueueEntry;
import org.wildpost.persistence.queue.QueueReads;
import org.wildpost.persistence.queue.QueuedMessage;

/**
 * One recipient that waits, as operators see it.
 *
 * @param id            of the entry
 * @param deliveryId    what the client was told
 * @param sender        the reverse-path, "" for the null one
 * @param destination   under which it is picked
 * @param messageId     the Message-ID field, or ""
 * @param size          octets
 * @param reroute       host:port that an operator named
 * @param lastReply     the words of the last try, or ""
 */
public record QueueItem(
        long id,
        String deliveryId,
        Optional<AccountId> account,
        String sender,
        ForwardPath recipient,
        String destination,
        State state,
        int priority,
        int attempts,
        Instant created,
        Instant nextAttempt,
        Instant expires,
        String messageId,
        String subject,
        long size,
        Optional<String> reroute,
        String lastStatus,
        String lastReply) {
    /** Where an entry is on its way. */
    public enum State {
        /** It waits for its next try. */
        WAITING,
        /** An operator stopped it. */
        HELD,
        /** A node has it in hand. */
        CARRIED
    }

    static QueueItem of(QueueReads.Listed listed) {
        QueueEntry entry = listed.entry();
        QueuedMessage message = listed.message();
        return new QueueItem(
                entry.id(),
                message.deliveryId(),
                message.account(),
                message.reversePath().toString(),
                entry.path(),
                entry.destination(),
                State.valueOf(listed.state().name()),
                message.options().priority(),
                entry.attempts(),
                message.created(),
                entry.nextAttemptAt(),
                entry.expiresAt(),
                message.messageId(),
                message.subject(),
                message.size(),
                entry.reroute().map(QueueEntry.NextHop::destination),
                entry.lastStatus(),
                entry.lastText());
    }
}
