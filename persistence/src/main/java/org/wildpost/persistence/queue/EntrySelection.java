// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which entries are meant; what is empty says nothing.
 *
 * @param ids           these rows
 * @param destination   the recipient's domain, or host:port of a reroute
 * @param sender        the reverse-path; "" is the null one
 * @param recipient     the forward-path
 * @param state         where they are
 * @param createdBefore older than this
 * @param createdAfter  younger than this
 */
public record EntrySelection(
        Optional<List<Long>> ids,
        Optional<String> destination,
        Optional<String> sender,
        Optional<String> recipient,
        Optional<EntryState> state,
        Optional<Instant> createdBefore,
        Optional<Instant> createdAfter) {
    /** All there are. */
    public static final EntrySelection ALL = new EntrySelection(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public EntrySelection {
        ids = ids.map(List::copyOf);
    }

    /** These rows. */
    public static EntrySelection of(List<Long> ids) {
        return new EntrySelection(
                Optional.of(ids),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether it says nothing at all. */
    public boolean all() {
        return equals(ALL);
    }

    /** The condition over {@code e} and {@code m}. */
    Condition condition() {
        Condition condition = Condition.TRUE;
        if (ids.isPresent()) {
            condition = condition.and("e.id = any(?)", (Object) Columns.numbers(ids.get(), Long::longValue));
        }
        if (destination.isPresent()) {
            condition = condition.and("e.destination = ?", destination.get());
        }
        if (sender.isPresent()) {
            condition = condition.and("lower(m.reverse_path) = ?", sender.get().toLowerCase(Locale.ROOT));
        }
        if (recipient.isPresent()) {
            condition = condition.and("lower(e.recipient) = ?", recipient.get().toLowerCase(Locale.ROOT));
        }
        if (state.isPresent()) {
            condition = condition.and(
                    switch (state.get()) {
                        case WAITING -> "e.node is null and e.held_at is null";
                        case HELD -> "e.node is null and e.held_at is not null";
                        case CARRIED -> "e.node is not null";
                    });
        }
        if (createdBefore.isPresent()) {
            condition = condition.and("m.created_at < ?", createdBefore.get());
        }
        return createdAfter.isPresent() ? condition.and("m.created_at >= ?", createdAfter.get()) : condition;
    }
}
