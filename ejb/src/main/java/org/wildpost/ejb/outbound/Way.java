// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.transport.ClientIdentity;
import org.wildpost.core.transport.Credentials;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.ejb.route.ConfiguredRoute;
import org.wildpost.ejb.route.HostText;
import org.wildpost.ejb.route.RouteTable;
import org.wildpost.persistence.transport.RelayDomain;
import org.wildpost.persistence.transport.RouteSettings;
import org.wildpost.persistence.transport.TlsPolicy;

/** What of all that operators set decides about a shipment. */
sealed interface Way {
    /**
     * One server that somebody named.
     *
     * @param tls what TLS must be with it
     */
    record Named(
            NextHop hop,
            TlsPolicy.Demand tls,
            boolean implicitTls,
            Optional<Credentials> login,
            Optional<ClientIdentity> identity)
            implements Way {}

    /** The exchangers of the destination. */
    record ByExchangers() implements Way {}

    /** A route that cannot be used; the message waits until it is mended. */
    record Broken(String reason) implements Way {}

    /**
     * In this order: where an operator sends this message; the host of the relay domain; the route of the most specific pair of domains, but for a relay domain only one that
     * names it; the exchangers.
     */
    static Way of(RouteTable table, Shipment shipment) {
        if (shipment.reroute().isPresent()) {
            return rerouted(table, shipment, shipment.reroute().get());
        }
        DomainName destination = shipment.destination();
        Optional<RelayDomain.Target> relay = table.relay(destination);
        if (relay.isPresent() && relay.get().host().isPresent()) {
            NextHop hop = new NextHop(relay.get().host().get(), relay.get().port());
            return new Named(hop, demand(table, destination), false, Optional.empty(), Optional.empty());
        }
        Optional<ConfiguredRoute> route = relay.isPresent()
                ? table.routeTo(shipment.senderDomain(), destination)
                : table.route(shipment.senderDomain(), destination);
        return route.map(Way::by).orElseGet(ByExchangers::new);
    }

    private static Way by(ConfiguredRoute route) {
        RouteSettings settings = route.settings();
        if (route.fault().isPresent()) {
            return new Broken(route.fault().get());
        }
        if (settings.host().isEmpty()) {
            return new ByExchangers();
        }
        return new Named(
                new NextHop(settings.host().get(), settings.port()),
                new TlsPolicy.Demand(settings.tls(), settings.tlsNames()),
                settings.implicitTls(),
                route.login(),
                route.identity());
    }

    private static Way rerouted(RouteTable table, Shipment shipment, Shipment.Reroute reroute) {
        return HostText.parse(reroute.host())
                .<Way>map(host -> new Named(
                        new NextHop(host, reroute.port()),
                        demand(table, shipment.destination()),
                        false,
                        Optional.empty(),
                        Optional.empty()))
                .orElseGet(() -> new Broken("'" + reroute.host() + "' is not a host"));
    }

    private static TlsPolicy.Demand demand(RouteTable table, DomainName destination) {
        return table.tls(destination).orElseGet(() -> new TlsPolicy.Demand(TlsLevel.MAY, List.of()));
    }
}
