// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.transport.Credentials;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.persistence.transport.RelayDomain;
import org.wildpost.persistence.transport.RouteSettings;
import org.wildpost.persistence.transport.SenderOrigin;
import org.wildpost.persistence.transport.TlsPolicy;

/** Tables without a database, of a server that is called {@code mail.own.test}. */
public final class TestRoutes extends RouteTables {
    private final List<ConfiguredRoute> routes = new ArrayList<>();
    private final List<RelayDomain> relays = new ArrayList<>();
    private final List<TlsPolicy> policies = new ArrayList<>();
    private final List<SenderOrigin> origins = new ArrayList<>();
    private boolean broken;

    @Override
    public RouteTable now() {
        if (broken) {
            throw new IllegalStateException("the database is away");
        }
        return new RouteTable(routes, relays, policies, origins, "mail.own.test");
    }

    /** The database does not answer from now on. */
    public void fail() {
        broken = true;
    }

    /** A smarthost for a pair of domains, each perhaps empty; with a login when a user is given. */
    public TestRoutes smarthost(String sender, String recipient, String host, int port, TlsLevel level, String user) {
        return add(sender, recipient, host, port, level, user, false, Optional.empty());
    }

    /** The same with TLS before the first word. */
    public TestRoutes implicit(String host, TlsLevel level) {
        return add("", "", host, 465, level, "", true, Optional.empty());
    }

    /** A route whose secrets cannot be opened. */
    public TestRoutes faulty(String recipient, String fault) {
        return add("", recipient, "faulty.example", 25, TlsLevel.MAY, "", false, Optional.of(fault));
    }

    public TestRoutes relay(String domain, String host, int port) {
        relays.add(new RelayDomain(
                DomainName.parse(domain), new RelayDomain.Target(HostText.parse(host), port, false), Instant.EPOCH));
        return this;
    }

    public TestRoutes policy(String domain, TlsLevel level, String... names) {
        policies.add(new TlsPolicy(
                domain,
                new TlsPolicy.Demand(
                        level, Stream.of(names).map(DomainName::parse).toList()),
                Instant.EPOCH));
        return this;
    }

    public TestRoutes origin(String sender, String helo) {
        origins.add(new SenderOrigin(
                domain(sender),
                new SenderOrigin.Call(HostText.parse(helo), Optional.empty(), Optional.empty()),
                Instant.EPOCH));
        return this;
    }

    private TestRoutes add(
            String sender,
            String recipient,
            String host,
            int port,
            TlsLevel level,
            String user,
            boolean implicit,
            Optional<String> fault) {
        RouteSettings settings = new RouteSettings(
                domain(sender),
                domain(recipient),
                HostText.parse(host),
                port,
                level,
                List.of(),
                implicit,
                Optional.empty(),
                Optional.empty(),
                false,
                "");
        Optional<Credentials> login =
                user.isEmpty() ? Optional.empty() : Optional.of(new Credentials(user, new Secret("secret"), false));
        routes.add(new ConfiguredRoute(settings, login, Optional.empty(), fault));
        return this;
    }

    private static Optional<DomainName> domain(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(DomainName.parse(text));
    }
}
