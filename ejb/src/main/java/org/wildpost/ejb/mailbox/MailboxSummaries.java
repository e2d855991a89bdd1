// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.summary.MessageSummary;
import org.wildpost.core.summary.SummaryRow;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.message.SummaryChanges;
import org.wildpost.persistence.message.SummaryReads;

/**
 * Keeps what searches, orders and threads ask of the mailboxes in which people search, so that these cost one small statement: what changed since.
 * A mailbox that nobody asked for longest goes first when the memory for it is used up; one that is too great for it alone is read each time. What a
 * transaction has not committed is never kept. Safe for all threads.
 */
@ApplicationScoped
public class MailboxSummaries {
    /** The part of the heap that all mailboxes together may take. */
    static final int PART_OF_HEAP = 8;

    /** The least and the most of it, in octets. */
    static final long LEAST = 16L * 1024 * 1024;

    static final long MOST = 1024L * 1024 * 1024;

    /** What a message takes before it was looked at, in octets. */
    static final int EXPECTED = 400;

    @Inject
    Database database;

    @Inject
    MailboxEvents events;

    long limit = Math.clamp(Runtime.getRuntime().maxMemory() / PART_OF_HEAP, LEAST, MOST);

    private final Map<MailboxRef, Kept> kept = new ConcurrentHashMap<>();
    private final AtomicLong clock = new AtomicLong();

    /** One mailbox's rows; whoever brings them up to date holds the lock. */
    private static final class Kept {
        final ReentrantLock lock = new ReentrantLock();
        volatile MailboxRows rows = MailboxRows.NOTHING;
        volatile long used;
    }

    /** Whether the rows of a mailbox are at hand. */
    boolean has(MailboxRef mailbox) {
        return kept.containsKey(mailbox) && !events.inTransaction();
    }

    /**
     * Every message as it is now, ascending by UID; none when the mailbox is gone.
     *
     * @return what is known of all these messages together
     */
    MailboxOrders each(MailboxRef mailbox, Consumer<SummaryRow> taker) {
        if (!events.inTransaction() && (kept.containsKey(mailbox) || fits(mailbox))) {
            MailboxRows rows = rows(mailbox);
            rows.rows().forEach(taker);
            return rows.orders();
        }
        database.transaction(connection -> {
            new SummaryReads(connection).each(mailbox, stored -> taker.accept(MailboxRows.row(stored)));
            return mailbox;
        });
        return new MailboxOrders();
    }

    /** Remembers what was found out about messages, if their mailbox is kept. */
    void learn(MailboxRef mailbox, Map<Long, MessageSummary> summaries) {
        Kept one = kept.get(mailbox);
        if (one != null) {
            one.lock.lock();
            try {
                one.rows = one.rows.knowing(summaries);
            } finally {
                one.lock.unlock();
            }
        }
    }

    /** How many mailboxes are kept. */
    int size() {
        return kept.size();
    }

    private boolean fits(MailboxRef mailbox) {
        OptionalLong messages = database.statement(connection -> new SummaryReads(connection).messages(mailbox));
        return messages.isPresent() && messages.getAsLong() * EXPECTED <= limit;
    }

    private MailboxRows rows(MailboxRef mailbox) {
        Kept one = kept.computeIfAbsent(mailbox, ref -> new Kept());
        one.used = clock.incrementAndGet();
        one.lock.lock();
        try {
            MailboxRows before = one.rows;
            SummaryChanges changes = since(mailbox, before);
            if (!changes.exists()) {
                kept.remove(mailbox, one);
                return MailboxRows.NOTHING;
            }
            one.rows = before.isUnread()
                    ? MailboxRows.all(changes)
                    : before.after(changes).orElseGet(() -> MailboxRows.all(since(mailbox, MailboxRows.NOTHING)));
            return one.rows;
        } finally {
            one.lock.unlock();
            makeRoom();
        }
    }

    private SummaryChanges since(MailboxRef mailbox, MailboxRows known) {
        Database.Work<SummaryChanges> read =
                connection -> new SummaryReads(connection).since(mailbox, known.modSeq(), known.lastUid());
        // All of a great mailbox comes in pieces, which takes a transaction.
        return known.isUnread() ? database.transaction(read) : database.statement(read);
    }

    /** Lets go what is more than the limit; also due when something was worked out. */
    void makeRoom() {
        long weight = kept.values().stream().mapToLong(one -> one.rows.weight()).sum();
        while (weight > limit) {
            Optional<Map.Entry<MailboxRef, Kept>> oldest =
                    kept.entrySet().stream().min(Comparator.comparingLong(entry -> entry.getValue().used));
            if (oldest.isEmpty()) {
                return;
            }
            if (kept.remove(oldest.get().getKey(), oldest.get().getValue())) {
                weight -= oldest.get().getValue().rows.weight();
            }
        }
    }
}
