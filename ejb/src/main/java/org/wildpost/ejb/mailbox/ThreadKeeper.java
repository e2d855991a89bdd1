// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.Watch;

/**
 * Gives messages their conversations soon after they came, a little at a time, so that deliveries do not feel it. What it has not come to when the
 * server stops is done when somebody asks, or when the mailbox changes again.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ThreadKeeper {
    /** How much of each {@link #every} round may be spent: a tenth of one processor. */
    static final Duration ROUND = Duration.ofMillis(500);

    /** Mailboxes of which is remembered how far they are done; others are begun anew, which costs a look at their rows. */
    static final int MAX_REMEMBERED = 10_000;

    private static final Logger LOG = System.getLogger(ThreadKeeper.class.getName());

    @Inject
    MailboxEvents events;

    @Inject
    Threads threads;

    LongSupplier nanoTime = System::nanoTime;

    private final Set<MailboxId> touched = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean busy = new AtomicBoolean();
    private @Nullable Watch watch;

    /** The UID from which on a mailbox is not done; only for who is busy. */
    private final Map<MailboxId, Long> reached = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MailboxId, Long> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    @PostConstruct
    void start() {
        watch = events.watchAll(touched::add);
    }

    @PreDestroy
    void stop() {
        if (watch != null) {
            watch.close();
        }
    }

    /** Every five seconds. */
    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    public void every() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            round();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "conversations could not be kept", e);
        } finally {
            busy.set(false);
        }
    }

    /** Looks at mailboxes that were touched until the time is over; what is left waits for the next round. */
    void round() {
        long end = nanoTime.getAsLong() + ROUND.toNanos();
        for (MailboxId mailbox : List.copyOf(touched)) {
            touched.remove(mailbox);
            Threads.Progress progress = new Threads.Progress(reached.getOrDefault(mailbox, 1L), true);
            while (progress.more()) {
                if (nanoTime.getAsLong() - end > 0) {
                    touched.add(mailbox);
                    return;
                }
                progress = threads.assignSome(mailbox, progress.nextUid());
                reached.put(mailbox, progress.nextUid());
            }
        }
    }
}
