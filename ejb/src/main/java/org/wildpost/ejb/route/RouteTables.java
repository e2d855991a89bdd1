// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
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

    InstantSource clock = InstantSource.system();

    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Kept kept;

    private record Kept(RouteTable table, Instant until) {}

    /**
     * The table of now.
     *
     * @throws RuntimeException when the database does not answer and there is no table yet
     */
    public RouteTable now() {
        Kept known = kept;
        if (known != null && (clock.instant().isBefore(known.until()) || !reading.tryLock())) {
            // Whoever comes while another one reads uses the last one.
            return known.table();
        }
        if (known == null) {
            reading.lock();
        }
        try {
            return read(known);
        } finally {
            reading.unlock();
        }
    }

    /** Has the table read again at the next question; for who changed it. */
    public void forget() {
        Kept known = kept;
        if (known != null) {
            kept = new Kept(known.table(), Instant.MIN);
        }
    }

    private RouteTable read(@Nullable Kept before) {
        Kept known = kept;
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.table();
        }
        RouteTable table;
        try {
            table = load();
        } catch (RuntimeException e) {
            if (before == null) {
                throw e;
            }
            LOG.log(Level.WARNING, "The routes cannot be read; the last ones stay in use", e);
            table = before.table();
        }
        kept = new Kept(table, clock.instant().plus(FRESH));
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
