// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.transport.Origin;
import org.wildpost.persistence.transport.RelayDomain;
import org.wildpost.persistence.transport.SenderOrigin;
import org.wildpost.persistence.transport.TlsPolicy;

/** All that operators set about the ways out, as it stood at one moment; what is disabled is not in it. Immutable. */
public final class RouteTable {
    /** A route's domains; null: any. */
    private record Pair(
            @Nullable DomainName sender, @Nullable DomainName recipient) {}

    private final Map<Pair, ConfiguredRoute> routes = new HashMap<>();
    private final Map<DomainName, RelayDomain.Target> relays = new HashMap<>();
    private final Map<String, TlsPolicy.Demand> policies = new HashMap<>();
    private final Map<Optional<DomainName>, SenderOrigin.Call> origins = new HashMap<>();
    private final Set<DomainName> ownNames;
    private final String hostname;

    RouteTable(
            List<ConfiguredRoute> routes,
            List<RelayDomain> relays,
            List<TlsPolicy> policies,
            List<SenderOrigin> origins,
            String hostname) {
        routes.stream()
                .filter(route -> !route.settings().disabled())
                .forEach(route -> this.routes.put(
                        new Pair(
                                route.settings().sender().orElse(null),
                                route.settings().recipient().orElse(null)),
                        route));
        relays.stream()
                .filter(relay -> !relay.target().disabled())
                .forEach(relay -> this.relays.put(relay.name(), relay.target()));
        policies.forEach(policy -> this.policies.put(policy.domain(), policy.demand()));
        origins.forEach(origin -> this.origins.put(origin.sender(), origin.call()));
        this.hostname = hostname;
        Set<DomainName> names = new HashSet<>(Set.of(new DomainName(hostname)));
        this.origins.values().forEach(call -> call.helo().ifPresent(names::add));
        this.ownNames = Set.copyOf(names);
    }

    /**
     * The route for mail of a sender's domain to a recipient's: that of both, else that of the recipient's domain, else that of the sender's, else that of everybody.
     */
    public Optional<ConfiguredRoute> route(Optional<DomainName> sender, DomainName recipient) {
        DomainName from = sender.orElse(null);
        return first(new Pair(from, recipient), new Pair(null, recipient), new Pair(from, null), new Pair(null, null));
    }

    /** The route that names the recipient's domain, which a relay domain without a host of its own still follows. */
    public Optional<ConfiguredRoute> routeTo(Optional<DomainName> sender, DomainName recipient) {
        return first(new Pair(sender.orElse(null), recipient), new Pair(null, recipient));
    }

    private Optional<ConfiguredRoute> first(Pair... pairs) {
        for (Pair pair : pairs) {
            ConfiguredRoute route = routes.get(pair);
            if (route != null) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    /** Where mail of a relay domain goes; empty when mail for the domain is not relayed. */
    public Optional<RelayDomain.Target> relay(DomainName domain) {
        return Optional.ofNullable(relays.get(domain));
    }

    /** What TLS must be on the way to a domain: the policy of the domain itself, else that of the nearest domain above it that speaks for those below. */
    public Optional<TlsPolicy.Demand> tls(DomainName domain) {
        String name = domain.ascii();
        TlsPolicy.Demand demand = policies.get(name);
        for (int dot = name.indexOf('.'); demand == null && dot >= 0; dot = name.indexOf('.', dot + 1)) {
            demand = policies.get(name.substring(dot));
        }
        return Optional.ofNullable(demand);
    }

    /** As whom this server calls with mail of a sender's domain. */
    public Origin origin(Optional<DomainName> sender) {
        SenderOrigin.Call call = origins.get(sender);
        if (call == null) {
            call = origins.get(Optional.<DomainName>empty());
        }
        return call == null
                ? Origin.anywhere(hostname)
                : new Origin(call.helo().map(DomainName::ascii).orElse(hostname), call.source(), call.source6());
    }

    /** All names that this server greets with. */
    public Set<DomainName> ownNames() {
        return ownNames;
    }
}
