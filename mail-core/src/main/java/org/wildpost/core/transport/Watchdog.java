// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends what takes too long. A socket waits for ever in a write, and a peer that sends one octet now and then keeps every wait of a read short; so one
 * thread looks at all connections and closes those whose time is over. Safe for all threads.
 */
public final class Watchdog implements AutoCloseable {
    /** How late it may notice. */
    static final Duration TICK = Duration.ofMillis(50);

    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    /** Begins to watch, on a virtual thread of its own. */
    public Watchdog() {
        thread = Thread.ofVirtual()
                .name("smtp-watchdog")
                .inheritInheritableThreadLocals(false)
                .start(this::watch);
    }

    void guard(Wire wire) {
        wires.add(wire);
        LockSupport.unpark(thread);
    }

    void release(Wire wire) {
        wires.remove(wire);
    }

    private void watch() {
        while (!closed) {
            if (wires.isEmpty()) {
                LockSupport.park(this);
            } else {
                wires.forEach(Wire::closeIfExpired);
                LockSupport.parkNanos(this, TICK.toNanos());
            }
        }
    }

    /** Stops watching and closes every connection that is still open. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        wires.forEach(Wire::close);
    }
}
