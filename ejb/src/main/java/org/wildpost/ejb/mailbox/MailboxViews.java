// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.message.SnapshotReads;

/**
 * The mailboxes that sessions of this node look at, in memory: whoever asks for the same state of one gets the same object. Nothing is believed without
 * a look at the database; what is kept only makes that look short, for it asks for the changes since. Within a transaction, whose changes nobody else
 * may see yet, each question is answered by itself. Safe for all threads.
 */
@ApplicationScoped
class MailboxViews {
    /** Messages in all views together that are kept for the next to ask, 16 octets each; a view that a session holds lives on without this. */
    static final long MESSAGES_KEPT = 4_000_000;

    /** As how many messages a view counts beside its own. */
    static final int MESSAGES_OVERHEAD = 64;

    /** Different sets of keywords that a view may remember whatever its size; with more than twice its messages it is read anew. */
    static final int KEYWORD_SETS = 1_000;

    @Inject
    Database database;

    @Inject
    MailboxEvents events;

    /** Messages that are kept at most. */
    long kept = MESSAGES_KEPT;

    private final Map<MailboxRef, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long messages;

    /** One mailbox. */
    private static final class Entry {
        /** Held while the database is asked, so that many who want the same ask once. */
        final ReentrantLock asking = new ReentrantLock();

        /** Written with the lock held. */
        volatile @Nullable MailboxSnapshot snapshot;

        /** When the question that the snapshot answers was asked, by {@link System#nanoTime()}. */
        long asked;

        /** What it counts, guarded by the map's lock. */
        long weight;
    }

    /** The messages of a mailbox as they are now; empty when it is gone. */
    Optional<MailboxSnapshot> current(MailboxRef mailbox) {
        if (events.inTransaction()) {
            return load(mailbox);
        }
        long wanted = System.nanoTime();
        Entry entry = entry(mailbox);
        entry.asking.lock();
        try {
            MailboxSnapshot known = entry.snapshot;
            if (known != null && entry.asked - wanted >= 0) {
                // Somebody asked after we came: all that we may have done is in it.
                return Optional.of(known);
            }
            long asked = System.nanoTime();
            Optional<MailboxSnapshot> next = known == null ? load(mailbox) : advanced(mailbox, known);
            entry.snapshot = next.orElse(null);
            entry.asked = asked;
            weigh(mailbox, entry, next);
            return next;
        } finally {
            entry.asking.unlock();
        }
    }

    /**
     * The view that is kept, if it is of this modification sequence. To whoever locked the mailbox and read the sequence of it this is what the rows say.
     */
    Optional<MailboxSnapshot> kept(MailboxRef mailbox, long modSeq) {
        Entry entry;
        synchronized (entries) {
            entry = entries.get(mailbox);
        }
        MailboxSnapshot known = entry == null ? null : entry.snapshot;
        return known != null && known.highestModSeq() == modSeq ? Optional.of(known) : Optional.empty();
    }

    /**
     * Takes in one change that is committed, so that it need not be read. Without effect where the view that is kept is not of the sequence before, or is
     * just being read.
     *
     * @param change all that one modification sequence did
     */
    void changed(MailboxRef mailbox, Changes change) {
        Entry entry;
        synchronized (entries) {
            entry = entries.get(mailbox);
        }
        if (entry == null || !entry.asking.tryLock()) {
            return;
        }
        try {
            MailboxSnapshot known = entry.snapshot;
            if (known != null && known.highestModSeq() == change.highestModSeq() - 1) {
                entry.snapshot = known.with(change);
            }
        } finally {
            entry.asking.unlock();
        }
    }

    private Optional<MailboxSnapshot> load(MailboxRef mailbox) {
        return database.statement(connection -> new SnapshotReads(connection).snapshot(mailbox));
    }

    private Optional<MailboxSnapshot> advanced(MailboxRef mailbox, MailboxSnapshot known) {
        Changes changes = database.statement(
                connection -> new SnapshotReads(connection).changes(mailbox, known.highestModSeq(), known.uidNext()));
        if (!changes.exists()) {
            return Optional.empty();
        }
        if (changes.highestModSeq() == known.highestModSeq()) {
            return Optional.of(known);
        }
        boolean follows = changes.complete() && changes.highestModSeq() > known.highestModSeq();
        boolean worn = known.keywordSets() > Math.max(KEYWORD_SETS, 2 * known.size());
        return follows && !worn ? Optional.of(known.with(changes)) : load(mailbox);
    }

    private Entry entry(MailboxRef mailbox) {
        synchronized (entries) {
            return entries.computeIfAbsent(mailbox, absent -> new Entry());
        }
    }

    /** Counts what a mailbox takes now, and gives up those that nobody asked for the longest time. */
    private void weigh(MailboxRef mailbox, Entry entry, Optional<MailboxSnapshot> snapshot) {
        synchronized (entries) {
            if (entries.get(mailbox) != entry) {
                return;
            }
            long weight = snapshot.map(known -> (long) known.size() + MESSAGES_OVERHEAD)
                    .orElse(0L);
            messages += weight - entry.weight;
            entry.weight = weight;
            if (snapshot.isEmpty()) {
                entries.remove(mailbox);
            }
            Iterator<Entry> eldest = entries.values().iterator();
            while (messages > kept && eldest.hasNext()) {
                messages -= eldest.next().weight;
                eldest.remove();
            }
        }
    }

    /** Gives all up. */
    void forget() {
        synchronized (entries) {
            entries.clear();
            messages = 0;
        }
    }

    /** Views that are kept. */
    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }
}
