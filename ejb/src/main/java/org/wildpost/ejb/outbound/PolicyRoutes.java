// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.DnsAnswer;
import org.wildpost.core.dns.DnsResolver;
import org.wildpost.core.dns.MxRecord;
import org.wildpost.core.mx.AddressLiteral;
import org.wildpost.core.mx.AddressOrder;
import org.wildpost.core.mx.Exchangers;
import org.wildpost.core.mx.MailExchangers;
import org.wildpost.core.mx.OwnHosts;
import org.wildpost.core.tlsreport.ReportOrigin;
import org.wildpost.core.transport.Origin;
import org.wildpost.core.transport.TlsDemand;
import org.wildpost.core.trust.Authorities;
import org.wildpost.ejb.route.RouteTable;
import org.wildpost.ejb.route.RouteTables;
import org.wildpost.ejb.settings.NetworkSettings;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.ejb.sts.StsPolicies;
import org.wildpost.persistence.transport.TlsPolicy;

/**
 * {@link Routes} by what operators set, the domain name system, and policies about TLS: {@link Way} says which of the first decides, {@link MailExchangers} finds hosts,
 * {@link TlsRules} says what TLS must be.
 */
@ApplicationScoped
public class PolicyRoutes implements Routes {
    private static final Logger LOG = System.getLogger(PolicyRoutes.class.getName());

    @Inject
    DnsResolver dns;

    @Inject
    RouteTables tables;

    @Inject
    StsPolicies sts;

    @Inject
    TlsFailures failures;

    @Inject
    NetworkSettings settings;

    @Inject
    ServerName serverName;

    Authorities authorities = Authorities.ofThePlatform();
    Random random = new Random();

    Supplier<Set<InetAddress>> ownAddresses;

    private TlsRules rules;
    int port;

    /** For the container, which sets the rest. */
    public PolicyRoutes() {}

    @PostConstruct
    void start() {
        ownAddresses = new OwnAddresses(settings.ownAddresses());
        rules = new TlsRules(dns, sts, authorities, failures);
        port = settings.remoteSmtpPort();
    }

    @Override
    public Route find(Shipment shipment) {
        try {
            RouteTable table = tables.now();
            Origin origin = table.origin(shipment.senderDomain());
            return switch (Way.of(table, shipment)) {
                case Way.Named named ->
                    new Route.Smarthost(named.hop(), origin, named.implicitTls(), named.login(), named.identity());
                case Way.Broken(String reason) -> new Route.Unknown(deferred("4.3.5", reason));
                case Way.ByExchangers _ -> byExchangers(table, shipment.destination(), origin);
            };
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The route to " + shipment.destination() + " cannot be found", e);
            return new Route.Unknown(deferred("4.3.0", "the route cannot be found now"));
        }
    }

    private Route byExchangers(RouteTable table, DomainName destination, Origin origin) {
        return switch (exchangers(table).find(destination)) {
            case Exchangers.Hosts hosts ->
                new Route.Exchanges(
                        hosts.hosts().stream()
                                .map(exchanger -> new NextHop(exchanger.host(), port))
                                .toList(),
                        origin);
            case Exchangers.NoMail _ ->
                new Route.Refused(new Attempt.Failed("5.1.10", "the domain " + destination + " takes no mail"));
            case Exchangers.NoSuchDomain _ ->
                new Route.Refused(new Attempt.Failed("5.1.2", "the domain " + destination + " does not exist"));
            case Exchangers.Here _ -> new Route.Refused(loop(destination));
            case Exchangers.Unknown(String reason) ->
                new Route.Unknown(deferred("4.4.3", "the exchangers of " + destination + " are not known: " + reason));
        };
    }

    @Override
    public Reach reach(Shipment shipment, NextHop hop) {
        try {
            RouteTable table = tables.now();
            return switch (Way.of(table, shipment)) {
                case Way.Named named when named.hop().equals(hop) -> reachNamed(shipment, named);
                case Way.Broken(String reason) -> new Reach.Not(deferred("4.3.5", reason), "none");
                default -> reachExchanger(table, shipment, hop);
            };
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The way to " + hop + " cannot be found", e);
            return new Reach.Not(deferred("4.3.0", "the way to the host cannot be found now"), "none");
        }
    }

