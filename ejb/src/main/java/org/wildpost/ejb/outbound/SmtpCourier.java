// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.wildpost.core.transport.Connector;
import org.wildpost.core.transport.Deadline;
import org.wildpost.core.transport.TransportSettings;
import org.wildpost.core.transport.Watchdog;

/** Carries shipments over connections that it keeps for a while. The caller's thread does the work. Safe for all threads. */
final class SmtpCourier implements Courier, AutoCloseable {
    private static final Logger LOG = System.getLogger(SmtpCourier.class.getName());

    /** How often idle connections are looked at. */
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final TransportSettings settings;
    private final InstantSource clock;
    private final Watchdog watchdog = new Watchdog();
    private final ConnectionPool pool;
    private final Carriage.Tools tools;
    private volatile boolean closed;

    SmtpCourier(
            Routes routes, TlsWitness witness, CourierLimits limits, TransportSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.pool = new ConnectionPool(limits, System::nanoTime);
        this.tools = new Carriage.Tools(routes, witness, pool, new Connector(settings, watchdog, clock), limits);
        Thread.ofVirtual()
                .name("smtp-idle")
                .inheritInheritableThreadLocals(false)
                .start(this::sweep);
    }

    private void sweep() {
        while (!closed) {
            LockSupport.parkNanos(SWEEP.toNanos());
            pool.sweep();
        }
    }

    @Override
    public List<Attempt> carry(Shipment shipment) {
        Ledger none = new Ledger(shipment.recipients().size(), clock);
        try {
            return new Carriage(tools, shipment, Deadline.in(settings.shipment()), clock).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            none.enterAll(
                    new Attempt.Deferred("4.3.2", "this server is going down", Attempt.Scope.MESSAGE),
                    Outcomes.Place.NOWHERE);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Shipment " + shipment.id() + " cannot be carried", e);
            none.enterAll(
                    new Attempt.Deferred("4.3.0", "this server failed, see its log", Attempt.Scope.MESSAGE),
                    Outcomes.Place.NOWHERE);
        }
        return none.close();
    }

    /** Connections that wait for a message; for tests and metrics. */
    int idleConnections() {
        return pool.idle();
    }

    /** Says farewell on idle connections, and cuts those on which something is still under way. */
    @Override
    public void close() {
        closed = true;
        pool.close();
        watchdog.close();
    }
}
