// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.wildpost.core.transport.Call;
import org.wildpost.core.transport.SmtpConnection;

/**
 * How many talk to a next hop at a time, and the connections that wait for the next message. Nothing is said to a server while the lock is held. Safe
 * for all threads.
 */
final class ConnectionPool implements AutoCloseable {
    /** Connections are shared only between equal calls: same TLS demand, source, greeting and login. */
    record Key(NextHop hop, Call call) {}

    private record Idle(Key key, SmtpConnection connection, long since) {}

    private static final class Hop {
        private final Deque<Idle> idle = new ArrayDeque<>();
        private final Condition room;
        private int busy;
        private int waiting;

        Hop(Condition room) {
            this.room = room;
        }

        boolean unused() {
            return busy == 0 && waiting == 0 && idle.isEmpty();
        }
    }

    private final CourierLimits limits;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<NextHop, Hop> hops = new HashMap<>();
    private boolean closed;

    /**
     * @param nanos the monotonic clock, as {@link System#nanoTime}
     */
    ConnectionPool(CourierLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    /**
     * Waits for room to talk to a hop; who was let in {@link #leave leaves} again.
     *
     * @return false when there was none in time
     */
    boolean enter(NextHop next) throws InterruptedException {
        lock.lock();
        try {
            Hop hop = hops.computeIfAbsent(next, n -> new Hop(lock.newCondition()));
            long left = limits.room().toNanos();
            hop.waiting++;
            try {
                while (hop.busy >= limits.connections()) {
                    if (left <= 0) {
                        return false;
                    }
                    left = hop.room.awaitNanos(left);
                }
                hop.busy++;
                return true;
            } finally {
                hop.waiting--;
                forgetIfUnused(next, hop);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes room for another. */
    void leave(NextHop next) {
        lock.lock();
        try {
            Hop hop = hops.get(next);
            if (hop != null) {
                hop.busy--;
                hop.room.signal();
                forgetIfUnused(next, hop);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The connection that was used last and is still good, as far as can be seen without saying a word. */
    Optional<SmtpConnection> take(Key key) {
        while (true) {
            Optional<SmtpConnection> found = remove(key);
            if (found.isEmpty() || !found.get().stale()) {
                return found;
            }
            found.get().close();
        }
    }

    private Optional<SmtpConnection> remove(Key key) {
        lock.lock();
        try {
            Hop hop = hops.get(key.hop());
            if (hop == null) {
                return Optional.empty();
            }
            for (Iterator<Idle> newest = hop.idle.descendingIterator(); newest.hasNext(); ) {
                Idle idle = newest.next();
                if (idle.key().equals(key)) {
                    newest.remove();
                    return Optional.of(idle.connection());
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** A fresh connection is about to be made: one that waits for other messages gives way when there are too many together. */
    void makeRoom(NextHop next) {
        List<Idle> oldest = new ArrayList<>();
        lock.lock();
        try {
            Hop hop = hops.get(next);
            while (hop != null && !hop.idle.isEmpty() && hop.busy + hop.idle.size() > limits.connections()) {
                oldest.add(hop.idle.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        farewell(oldest);
    }

    /** Keeps a connection for the next message, or ends it when it had enough. */
    void giveBack(Key key, SmtpConnection connection) {
        boolean kept = false;
        lock.lock();
        try {
            if (!closed && connection.usable() && connection.transactions() < limits.messages()) {
                hops.computeIfAbsent(key.hop(), n -> new Hop(lock.newCondition()))
                        .idle
                        .addLast(new Idle(key, connection, nanos.getAsLong()));
                kept = true;
            }
        } finally {
            lock.unlock();
        }
        if (!kept) {
            farewell(List.of(new Idle(key, connection, 0)));
        }
    }

    /** Ends the connections that waited too long. */
    void sweep() {
        farewell(collect(limits.idle()));
    }

    private List<Idle> collect(Duration waited) {
        List<Idle> over = new ArrayList<>();
        lock.lock();
        try {
            long now = nanos.getAsLong();
            hops.values()
                    .forEach(hop -> hop.idle.removeIf(idle -> {
                        boolean old = now - idle.since() >= waited.toNanos();
                        if (old) {
                            over.add(idle);
                        }
                        return old;
                    }));
            hops.values().removeIf(Hop::unused);
        } finally {
            lock.unlock();
        }
        return over;
    }

    /** How many connections wait; for tests and metrics. */
    int idle() {
        lock.lock();
        try {
            return hops.values().stream().mapToInt(hop -> hop.idle.size()).sum();
        } finally {
            lock.unlock();
        }
    }

    private void forgetIfUnused(NextHop next, Hop hop) {
        if (hop.unused()) {
            hops.remove(next);
        }
    }

    /** Nobody waits for the answers to QUIT. */
    private static List<Thread> farewell(List<Idle> over) {
        return over.stream()
                .map(idle -> Thread.ofVirtual()
                        .name("smtp-farewell")
                        .inheritInheritableThreadLocals(false)
                        .start(idle.connection()::quit))
                .toList();
    }

    /** Ends all connections that wait; those in use end when they are given back. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        try {
            for (Thread thread : farewell(collect(Duration.ZERO))) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