    private Reach reachNamed(Shipment shipment, Way.Named named) {
        DnsAnswer<InetAddress> addresses = addresses(named.hop().host());
        if (!(addresses instanceof DnsAnswer.Found<InetAddress> found)) {
            return unreachable(named.hop().host(), addresses, true);
        }
        TlsRules.Question question = new TlsRules.Question(
                shipment.destination(),
                named.hop().host(),
                named.hop().port(),
                true,
                found.secure(),
                shipment.requireTls());
        TlsRules.Decision decision = rules.named(question, named.tls());
        if (named.implicitTls()
                && decision
                        instanceof
                        TlsRules.Decision.Demanded(TlsDemand.Opportunistic _, DomainName name, String policy)) {
            decision = new TlsRules.Decision.Demanded(new TlsDemand.Encrypted(), name, policy);
        }
        return reach(found, decision);
    }

    private Reach reachExchanger(RouteTable table, Shipment shipment, NextHop hop) {
        DomainName destination = shipment.destination();
        if (exchangers(table).endsHere(destination, hop.host())) {
            return new Reach.Not(loop(destination), "none");
        }
        DnsAnswer<InetAddress> addresses = addresses(hop.host());
        if (!(addresses instanceof DnsAnswer.Found<InetAddress> found)) {
            return unreachable(hop.host(), addresses, false);
        }
        if (ReportOrigin.isOf(shipment.reversePath(), serverName.get())) {
            // Reports of failures must not fail for the same reason (RFC 8460 §3).
            return at(found, TlsDemand.Opportunistic.UNOBSERVED, hop.host(), "local:report");
        }
        DnsAnswer<MxRecord> list =
                AddressLiteral.isLiteral(destination) ? new DnsAnswer.None<>(true, false) : dns.mx(destination);
        if (list instanceof DnsAnswer.Failed<MxRecord>(String reason)) {
            // It was known a moment ago; taken for insecure, it would end DANE (RFC 7672 §2.1.1).
            return new Reach.Not(
                    deferred("4.4.3", "the exchangers of " + destination + " are not known: " + reason), "none");
        }
        TlsRules.Question question = new TlsRules.Question(
                destination, hop.host(), hop.port(), isSecure(list), found.secure(), shipment.requireTls());
        Optional<TlsPolicy.Demand> policy = table.tls(destination);
        return reach(found, rules.exchanger(question, policy));
    }

    private Reach reach(DnsAnswer.Found<InetAddress> addresses, TlsRules.Decision decision) {
        return switch (decision) {
            case TlsRules.Decision.Demanded(TlsDemand demand, DomainName name, String policy) ->
                at(addresses, demand, name, policy);
            case TlsRules.Decision.Forbidden(Attempt.Outcome outcome, String policy) -> new Reach.Not(outcome, policy);
        };
    }

    private Reach at(DnsAnswer.Found<InetAddress> found, TlsDemand demand, DomainName serverName, String policy) {
        List<InetAddress> ordered = AddressOrder.of(found.records(), random);
        return ordered.isEmpty()
                ? new Reach.Not(new Attempt.Failed("5.4.4", serverName + " has no address that can be called"), policy)
                : new Reach.At(ordered, serverName, demand, policy);
    }

    /** A host that somebody named is worth waiting for; one that a domain names and that is not there is not. */
    private static Reach unreachable(DomainName host, DnsAnswer<InetAddress> answer, boolean named) {
        if (answer instanceof DnsAnswer.Failed<InetAddress>(String reason)) {
            return new Reach.Not(deferred("4.4.3", "the addresses of " + host + " are not known: " + reason), "none");
        }
        String text = "the host " + host + " has no address";
        return new Reach.Not(named ? deferred("4.4.4", text) : new Attempt.Failed("5.4.4", text), "none");
    }

    private DnsAnswer<InetAddress> addresses(DomainName host) {
        Optional<InetAddress> literal = AddressLiteral.read(host);
        return literal.isPresent()
                ? new DnsAnswer.Found<>(List.of(literal.get()), false, Long.MAX_VALUE)
                : dns.addresses(host);
    }

    /** Whether DNSSEC proves which hosts the destination has, or that it is its own (RFC 7672 §2.2.1). */
    private static boolean isSecure(DnsAnswer<MxRecord> list) {
        return switch (list) {
            case DnsAnswer.Found<MxRecord> found -> found.secure();
            case DnsAnswer.None<MxRecord> none -> none.secure();
            case DnsAnswer.Failed<MxRecord> _ -> false;
        };
    }

    private MailExchangers exchangers(RouteTable table) {
        return new MailExchangers(dns, new OwnHosts(table.ownNames(), ownAddresses.get()), random);
    }

    private static Attempt.Failed loop(DomainName destination) {
        return new Attempt.Failed("5.4.6", "the exchangers of " + destination + " lead back to this server");
    }

    private static Attempt.Deferred deferred(String status, String text) {
        return new Attempt.Deferred(status, text, Attempt.Scope.DESTINATION);
    }
}
