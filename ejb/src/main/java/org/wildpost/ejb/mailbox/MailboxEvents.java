// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxWatcher;
import org.wildpost.core.listener.imap.Watch;

/** Tells watchers in this server that a mailbox changed, after the change is committed. Nothing here waits. Safe for all threads. */
@ApplicationScoped
public class MailboxEvents {
    private static final Logger LOG = System.getLogger(MailboxEvents.class.getName());

    /** Not by its name in java:comp, which threads that the container did not start do not have: the first to need this bean may be one of the queue's. */
    @Resource(lookup = "java:jboss/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transactions;

    private final Map<MailboxId, Set<Subscription>> watchers = new ConcurrentHashMap<>();
    private final Set<Subscription> everywhere = ConcurrentHashMap.newKeySet();

    /** One watcher's subscription; its own identity, for a watcher may subscribe twice. */
    private static final class Subscription {
        final MailboxWatcher watcher;

        Subscription(MailboxWatcher watcher) {
            this.watcher = watcher;
        }
    }

    /** What the transaction's end looks up. */
    private record Key(MailboxEvents events) {}

    /** What one transaction did: the mailboxes that it touched, and what else is to be done before they are announced. */
    private static final class Touched {
        final Set<MailboxId> mailboxes = ConcurrentHashMap.newKeySet();
        final Queue<Runnable> first = new ConcurrentLinkedQueue<>();
    }

    /** Announces a change: after the commit of the surrounding transaction, at once without one, never when it rolls back. */
    public void publish(MailboxId mailbox) {
        publish(mailbox, () -> {});
    }

    /**
     * Announces a change likewise.
     *
     * @param first done before anybody is told, under the same conditions; quick, and it does not fail
     */
    void publish(MailboxId mailbox, Runnable first) {
        if (!inTransaction()) {
            first.run();
            announce(mailbox);
            return;
        }
        Touched touched = touched();
        touched.mailboxes.add(mailbox);
        touched.first.add(first);
    }

    private Touched touched() {
        Key key = new Key(this);
        if (transactions.getResource(key) instanceof Touched known) {
            return known;
        }
        Touched touched = new Touched();
        transactions.putResource(key, touched);
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    touched.first.forEach(Runnable::run);
                    touched.mailboxes.forEach(MailboxEvents.this::announce);
                }
            }
        });
        return touched;
    }

    /** Whether the caller has a transaction, whose changes nobody else sees yet. */
    boolean inTransaction() {
        return transactions.getTransactionKey() != null;
    }

    /** Subscribes to a mailbox until the watch is closed. */
    public Watch watch(MailboxId mailbox, MailboxWatcher watcher) {
        Subscription subscription = new Subscription(watcher);
        watchers.compute(mailbox, (id, set) -> {
            Set<Subscription> watching = set == null ? ConcurrentHashMap.newKeySet() : set;
            watching.add(subscription);
            return watching;
        });
        return () -> watchers.computeIfPresent(mailbox, (id, set) -> {
            set.remove(subscription);
            return set.isEmpty() ? null : set;
        });
    }

    /** Subscribes to all mailboxes of this server until the watch is closed. */
    public Watch watchAll(MailboxWatcher watcher) {
        Subscription subscription = new Subscription(watcher);
        everywhere.add(subscription);
        return () -> everywhere.remove(subscription);
    }

    /** The mailboxes that somebody watches now. */
    Set<MailboxId> watched() {
        return Set.copyOf(watchers.keySet());
    }

    /** Tells those who watch a mailbox, and those who watch all. */
    void announce(MailboxId mailbox) {
        announce(mailbox, everywhere);
        announce(mailbox, watchers.getOrDefault(mailbox, Set.of()));
    }

    private static void announce(MailboxId mailbox, Set<Subscription> subscriptions) {
        for (Subscription subscription : subscriptions) {
            try {
                subscription.watcher.changed(mailbox);
            } catch (RuntimeException e) {
                // The change is committed: a watcher's fault is its own.
                LOG.log(Level.WARNING, "a watcher of mailbox " + mailbox.value() + " failed", e);
            }
        }
    }
}
