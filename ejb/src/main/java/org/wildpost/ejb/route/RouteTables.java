// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.transport.ClientIdentity;
import org.wildpost.core.transport.Credentials;
import org.wildpost.ejb.secret.Vault;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.persistence.transport.OutgoingRoute;
import org.wildpost.persistence.transport.RouteSettings;
import org.wildpost.persistence.transport.TransportRules;

/**
 * Gives the {@link RouteTable} of now from memory, so that routing costs no query per message. A change on another node is seen within {@link #FRESH}; when the database
 * does not answer the last table stays in use. Safe for all threads.
 */
@ApplicationScoped
public class RouteTables {
    /** How long a table is used before it is read again. */
    public static final Duration FRESH = Duration.ofSeconds(5);

    private static final Logger LOG = System.getLogger(RouteTables.class.getName());

    @Inject
    TransportRules rules;

    @Inject
    Vault vault;

    @Inject
    ServerName serverName;

    /** Threads that the container did not start do not have the one in java:comp. */
    @Resource(lookup = "java:jboss/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transactions;

    InstantSource clock = InstantSource.system();

    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Kept kept;

    /**
     * @param changes how many there had been when the table began to be read
     */
    private record Kept(RouteTable table, Instant until, long changes) {}

    /**
     * The table of now.
     *
     * @throws RuntimeException when the database does not answer and there is no table yet
     */
    public RouteTable now() {
        Kept known = kept;
        if (known != null && known.changes() == changes.get()) {
            if (clock.instant().isBefore(known.until()) || !reading.tryLock()) {
                // Whoever comes while another one reads uses the last one, when nobody here changed it.
                return known.table();
            }
        } else {
            reading.lock();
        }
        try {
            return read();
        } finally {
            reading.unlock();
        }
    }

    /** Has the table read again at the next question; for who changed it. Inside of a transaction, once that is over: before, only the old one could be read. */
    public void forget() {
        if (transactions.getTransactionKey() == null) {
            changes.incrementAndGet();
            return;
        }
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                changes.incrementAndGet();
            }
        });
    }

    private RouteTable read() {
        Kept known = kept;
        long seen = changes.get();
        if (known != null && known.changes() == seen && clock.instant().isBefore(known.until())) {
            return known.table();
        }
        RouteTable table;
        try {
            table = load();
        } catch (RuntimeException e) {
            if (known == null) {
                throw e;
            }
            LOG.log(Level.WARNING, "The routes cannot be read; the last ones stay in use", e);
            table = known.table();
        }
        kept = new Kept(table, clock.instant().plus(FRESH), seen);
        return table;
    }

    private RouteTable load() {
        return new RouteTable(
                rules.routes().stream()
                        .map(OutgoingRoute::settings)
                        .map(this::configured)
                        .toList(),
                rules.relayDomains(),
                rules.tlsPolicies(),
                rules.origins(),
                serverName.get());
    }

    private ConfiguredRoute configured(RouteSettings route) {
        DomainName host = route.host().orElse(null);
        if (host == null) {
            return new ConfiguredRoute(route, Optional.empty(), Optional.empty(), Optional.empty());
        }
        RouteSecrets secrets = new RouteSecrets(vault);
        try {
            Optional<Credentials> login = route.login().map(stored -> secrets.open(host, stored));
            Optional<ClientIdentity> identity = route.identity().isEmpty()
                    ? Optional.empty()
                    : Optional.of(secrets.open(host, route.identity().get()));
            return new ConfiguredRoute(route, login, identity, Optional.empty());
        } catch (IllegalStateException | IOException e) {
            LOG.log(Level.WARNING, () -> "The route by " + host + " cannot be used: " + e.getMessage());
            return new ConfiguredRoute(
                    route,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("the secrets of the route by " + host + " cannot be opened: set them anew"));
        }
    }
}
