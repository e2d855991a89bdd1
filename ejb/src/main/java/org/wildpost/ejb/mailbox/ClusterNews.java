// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.Watch;
import org.wildpost.persistence.cluster.NodeChannel;
import org.wildpost.persistence.cluster.NodeNews;
import org.wildpost.persistence.jdbc.Database;

/**
 * Tells the other nodes which mailboxes changed here, and hears what changed there: one connection that listens, and a statement now and then while others
 * listen, too. A node that is alone tells nobody. What is lost, because a node or a connection broke, is found by {@link MailboxPulse} or when the connection
 * stands again. Safe for all threads.
 */
final class ClusterNews {
    /** News that come in a burst are told together. */
    static final Duration BURST = Duration.ofMillis(10);

    /** How long an end may go unnoticed. */
    private static final Duration SLICE = Duration.ofSeconds(1);

    /** How often the listeners are counted, which shows too that the connection stands. */
    private static final Duration COUNT = Duration.ofSeconds(5);

    /** Until a connection that broke is made anew. */
    private static final Duration RECONNECT = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(ClusterNews.class.getName());

    private final DataSource listening;
    private final Database database;
    private final MailboxEvents events;
    private final String node = UUID.randomUUID().toString();

    private final Set<MailboxId> mailboxes = ConcurrentHashMap.newKeySet();
    private final Set<AccountId> trees = ConcurrentHashMap.newKeySet();
    private final Semaphore pending = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<Watch> watches = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean others;
    private volatile boolean listens;

    /**
     * Nothing is done before {@link #start}.
     *
     * @param listening gives a connection that is kept
     * @param database  where is told
     */
    ClusterNews(DataSource listening, Database database, MailboxEvents events) {
        this.listening = listening;
        this.database = database;
        this.events = events;
    }

    void start() {
        watches.add(events.watchAll(mailbox -> changed(mailboxes, mailbox)));
        watches.add(events.watchAllTrees(account -> changed(trees, account)));
        threads.add(thread("cluster-hear", this::hearAlways));
        threads.add(thread("cluster-tell", this::tellAlways));
        threads.forEach(Thread::start);
    }

    private static Thread thread(String name, Runnable work) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return Thread.ofVirtual()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .unstarted(() -> {
                    Thread.currentThread().setContextClassLoader(loader);
                    work.run();
                });
    }

    void stop() {
        watches.forEach(Watch::close);
        stopping.countDown();
        pending.release();
        try {
            for (Thread thread : threads) {
                thread.join(SLICE.multipliedBy(3));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether other nodes listen, as far as is known here. */
    boolean hasOthers() {
        return others;
    }

    /** Whether this node hears now. */
    boolean listens() {
        return listens;
    }

    private <T> void changed(Set<T> set, T one) {
        if (others && set.add(one)) {
            pending.release();
        }
    }

    private boolean stopped() {
        return stopping.getCount() == 0;
    }

    private void tellAlways() {
        try {
            while (!stopped()) {
                pending.acquire();
                pending.drainPermits();
                NodeNews news = new NodeNews(node, taken(mailboxes), taken(trees));
                if (others && !news.isHello()) {
                    tell(news);
                }
                if (stopping.await(BURST.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> Set<T> taken(Set<T> set) {
        Set<T> taken = Set.copyOf(set);
        set.removeAll(taken);
        return taken;
    }

    private void tell(NodeNews news) {
        try {
            database.statement(connection -> {
                new NodeChannel(connection).tell(news);
                return true;
            });
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the other nodes could not be told of changes; they find them by themselves", e);
        }
    }

    private void hearAlways() {
        boolean known = false;
        try {
            do {
                try (Connection connection = listening.getConnection()) {
                    hear(connection);
                } catch (SQLException | RuntimeException e) {
                    known &= !listens;
                    LOG.log(known || stopped() ? Level.DEBUG : Level.WARNING, "other nodes cannot be heard now", e);
                    known = true;
                }
                listens = false;
            } while (!stopping.await(RECONNECT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(Connection connection) throws SQLException {
        NodeChannel channel = new NodeChannel(connection);
        channel.listen();
        channel.tell(NodeNews.hello(node));
        listens = true;
        // What was told while nobody here listened.
        events.announceAll();
        long counted = System.nanoTime() - COUNT.toNanos();
        while (!stopped()) {
            if (System.nanoTime() - counted >= COUNT.toNanos()) {
                others = channel.listeners() > 1;
                counted = System.nanoTime();
            }
            for (NodeNews news : channel.hear(SLICE)) {
                if (!news.node().equals(node)) {
                    others = true;
                    news.mailboxes().forEach(events::announce);
                    news.trees().forEach(events::announceTree);
                }
            }
        }
        others = false;
        channel.leave();
    }
}
