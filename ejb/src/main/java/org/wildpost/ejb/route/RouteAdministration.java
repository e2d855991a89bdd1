// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.ejb.secret.Vault;
import org.wildpost.persistence.domain.Domains;
import org.wildpost.persistence.transport.OutgoingRoute;
import org.wildpost.persistence.transport.RouteSettings;
import org.wildpost.persistence.transport.TransportRules;

/** What administrators do with routes. Each call is one transaction. Safe for all threads. */
@ApplicationScoped
@Transactional
public class RouteAdministration {
    @Inject
    TransportRules rules;

    @Inject
    Domains domains;

    @Inject
    Vault vault;

    @Inject
    RouteTables tables;

    /** Routes one of whose domains or whose host contains the text. */
    public Page<RouteView> list(String query, int page, int size) {
        Page.Window window = new Page.Window(page, size);
        TransportRules.Part<OutgoingRoute> part = rules.routes(query, window.offset(), window.size());
        return window.of(part.rows(), part.total(), RouteView::of);
    }

    /** One route. */
    public Optional<RouteView> find(long id) {
        return rules.route(id).map(RouteView::of);
    }

    /** Makes a route. */
    public Outcome<RouteView> create(RouteChange draft) {
        domains.lockAdministration();
        TransportChecks checks = new TransportChecks();
        RouteSettings settings = settings(checks, RouteEdit.NOTHING, draft, -1);
        if (checks.broken()) {
            return checks.refused();
        }
        OutgoingRoute route = new OutgoingRoute(settings, Instant.now());
        rules.add(route);
        tables.forget();
        return new Outcome.Done<>(RouteView.of(route));
    }

    /** Changes a route. */
    public Outcome<RouteView> change(long id, RouteChange change) {
        domains.lockAdministration();
        Optional<OutgoingRoute> route = rules.route(id);
        if (route.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        TransportChecks checks = new TransportChecks();
        RouteSettings settings = settings(checks, route.get().settings(), change, id);
        if (checks.broken()) {
            return checks.refused();
        }
        route.get().change(settings, Instant.now());
        tables.forget();
        return new Outcome.Done<>(RouteView.of(route.get()));
    }

    /** Deletes a route. */
    public Outcome<RouteView> delete(long id) {
        domains.lockAdministration();
        Optional<OutgoingRoute> route = rules.route(id);
        if (route.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        RouteView view = RouteView.of(route.get());
        rules.remove(route.get());
        tables.forget();
        return new Outcome.Done<>(view);
    }

    private RouteSettings settings(TransportChecks checks, RouteSettings before, RouteChange change, long id) {
        RouteSettings settings = new RouteEdit(checks, new RouteSecrets(vault), before, change).settings();
        boolean taken = rules.route(settings.sender(), settings.recipient())
                .filter(other -> other.id() != id)
                .isPresent();
        if (taken && !checks.broken()) {
            checks.refuse("recipientDomain", Reason.TAKEN, "there is a route for these domains already");
        }
        return settings;
    }
}
