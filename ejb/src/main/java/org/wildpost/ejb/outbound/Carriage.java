// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.transport.Call;
import org.wildpost.core.transport.ClientIdentity;
import org.wildpost.core.transport.Connector;
import org.wildpost.core.transport.Credentials;
import org.wildpost.core.transport.Deadline;
import org.wildpost.core.transport.Fate;
import org.wildpost.core.transport.Mailing;
import org.wildpost.core.transport.Origin;
import org.wildpost.core.transport.SmtpConnection;

/**
 * One shipment under way: host after host of its route, address after address, until everybody is served or no host is left (RFC 5321 §5.1). For one
 * use and one thread.
 */
final class Carriage {
    /** What all carriages share. */
    record Tools(Routes routes, TlsWitness witness, ConnectionPool pool, Connector connector, CourierLimits limits) {}

    private final Tools tools;
    private final Shipment shipment;
    private final Mailing mailing;
    private final Deadline deadline;
    private final Ledger ledger;
    private int addressesLeft;

    Carriage(Tools tools, Shipment shipment, Deadline deadline, InstantSource clock) {
        this.tools = tools;
        this.shipment = shipment;
        this.deadline = deadline;
        this.ledger = new Ledger(shipment.recipients().size(), clock);
        this.addressesLeft = tools.limits().addresses();
        this.mailing = new Mailing(
                shipment.reversePath(),
                shipment.options(),
                shipment.recipients(),
                new Octets(shipment.octets()),
                shipment.needsEight(),
                shipment.needsUtf8());
    }

    private record Octets(Shipment.Octets octets) implements Mailing.Content {
        @Override
        public long size() {
            return octets.size();
        }

        @Override
        public InputStream open() throws IOException {
            return octets.open();
        }
    }

    /** How the hosts of a route are called. */
    private record Manner(
            Origin origin, boolean implicitTls, Optional<Credentials> login, Optional<ClientIdentity> identity) {}

    /** A host whose turn it is. */
    private record Visit(ConnectionPool.Key key, String policy) {
        Outcomes.Place at(InetAddress address) {
            return place(Outcomes.address(address, key.hop().port()), Optional.empty());
        }

        Outcomes.Place over(SmtpConnection connection) {
            return place(Outcomes.address(connection.remote()), connection.tls().map(Outcomes::tls));
        }

        private Outcomes.Place place(String address, Optional<Attempt.Tls> tls) {
            return new Outcomes.Place(Optional.of(key.hop().host().ascii()), Optional.of(address), tls, policy);
        }
    }

    /** Does it all; an attempt for each recipient, in order. */
    List<Attempt> run() throws InterruptedException {
        switch (tools.routes().find(shipment)) {
            case Route.Exchanges(List<NextHop> hops, Origin origin) -> {
                Manner manner = new Manner(origin, false, Optional.empty(), Optional.empty());
                for (NextHop hop : hops) {
                    visit(hop, manner);
                }
            }
            case Route.Smarthost smarthost ->
                visit(
                        smarthost.hop(),
                        new Manner(
                                smarthost.origin(), smarthost.implicitTls(), smarthost.login(), smarthost.identity()));
            case Route.Refused(Attempt.Failed outcome) -> ledger.enterAll(outcome, Outcomes.Place.NOWHERE);
            case Route.Unknown(Attempt.Deferred outcome) -> ledger.enterAll(outcome, Outcomes.Place.NOWHERE);
        }
        return ledger.close();
    }

    private void visit(NextHop hop, Manner manner) throws InterruptedException {
        if (exhausted()) {
            return;
        }
        switch (tools.routes().reach(shipment, hop)) {
            case Reach.Not(Attempt.Outcome outcome, String policy) -> ledger.enterAll(outcome, nowhereAt(hop, policy));
            case Reach.At at -> {
                Call call = new Call(
                        at.serverName().ascii(),
                        hop.port(),
                        manner.origin(),
                        at.tls(),
                        manner.implicitTls(),
                        manner.login(),
                        manner.identity());
                Visit visit = new Visit(new ConnectionPool.Key(hop, call), at.policy());
                if (!tools.pool().enter(hop)) {
                    ledger.enterAll(
                            new Attempt.Deferred(
                                    "4.4.5", "too many connections to the host at a time", Attempt.Scope.MESSAGE),
                            nowhereAt(hop, at.policy()));
                    return;
                }
                try {
                    if (overIdleConnections(visit)) {
                        overFreshConnections(visit, at.addresses());
                    }
                } finally {
                    tools.pool().leave(hop);
                }
            }
        }
    }

