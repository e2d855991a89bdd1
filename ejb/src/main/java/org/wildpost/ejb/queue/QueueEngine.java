// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.wildpost.core.fault.FaultLog;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.queue.QueueClaims;

/**
 * The threads of the queue: one that beats, one that claims, one that records, one that sweeps, and one for each shipment, all virtual. None
 * ends because something failed; each goes on after a while. Shipments that are under way at the end are waited for, but not for ever.
 */
@ApplicationScoped
public class QueueEngine {
    /** Between two questions whether the server takes requests. */
    static final Duration GLANCE = Duration.ofSeconds(1);

    /** After a failure, such as of the database. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    /** By how much the time between two looks is longer or shorter by chance, in percent. */
    static final int LOOK_JITTER_PERCENT = 40;

    private static final Logger LOG = System.getLogger(QueueEngine.class.getName());
    private static final FaultLog FAULTS = new FaultLog(LOG);

    @Inject
    Database database;

    @Inject
    QueueNode node;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Claimer claimer;

    @Inject
    Carrier carrier;

    @Inject
    Recorder recorder;

    @Inject
    Ledger ledger;

    @Inject
    Sweeper sweeper;

    @Inject
    QueueSettings settings;

    private final Semaphore hunger = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Set<Thread> shipments = ConcurrentHashMap.newKeySet();
    private final List<Thread> loops = new ArrayList<>();
    private Thread recording = Thread.currentThread();
    private volatile boolean running;
    private volatile boolean open;

    /** Something that is done again and again. */
    @FunctionalInterface
    private interface Round {
        void go() throws InterruptedException;
    }

    /**
     * Begins.
     *
     * @param onDuty whether mail may be carried now
     */
    void start(BooleanSupplier onDuty) {
        if (!carrier.ready()) {
            LOG.log(Level.WARNING, "There is no courier: mail for other servers waits in the queue");
            return;
        }
        running = true;
        node.register();
        recorder.open();
        recording = thread("queue-record", this::recordAll);
        recording.start();
        loop("queue-heartbeat", QueueNode.HEARTBEAT, this::beat);
        loop("queue-duty", GLANCE, () -> glance(onDuty));
        loop("queue-claim", Duration.ZERO, this::claim);
        loop("queue-sweep", Sweeper.SWEEP, this::sweep);
    }

    /** Ends: nothing begins any more, what is under way has a while to end, and what this node has claimed is given back. */
    void stop() {
        if (!running) {
            return;
        }
        running = false;
        ended.countDown();
        hunger.release();
        shut();
        try {
            long deadline = System.nanoTime() + settings.drain().toNanos();
            while (dispatcher.underWay() > 0 && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            shipments.forEach(Thread::interrupt);
            // Not interrupted at once: that would close the connection that one of them uses.
            for (Thread one : loops) {
                one.join(PAUSE);
                one.interrupt();
            }
            recorder.close();
            recording.join(settings.drain());
            recording.interrupt();
            giveAllBack();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The queue's claims could not be given back; another node takes them over", e);
        }
    }

    private void giveAllBack() {
        if (node.id().isEmpty()) {
            return;
        }
        long self = node.id().getAsLong();
        database.transaction(connection -> {
            QueueClaims claims = new QueueClaims(connection);
            long[] left =
                    claims.claimedBy(self).stream().mapToLong(Long::longValue).toArray();
            new org.wildpost.persistence.queue.QueueDestinations(connection).touch(claims.release(left, self));
            return left.length;
        });
        node.retire();
    }

    private void glance(BooleanSupplier onDuty) {
        boolean now = onDuty.getAsBoolean();
        if (now && !open && running) {
            dispatcher.open(this::begin, hunger::release, ledger.retries());
            open = true;
            hunger.release();
        } else if (!now && open) {
            shut();
        }
    }

    private void shut() {
        open = false;
        recorder.giveBack(dispatcher.close());
    }

    private void begin(Dispatcher.Run run) {
        Thread shipment = thread("queue-shipment", () -> {
            try {
                carrier.run(run);
            } finally {
                shipments.remove(Thread.currentThread());
            }
        });
        shipments.add(shipment);
        shipment.start();
    }

    private void beat() {
        if (node.beat()) {
            hunger.release();
        }
    }

    /** Claims while there is something to claim; then waits until somebody is hungry, or it is time to look. */
    private void claim() throws InterruptedException {
        if (!open) {
            pause(GLANCE);
            return;
        }
        claimer.look();
        long next = System.nanoTime() + untilNextLook();
        while (running && open && System.nanoTime() < next) {
            hunger.drainPermits();
            boolean claimed = claimer.claim();
            if (!claimed) {
                boolean woken = hunger.tryAcquire(next - System.nanoTime(), TimeUnit.NANOSECONDS);
                LOG.log(Level.TRACE, () -> woken ? "woken" : "time to look");
            }
        }
    }

    /** Not always the same time: a node that looks a moment after another would find nothing that is due, for ever. */
    private static long untilNextLook() {
        long percent = 100L + ThreadLocalRandom.current().nextInt(-LOOK_JITTER_PERCENT, LOOK_JITTER_PERCENT + 1);
        return Claimer.LOOK.toNanos() / 100 * percent;
    }

    private void sweep() {
        if (open) {
            sweeper.sweep();
        }
    }

    private void recordAll() {
        try {
            recorder.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop(String name, Duration between, Round round) {
        Thread thread = thread(name, () -> {
            try {
                while (running) {
                    Duration wait = between;
                    try {
                        round.go();
                    } catch (RuntimeException e) {
                        FAULTS.write(Level.WARNING, name + " failed and goes on later", e);
                        wait = PAUSE;
                    }
                    pause(wait);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        loops.add(thread);
        thread.start();
    }

    /** Waits, but not beyond the end. */
    private void pause(Duration length) throws InterruptedException {
        boolean over = ended.await(length.toNanos(), TimeUnit.NANOSECONDS);
        LOG.log(Level.TRACE, () -> over ? "the end" : "goes on");
    }

    private Thread thread(String name, Runnable work) {
        ClassLoader loader = QueueEngine.class.getClassLoader();
        return Thread.ofVirtual()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .unstarted(() -> {
                    Thread.currentThread().setContextClassLoader(loader);
                    work.run();
                });
    }
}
