// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.transport.ClientIdentity;
import org.wildpost.core.transport.Credentials;
import org.wildpost.core.transport.Origin;
import org.wildpost.core.transport.ScriptedServer;
import org.wildpost.core.transport.TlsDemand;

/** Routes that a test wrote down. */
final class FixedRoutes implements Routes {
    private final List<NextHop> hops = new ArrayList<>();
    private final Map<NextHop, Reach> reaches = new HashMap<>();
    private final List<NextHop> asked = new ArrayList<>();
    private Origin origin = Origin.anywhere("relay.example.com");
    private Optional<Route> other = Optional.empty();

    /** The next exchanger is this server, by its address so many times. */
    FixedRoutes to(String host, ScriptedServer server, TlsDemand tls, int times) {
        NextHop hop = new NextHop(DomainName.parse(host), server.port());
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            addresses.add(server.address());
        }
        hops.add(hop);
        reaches.put(hop, new Reach.At(addresses, hop.host(), tls, "opportunistic"));
        return this;
    }

    FixedRoutes to(String host, ScriptedServer server) {
        return to(host, server, new TlsDemand.None(), 1);
    }

    FixedRoutes notTo(String host, Attempt.Outcome outcome) {
        NextHop hop = new NextHop(DomainName.parse(host), NextHop.SMTP_PORT);
        hops.add(hop);
        reaches.put(hop, new Reach.Not(outcome, "sts:enforce"));
        return this;
    }

    FixedRoutes from(Origin another) {
        origin = another;
        return this;
    }

    FixedRoutes always(Route route) {
        other = Optional.of(route);
        return this;
    }

    /** The first exchanger is a smarthost after all. */
    FixedRoutes loggingIn(Credentials credentials) {
        Optional<ClientIdentity> none = Optional.empty();
        return always(new Route.Smarthost(hops.getFirst(), origin, false, Optional.of(credentials), none));
    }

    /** Which hosts were looked up, in order. */
    List<NextHop> asked() {
        return asked;
    }

    @Override
    public Route find(Shipment shipment) {
        return other.orElseGet(() -> new Route.Exchanges(hops, origin));
    }

    @Override
    public Reach reach(Shipment shipment, NextHop hop) {
        synchronized (asked) {
            asked.add(hop);
        }
        return Objects.requireNonNull(reaches.get(hop));
    }
}
