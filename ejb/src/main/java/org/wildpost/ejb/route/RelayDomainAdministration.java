// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.persistence.domain.Domains;
import org.wildpost.persistence.transport.RelayDomain;
import org.wildpost.persistence.transport.TransportRules;

/** What administrators do with relay domains. Each call is one transaction. Safe for all threads. */
@ApplicationScoped
@Transactional
public class RelayDomainAdministration {
    @Inject
    TransportRules rules;

    @Inject
    Domains domains;

    @Inject
    RouteTables tables;

    /**
     * What is to change; what is absent stays as it is.
     *
     * @param host empty: to its exchangers
     * @param port 0: 25
     */
    public record Change(Optional<String> host, Optional<Integer> port, Optional<Boolean> disabled) {}

    /** Relay domains whose name contains the text. */
    public Page<RelayDomainView> list(String query, int page, int size) {
        Page.Window window = new Page.Window(page, size);
        TransportRules.Part<RelayDomain> part = rules.relayDomains(query, window.offset(), window.size());
        return window.of(part.rows(), part.total(), RelayDomainView::of);
    }

    /** The relay domain of that name, as typed. */
    public Optional<RelayDomainView> find(String name) {
        return relayDomain(name).map(RelayDomainView::of);
    }

    /** Takes mail for a domain from now on; one that is hosted here cannot be a relay domain as well. */
    public Outcome<RelayDomainView> create(String name, Change change) {
        domains.lockAdministration();
        TransportChecks checks = new TransportChecks();
        Optional<DomainName> parsed = checks.neededDomain("name", name);
        RelayDomain.Target target =
                target(checks, new RelayDomain.Target(Optional.empty(), RouteEdit.RELAY_PORT, false), change);
        if (parsed.isPresent() && domains.exists(parsed.get())) {
            checks.refuse("name", Reason.TAKEN, "the domain " + parsed.get() + " is hosted here");
        } else if (parsed.isPresent() && rules.relayDomain(parsed.get()).isPresent()) {
            checks.refuse("name", Reason.TAKEN, "mail for " + parsed.get() + " is relayed already");
        }
        if (checks.broken() || parsed.isEmpty()) {
            return checks.refused();
        }
        RelayDomain domain = new RelayDomain(parsed.get(), target, Instant.now());
        rules.add(domain);
        tables.forget();
        return new Outcome.Done<>(RelayDomainView.of(domain));
    }

    /** Changes where the mail of a relay domain goes. */
    public Outcome<RelayDomainView> change(String name, Change change) {
        domains.lockAdministration();
        Optional<RelayDomain> domain = relayDomain(name);
        if (domain.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        TransportChecks checks = new TransportChecks();
        RelayDomain.Target target = target(checks, domain.get().target(), change);
        if (checks.broken()) {
            return checks.refused();
        }
        domain.get().change(target, Instant.now());
        tables.forget();
        return new Outcome.Done<>(RelayDomainView.of(domain.get()));
    }

    /** Takes no more mail for a domain; what is queued is still tried. */
    public Outcome<RelayDomainView> delete(String name) {
        domains.lockAdministration();
        Optional<RelayDomain> domain = relayDomain(name);
        if (domain.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        rules.remove(domain.get());
        tables.forget();
        return new Outcome.Done<>(RelayDomainView.of(domain.get()));
    }

    private static RelayDomain.Target target(TransportChecks checks, RelayDomain.Target before, Change change) {
        return new RelayDomain.Target(
                change.host().map(text -> checks.host("host", text)).orElse(before.host()),
                checks.port(change.port().orElse(before.port()), RouteEdit.RELAY_PORT),
                change.disabled().orElse(before.disabled()));
    }

    private Optional<RelayDomain> relayDomain(String name) {
        try {
            return rules.relayDomain(DomainName.parse(name.strip()));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }
}
