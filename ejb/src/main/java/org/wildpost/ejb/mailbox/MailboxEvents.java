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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /** What the transaction's end looks up: the mailboxes that it touched. */
    private record Touched(MailboxEvents events) {}

    /** Announces a change: after the commit of the surrounding transaction, at once without one, never when it rolls back. */
    public void publish(MailboxId mailbox) {
        if (transactions.getTransactionKey() == null) {
            announce(mailbox);
            return;
        }
        Touched key = new Touched(this);
        @SuppressWarnings("unchecked") // only this method puts something under this key
        Set<MailboxId> touched = (Set<MailboxId>) transactions.getResource(key);
        if (touched != null) {
            touched.add(mailbox);
            return;
        }
        Set<MailboxId> first = ConcurrentHashMap.newKeySet();
        first.add(mailbox);
        transactions.putResource(key, first);
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    first.forEach(MailboxEvents.this::announce);
                }
            }
        });
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

    private void announce(MailboxId mailbox) {
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
