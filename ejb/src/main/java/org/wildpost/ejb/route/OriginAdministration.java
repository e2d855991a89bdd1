// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.mx.AddressLiteral;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.persistence.domain.Domains;
import org.wildpost.persistence.transport.SenderOrigin;
import org.wildpost.persistence.transport.TransportRules;

/** What administrators say about as whom this server calls. Each call is one transaction. Safe for all threads. */
@ApplicationScoped
@Transactional
public class OriginAdministration {
    @Inject
    TransportRules rules;

    @Inject
    Domains domains;

    @Inject
    RouteTables tables;

    /**
     * What is to change; what is absent stays as it is, and an empty text takes away.
     *
     * @param source  an IPv4 address of this host
     * @param source6 an IPv6 address of this host
     */
    public record Change(Optional<String> helo, Optional<String> source, Optional<String> source6) {}

    /** Origins whose domain contains the text. */
    public Page<OriginView> list(String query, int page, int size) {
        Page.Window window = new Page.Window(page, size);
        TransportRules.Part<SenderOrigin> part = rules.origins(query, window.offset(), window.size());
        return window.of(part.rows(), part.total(), OriginView::of);
    }

    /** One origin. */
    public Optional<OriginView> find(long id) {
        return rules.origin(id).map(OriginView::of);
    }

    /**
     * Makes an origin.
     *
     * @param senderDomain empty: for all domains that have none of their own
     */
    public Outcome<OriginView> create(String senderDomain, Change change) {
        domains.lockAdministration();
        TransportChecks checks = new TransportChecks();
        Optional<DomainName> sender = checks.domain("senderDomain", senderDomain);
        SenderOrigin.Call call =
                call(checks, new SenderOrigin.Call(Optional.empty(), Optional.empty(), Optional.empty()), change);
        if (!checks.broken() && rules.origin(sender).isPresent()) {
            checks.refuse("senderDomain", Reason.TAKEN, "there is an origin for this domain already");
        }
        if (checks.broken()) {
            return checks.refused();
        }
        SenderOrigin origin = new SenderOrigin(sender, call, Instant.now());
        rules.add(origin);
        tables.forget();
        return new Outcome.Done<>(OriginView.of(origin));
    }

    /** Changes an origin. */
    public Outcome<OriginView> change(long id, Change change) {
        domains.lockAdministration();
        Optional<SenderOrigin> origin = rules.origin(id);
        if (origin.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        TransportChecks checks = new TransportChecks();
        SenderOrigin.Call call = call(checks, origin.get().call(), change);
        if (checks.broken()) {
            return checks.refused();
        }
        origin.get().change(call, Instant.now());
        tables.forget();
        return new Outcome.Done<>(OriginView.of(origin.get()));
    }

    /** Deletes an origin. */
    public Outcome<OriginView> delete(long id) {
        domains.lockAdministration();
        Optional<SenderOrigin> origin = rules.origin(id);
        if (origin.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        OriginView view = OriginView.of(origin.get());
        rules.remove(origin.get());
        tables.forget();
        return new Outcome.Done<>(view);
    }

    private static SenderOrigin.Call call(TransportChecks checks, SenderOrigin.Call before, Change change) {
        return new SenderOrigin.Call(
                change.helo().map(text -> checks.host("helo", text)).orElse(before.helo()),
                change.source()
                        .map(text -> address(checks, "source", text, Inet4Address.class))
                        .orElse(before.source()),
                change.source6()
                        .map(text -> address(checks, "source6", text, Inet6Address.class))
                        .orElse(before.source6()));
    }

    private static <T extends InetAddress> Optional<T> address(
            TransportChecks checks, String field, String text, Class<T> family) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        Optional<T> address = HostText.parse(text)
                .flatMap(AddressLiteral::read)
                .filter(family::isInstance)
                .map(family::cast);
        return address.isPresent()
                ? address
                : checks.refuse(
                        field,
                        Reason.MALFORMED,
                        "'" + field + "' is an " + (family == Inet4Address.class ? "IPv4" : "IPv6") + " address");
    }
}
