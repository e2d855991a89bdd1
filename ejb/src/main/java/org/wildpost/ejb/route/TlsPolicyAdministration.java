// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.persistence.domain.Domains;
import org.wildpost.persistence.transport.TlsPolicy;
import org.wildpost.persistence.transport.TransportRules;

/** What administrators demand of TLS on the way to domains. Each call is one transaction. Safe for all threads. */
@ApplicationScoped
@Transactional
public class TlsPolicyAdministration {
    @Inject
    TransportRules rules;

    @Inject
    Domains domains;

    @Inject
    RouteTables tables;

    /**
     * What is to change; what is absent stays as it is.
     *
     * @param names that the certificate may have instead of the host's
     */
    public record Change(Optional<String> level, Optional<List<String>> names) {}

    /** Policies whose domain contains the text. */
    public Page<TlsPolicyView> list(String query, int page, int size) {
        Page.Window window = new Page.Window(page, size);
        TransportRules.Part<TlsPolicy> part = rules.tlsPolicies(query, window.offset(), window.size());
        return window.of(part.rows(), part.total(), TlsPolicyView::of);
    }

    /** The policy of exactly that domain, as typed. */
    public Optional<TlsPolicyView> find(String domain) {
        return policy(domain).map(TlsPolicyView::of);
    }

    /** Makes a policy. */
    public Outcome<TlsPolicyView> create(String domain, Change change) {
        domains.lockAdministration();
        TransportChecks checks = new TransportChecks();
        String key = key(checks, domain);
        if (change.level().isEmpty()) {
            checks.refuse("level", Reason.MISSING, "a level is needed");
        }
        TlsPolicy.Demand demand = demand(checks, new TlsPolicy.Demand(TlsLevel.MAY, List.of()), change);
        if (!checks.broken() && rules.tlsPolicy(key).isPresent()) {
            checks.refuse("domain", Reason.TAKEN, "there is a policy for " + key + " already");
        }
        if (checks.broken()) {
            return checks.refused();
        }
        TlsPolicy policy = new TlsPolicy(key, demand, Instant.now());
        rules.add(policy);
        tables.forget();
        return new Outcome.Done<>(TlsPolicyView.of(policy));
    }

    /** Changes a policy. */
    public Outcome<TlsPolicyView> change(String domain, Change change) {
        domains.lockAdministration();
        Optional<TlsPolicy> policy = policy(domain);
        if (policy.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        TransportChecks checks = new TransportChecks();
        TlsPolicy.Demand demand = demand(checks, policy.get().demand(), change);
        if (checks.broken()) {
            return checks.refused();
        }
        policy.get().change(demand, Instant.now());
        tables.forget();
        return new Outcome.Done<>(TlsPolicyView.of(policy.get()));
    }

    /** Deletes a policy. */
    public Outcome<TlsPolicyView> delete(String domain) {
        domains.lockAdministration();
        Optional<TlsPolicy> policy = policy(domain);
        if (policy.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        rules.remove(policy.get());
        tables.forget();
        return new Outcome.Done<>(TlsPolicyView.of(policy.get()));
    }

    private static TlsPolicy.Demand demand(TransportChecks checks, TlsPolicy.Demand before, Change change) {
        return new TlsPolicy.Demand(
                change.level().map(text -> checks.level("level", text)).orElse(before.level()),
                change.names().map(texts -> checks.names("names", texts)).orElse(before.names()));
    }

    private Optional<TlsPolicy> policy(String domain) {
        TransportChecks checks = new TransportChecks();
        String key = key(checks, domain);
        return checks.broken() ? Optional.empty() : rules.tlsPolicy(key);
    }

    private static String key(TransportChecks checks, String text) {
        String domain = text.strip();
        String dot = domain.startsWith(".") ? "." : "";
        return dot
                + checks.neededDomain("domain", domain.substring(dot.length()))
                        .map(DomainName::ascii)
                        .orElse("");
    }
}
