// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.dns.ZoneResolver;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.sts.StsPolicy;
import org.wildpost.core.trust.Authorities;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.ejb.route.TestRoutes;
import org.wildpost.ejb.settings.NetworkSettings;
import org.wildpost.ejb.settings.ServerNames;
import org.wildpost.ejb.sts.StsFinding;
import org.wildpost.ejb.sts.StsPolicies;

/** Routes over a zone and tables of a test. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
final class Ways {
    final ZoneResolver dns;
    final TestRoutes set = new TestRoutes();
    final Map<String, StsFinding> sts = new HashMap<>();
    final List<String> failures = new ArrayList<>();
    final PolicyRoutes routes = new PolicyRoutes();

    Ways(String zone) {
        dns = new ZoneResolver(zone);
        routes.dns = dns;
        routes.tables = set;
        routes.sts = new StsPolicies() {
            @Override
            public StsFinding find(DomainName domain) {
                return sts.getOrDefault(domain.ascii(), new StsFinding.Absent());
            }
        };
        routes.failures = (destination, host, policy, type, reason) ->
                failures.add(destination + " " + host + " " + policy + " " + type.text());
        routes.settings = new NetworkSettings();
        routes.serverName = ServerNames.of(null, Map.of("wildpost.hostname", "mail.own.test"));
        routes.authorities = Authorities.of(List.of());
        routes.start();
        routes.ownAddresses = () -> Set.of(InetAddress.ofLiteral("127.0.0.1"));
    }

    void publishes(String domain, String policy) {
        sts.put(domain, new StsFinding.Published(StsPolicy.parse(policy).orElseThrow()));
    }

    void demands(String domain, TlsLevel level, String... names) {
        set.policy(domain, level, names);
    }

    Route find(String destination) {
        return routes.find(shipment(destination));
    }

    Reach reach(Shipment shipment, String host) {
        return routes.reach(shipment, new NextHop(DomainName.parse(host), NextHop.SMTP_PORT));
    }

    Reach reach(String destination, String host) {
        return reach(shipment(destination), host);
    }

    static Shipment shipment(String destination) {
        return shipment(destination, Optional.empty(), Optional.empty(), false);
    }

    static Shipment requiringTls(String destination) {
        return shipment(destination, Optional.empty(), Optional.empty(), true);
    }

    static Shipment shipment(
            String destination, Optional<String> sender, Optional<Shipment.Reroute> reroute, boolean requireTls) {
        DomainName domain = DomainName.parse(destination);
        MailOptions none = MailOptions.NONE;
        return new Shipment(
                "test",
                domain,
                sender.map(DomainName::parse),
                reroute,
                new ReversePath(Optional.of(EmailAddress.parse("from@own.test"))),
                new MailOptions(
                        none.smtpUtf8(),
                        none.body(),
                        none.returned(),
                        none.envelopeId(),
                        requireTls,
                        none.priority(),
                        none.releaseAt(),
                        none.deliverBy()),
                List.of(ForwardPath.of(new EmailAddress("to", domain))),
                new Empty(),
                false,
                false);
    }

    static final class Empty implements Shipment.Octets {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[0]);
        }
    }
}
