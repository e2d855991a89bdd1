// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxWatcher;
import org.wildpost.core.listener.imap.TreeWatcher;
import org.wildpost.core.listener.imap.Watch;

/** Tells watchers in this server that a mailbox changed, after the change is committed. Nothing here waits. Safe for all threads. */
@ApplicationScoped
public class MailboxEvents {
    /** Not by its name in java:comp, which threads that the container did not start do not have: the first to need this bean may be one of the queue's. */
    @Resource(lookup = "java:jboss/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transactions;

    Pace.Later later = Pace.CLOCK;

    /** No account has this number: what is announced to it concerns all. */
    static final AccountId EVERYBODY = new AccountId(0);

    /**
     * The least time between two announcements to everybody: each has all who watch list their mailboxes anew, and whoever shares with everybody makes as many as
     * they like. The first is made at once.
     */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final Watchers<MailboxId> mailboxes = new Watchers<>();
    private final Watchers<AccountId> trees = new Watchers<>();
    private final Pace everybody = new Pace(PAUSE, this::tellEverybody, (task, delay) -> this.later.run(task, delay));

    /** What is announced with the next announcement to everybody, and whether that is by this node. */
    private final Set<MailboxId> shown = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean mine = new AtomicBoolean();

    /** What the transaction's end looks up. */
    private record Key(MailboxEvents events) {}

    /** What one transaction did: the mailboxes and trees that it touched, and what else is to be done before they are announced. */
    private static final class Touched {
        final Set<MailboxId> mailboxes = ConcurrentHashMap.newKeySet();
        final Set<AccountId> trees = ConcurrentHashMap.newKeySet();
        final Set<MailboxId> shown = ConcurrentHashMap.newKeySet();
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
            mailboxes.done(mailbox);
            return;
        }
        Touched touched = touched();
        touched.mailboxes.add(mailbox);
        touched.first.add(first);
    }

    /** Announces likewise that mailboxes that these accounts may know of were made, renamed, deleted, shown or hidden; empty: that all accounts may know of. */
    void publishTrees(Collection<Optional<AccountId>> accounts) {
        accounts.forEach(account -> publishTree(account.orElse(EVERYBODY)));
    }

    /** Announces likewise that everybody's rights on a mailbox changed: to who has it open, too, with the announcement to everybody. */
    void publishShown(MailboxId mailbox) {
        if (inTransaction()) {
            touched().shown.add(mailbox);
        } else {
            shown.add(mailbox);
        }
        publishTree(EVERYBODY);
    }

    /** Announces likewise that mailboxes of an account were made, renamed or deleted, or that its subscriptions changed. */
    void publishTree(AccountId account) {
        if (inTransaction()) {
            touched().trees.add(account);
        } else {
            treeDone(account);
        }
    }

    private void treeDone(AccountId account) {
        if (account.equals(EVERYBODY)) {
            mine.set(true);
            everybody.ask();
        } else {
            trees.done(account);
        }
    }

    private void tellEverybody() {
        if (mine.getAndSet(false)) {
            trees.tellEverywhere(EVERYBODY);
        }
        trees.tell(EVERYBODY);
        for (MailboxId mailbox : Set.copyOf(shown)) {
            shown.remove(mailbox);
            mailboxes.done(mailbox);
        }
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
                    touched.mailboxes.forEach(mailboxes::done);
                    shown.addAll(touched.shown);
                    touched.trees.forEach(MailboxEvents.this::treeDone);
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
        return mailboxes.watch(mailbox, watcher::changed);
    }

    /** Subscribes to an account's tree of mailboxes, with what concerns all accounts, until the watch is closed. */
    public Watch watchTree(AccountId account, TreeWatcher watcher) {
        Watch own = trees.watch(account, watcher::changed);
        Watch all = trees.watch(EVERYBODY, everybody -> watcher.changed(account));
        return () -> {
            own.close();
            all.close();
        };
    }

    /** Subscribes to all that this server does to mailboxes until the watch is closed. */
    public Watch watchAll(MailboxWatcher watcher) {
        return mailboxes.watchAll(watcher::changed);
    }

    /** Subscribes to all that this server does to trees of mailboxes until the watch is closed. */
    Watch watchAllTrees(TreeWatcher watcher) {
        return trees.watchAll(watcher::changed);
    }

    /** The mailboxes that somebody watches now. */
    Set<MailboxId> watched() {
        return mailboxes.watched();
    }

    /** Another node changed a mailbox, or somebody did and nobody here heard of it. */
    void announce(MailboxId mailbox) {
        mailboxes.tell(mailbox);
    }

    /** Another node changed an account's tree. */
    void announceTree(AccountId account) {
        if (account.equals(EVERYBODY)) {
            everybody.ask();
        } else {
            trees.tell(account);
        }
    }

    /** Anything may have changed elsewhere. */
    void announceAll() {
        mailboxes.watched().forEach(mailboxes::tell);
        trees.watched().forEach(this::announceTree);
    }
}
