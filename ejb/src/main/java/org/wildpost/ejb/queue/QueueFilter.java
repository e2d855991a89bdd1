// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wildpost.persistence.queue.EntrySelection;
import org.wildpost.persistence.queue.EntryState;

/**
 * Which entries of the queue are meant; what is empty says nothing.
 *
 * @param ids           these entries
 * @param destination   the recipient's domain, or host:port of a reroute
 * @param sender        the reverse-path; "" is the null one
 * @param recipient     the forward-path
 * @param state         where they are
 * @param createdBefore older than this
 * @param createdAfter  younger than this
 */
public record QueueFilter(
        Optional<List<Long>> ids,
        Optional<String> destination,
        Optional<String> sender,
        Optional<String> recipient,
        Optional<QueueItem.State> state,
        Optional<Instant> createdBefore,
        Optional<Instant> createdAfter) {
    /** All there are. */
    public static final QueueFilter ALL = new QueueFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public QueueFilter {
        ids = ids.map(List::copyOf);
    }

    /** One entry. */
    public static QueueFilter of(long id) {
        return new QueueFilter(
                Optional.of(List.of(id)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    EntrySelection selection() {
        return new EntrySelection(
                ids,
                destination,
                sender,
                recipient,
                state.map(where -> EntryState.valueOf(where.name())),
                createdBefore,
                createdAfter);
    }
}