    private static Outcomes.Place nowhereAt(NextHop hop, String policy) {
        return new Outcomes.Place(Optional.of(hop.host().ascii()), Optional.empty(), Optional.empty(), policy);
    }

    private boolean exhausted() {
        return ledger.done() || addressesLeft == 0 || deadline.passed();
    }

    /**
     * What another shipment left open may be dead by now; then nobody hears of it, for a fresh one follows.
     *
     * @return whether a fresh one may do better: not, when the host is well and cannot take such a message
     */
    private boolean overIdleConnections(Visit visit) {
        while (!ledger.done()) {
            Optional<SmtpConnection> idle = tools.pool().take(visit.key());
            if (idle.isEmpty()) {
                return true;
            }
            boolean served = send(visit, idle.get(), true);
            if (!served && idle.get().usable()) {
                return false;
            }
        }
        return false;
    }

    private void overFreshConnections(Visit visit, List<InetAddress> addresses) {
        Origin origin = visit.key().call().origin();
        List<InetAddress> eligible =
                addresses.stream().filter(address -> mayCall(origin, address)).toList();
        if (eligible.isEmpty()) {
            ledger.enterAll(
                    new Attempt.Deferred(
                            "4.3.5",
                            "the host has no address of a family in which this server has a source address for the sender",
                            Attempt.Scope.DESTINATION),
                    nowhereAt(visit.key().hop(), visit.policy()));
        }
        for (InetAddress address : eligible) {
            boolean again = true;
            while (again && !exhausted()) {
                again = call(visit, address);
            }
        }
    }

    private static boolean mayCall(Origin origin, InetAddress address) {
        boolean anywhere = origin.source().isEmpty() && origin.source6().isEmpty();
        return anywhere
                || (address instanceof Inet4Address
                        ? origin.source().isPresent()
                        : origin.source6().isPresent());
    }

    /** Whether the same address may be called again, since it took what it could over one connection. */
    private boolean call(Visit visit, InetAddress address) {
        addressesLeft--;
        tools.pool().makeRoom(visit.key().hop());
        Connector.Outcome outcome = tools.connector()
                .connect(
                        visit.key().call(),
                        address,
                        deadline,
                        (local, remote, tls) -> tools.witness()
                                .saw(new TlsWitness.Encounter(
                                        shipment, visit.key().hop(), local, remote, visit.policy(), tls)));
        return switch (outcome) {
            case Connector.Outcome.Failed(Fate fate) -> {
                Fate said = mailing.requireTls() ? Outcomes.ofProofDemanded(fate) : fate;
                ledger.enterAll(Outcomes.of(said), visit.at(address));
                yield false;
            }
            case Connector.Outcome.Ready(SmtpConnection connection) -> {
                boolean served = send(visit, connection, false);
                addressesLeft += served ? 1 : 0;
                yield served;
            }
        };
    }

    /** Transaction after transaction; whether the host did all that was asked of this connection. */
    private boolean send(Visit visit, SmtpConnection connection, boolean reused) {
        Outcomes.Place place = visit.over(connection);
        boolean served = true;
        int limit = connection.recipientLimit(tools.limits().recipients());
        while (served && !ledger.done() && connection.usable()) {
            List<Integer> batch = ledger.next(limit);
            List<Fate> fates = connection.send(
                    mailing.to(batch.stream().map(mailing.recipients()::get).toList()), deadline);
            served = fates.stream().noneMatch(fate -> fate.chance() == Fate.Chance.OTHER_HOST);
            boolean died = reused && !served && !connection.usable();
            for (int i = 0; i < batch.size(); i++) {
                if (!died || fates.get(i).chance() == Fate.Chance.NONE) {
                    ledger.enter(batch.get(i), fates.get(i), place);
                }
            }
        }
        tools.pool().giveBack(visit.key(), connection);
        return served;
    }
}
