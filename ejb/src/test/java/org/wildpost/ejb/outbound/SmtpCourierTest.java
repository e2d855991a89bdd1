// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.transport.Credentials;
import org.wildpost.core.transport.Origin;
import org.wildpost.core.transport.PoliteServer;
import org.wildpost.core.transport.ScriptedServer;
import org.wildpost.core.transport.TestIdentity;
import org.wildpost.core.transport.TlsDemand;
import org.wildpost.core.transport.TlsSighting;
import org.wildpost.core.transport.TransportSettings;
import org.wildpost.ejb.TestClock;

/** Host after host, and what is said of each recipient in the end. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpCourierTest {
    private static final TransportSettings SETTINGS = TransportSettings.DEFAULTS.withShipment(Duration.ofSeconds(20));
    private static final TestIdentity MX = TestIdentity.of("mx1.example.org");

    private final FixedRoutes routes = new FixedRoutes();
    private final List<TlsWitness.Encounter> encounters = new CopyOnWriteArrayList<>();
    private final SmtpCourier courier =
            new SmtpCourier(routes, encounters::add, CourierLimits.DEFAULTS, SETTINGS, new TestClock());

    @AfterEach
    void close() {
        courier.close();
    }

    private List<Attempt.Outcome> outcomes(Shipment shipment) {
        return courier.carry(shipment).stream().map(Attempt::outcome).toList();
    }

    private static ScriptedServer gone() throws IOException {
        ScriptedServer server = ScriptedServer.playing(client -> {});
        server.close();
        return server;
    }

    @Test
    void recordsWhatWasDelivered() throws IOException {
        PoliteServer part = new PoliteServer("STARTTLS", "DSN").withTls(MX.server());
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            routes.to("mx1.example.org", server, new TlsDemand.Verified(MX.verifier()), 1);

            List<Attempt> attempts = courier.carry(Shipments.of("a@example.org", "b@example.org"));

            assertThat(attempts).hasSize(2).allSatisfy(attempt -> {
                assertThat(attempt.began()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
                assertThat(attempt.host()).contains("mx1.example.org");
                assertThat(attempt.address()).contains("127.0.0.1:" + server.port());
                assertThat(attempt.policy()).isEqualTo("opportunistic");
                assertThat(attempt.tls()).get().satisfies(tls -> {
                    assertThat(tls.protocol()).isEqualTo("TLSv1.3");
                    assertThat(tls.verified()).isEqualTo("pkix");
                });
                assertThat(attempt.outcome())
                        .isEqualTo(new Attempt.Delivered("2.0.0", "250 2.0.0 queued as 1", true, true));
            });
            assertThat(encounters)
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.tls()).isInstanceOf(TlsSighting.Secured.class));
        }
    }

    @Test
    void triesTheNextHostWhenOneCannotBeUsed() throws IOException {
        PoliteServer last = new PoliteServer();
        try (ScriptedServer busy = ScriptedServer.playing(new PoliteServer().answering("greeting", "421 busy"));
                ScriptedServer refusing = ScriptedServer.playing(new PoliteServer().answering("greeting", "554 no"));
                ScriptedServer server = ScriptedServer.playing(last)) {
            routes.to("mx1.example.org", gone())
                    .notTo("mx2.example.org", new Attempt.Failed("5.7.1", "not in the policy"))
                    .to("mx3.example.org", busy)
                    .to("mx4.example.org", refusing)
                    .to("mx5.example.org", server);

            List<Attempt> attempts = courier.carry(Shipments.of("a@example.org"));

            assertThat(attempts.getFirst().outcome()).isInstanceOf(Attempt.Delivered.class);
            assertThat(attempts.getFirst().host()).contains("mx5.example.org");
        }
    }

    @Test
    void looksUpNoHostThatItDoesNotNeed() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer())) {
            routes.to("mx1.example.org", server).notTo("mx2.example.org", new Attempt.Failed("5.1.2", "never asked"));

            courier.carry(Shipments.of("a@example.org"));

            assertThat(routes.asked()).extracting(NextHop::host).hasToString("[mx1.example.org]");
        }
    }

    @Test
    void defersForTheDestinationWhenNobodyAnswers() throws IOException {
        routes.to("mx1.example.org", gone()).to("mx2.example.org", gone());

        List<Attempt> attempts = courier.carry(Shipments.of("a@example.org"));

        assertThat(attempts.getFirst().outcome()).isInstanceOfSatisfying(Attempt.Deferred.class, deferred -> {
            assertThat(deferred.status()).isEqualTo("4.4.1");
            assertThat(deferred.scope()).isEqualTo(Attempt.Scope.DESTINATION);
            assertThat(deferred.text()).contains("refused");
        });
        assertThat(attempts.getFirst().host()).contains("mx2.example.org");
        assertThat(attempts.getFirst().address()).isPresent();
    }

    @Test
    void failsOnlyWhenEveryHostRefusesForGood() throws IOException {
        PoliteServer refusing = new PoliteServer().answering("greeting", "554 5.7.1 go away");
        try (ScriptedServer one = ScriptedServer.playing(refusing);
                ScriptedServer two = ScriptedServer.playing(refusing)) {
            routes.to("mx1.example.org", one).to("mx2.example.org", two);
            assertThat(outcomes(Shipments.of("a@example.org")))
                    .containsExactly(new Attempt.Failed("5.7.1", "554 5.7.1 go away"));

            FixedRoutes mixed = new FixedRoutes().to("mx1.example.org", gone()).to("mx2.example.org", two);
            try (SmtpCourier other =
                    new SmtpCourier(mixed, encounters::add, CourierLimits.DEFAULTS, SETTINGS, new TestClock())) {
                assertThat(other.carry(Shipments.of("a@example.org")).getFirst().outcome())
                        .isInstanceOf(Attempt.Deferred.class);
            }
        }
    }

    @Test
    void saysWhatTheRouteSays() {
        Attempt.Failed none = new Attempt.Failed("5.1.10", "the domain takes no mail");
        Attempt.Deferred dns = new Attempt.Deferred("4.4.3", "no answer", Attempt.Scope.DESTINATION);

        routes.always(new Route.Refused(none));
        assertThat(outcomes(Shipments.of("a@example.org", "b@example.org"))).containsExactly(none, none);
        routes.always(new Route.Unknown(dns));
        assertThat(outcomes(Shipments.of("a@example.org"))).containsExactly(dns);
    }

    @Test
    void callsNoMoreAddressesThanItMay() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer().answering("greeting", "421 busy"))) {
            routes.to("mx1.example.org", server, new TlsDemand.None(), 3)
                    .to("mx2.example.org", server, new TlsDemand.None(), 9);

            courier.carry(Shipments.of("a@example.org"));

            assertThat(server.connections()).isEqualTo(CourierLimits.DEFAULTS.addresses());
        }
    }

    @Test
    void servesWhomOneHostLeftOpenAtTheNext() throws IOException {
        PoliteServer first = new PoliteServer()
                .answering("RCPT TO:<nobody@", "550 5.1.1 no")
                .answering("RCPT TO:<b@", "421 4.3.2 going down");
        PoliteServer second = new PoliteServer();
        try (ScriptedServer one = ScriptedServer.playing(first);
                ScriptedServer two = ScriptedServer.playing(second)) {
            routes.to("mx1.example.org", one).to("mx2.example.org", two);

            List<Attempt.Outcome> outcomes =
                    outcomes(Shipments.of("nobody@example.org", "a@example.org", "b@example.org"));

            assertThat(outcomes.getFirst()).isEqualTo(new Attempt.Failed("5.1.1", "550 5.1.1 no"));
            assertThat(outcomes.subList(1, 3)).hasOnlyElementsOfType(Attempt.Delivered.class);
            assertThat(second.deliveries())
                    .singleElement()
                    .satisfies(d -> assertThat(d.recipients())
                            .containsExactly("RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>"));
        }
    }

    @Test
    void neverSpreadsWhatMayHaveArrived() throws IOException {
        PoliteServer second = new PoliteServer();
        try (ScriptedServer one = ScriptedServer.playing(client -> {
                    client.welcome();
                    client.toTheMessage();
                    client.message();
                });
                ScriptedServer two = ScriptedServer.playing(second)) {
            routes.to("mx1.example.org", one).to("mx2.example.org", two);

            assertThat(outcomes(Shipments.of("a@example.org")).getFirst())
                    .isInstanceOfSatisfying(Attempt.Deferred.class, deferred -> {
                        assertThat(deferred.text()).contains("may have arrived");
                        assertThat(deferred.scope()).isEqualTo(Attempt.Scope.MESSAGE);
                    });
            assertThat(two.connections()).isZero();
        }
    }

    @Test
    void splitsRecipientsAsTheHostWants() throws IOException {
        PoliteServer part = new PoliteServer("PIPELINING", "LIMITS RCPTMAX=4 MAILMAX=2");
        String[] recipients =
                IntStream.range(0, 15).mapToObj(i -> "r" + i + "@example.org").toArray(String[]::new);
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            routes.to("mx1.example.org", server);

            assertThat(outcomes(Shipments.of(recipients))).hasSize(15).hasOnlyElementsOfType(Attempt.Delivered.class);
            assertThat(part.deliveries()).extracting(d -> d.recipients().size()).containsExactly(4, 4, 4, 3);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void sendsNoMoreRecipientsAtATimeThanEveryServerTakes() throws IOException {
        PoliteServer part = new PoliteServer("PIPELINING");
        String[] recipients =
                IntStream.range(0, 250).mapToObj(i -> "r" + i + "@example.org").toArray(String[]::new);
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            routes.to("mx1.example.org", server);

            assertThat(outcomes(Shipments.of(recipients))).hasSize(250).hasOnlyElementsOfType(Attempt.Delivered.class);
            assertThat(part.deliveries()).extracting(d -> d.recipients().size()).containsExactly(100, 100, 50);
        }
    }

    @Test
    void takesTheRestToAnotherTransactionWhenOneIsFull() throws IOException {
        List<Integer> taken = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome();
            while (true) {
                client.expect("MAIL");
                client.say("250 ok");
                int accepted = 0;
                String line = client.line();
                for (; line.startsWith("RCPT"); line = client.line()) {
                    client.say(accepted < 2 ? "250 ok" : "452 4.5.3 two are enough");
                    accepted += accepted < 2 ? 1 : 0;
                }
                client.say("354 go");
                client.message();
                taken.add(accepted);
                client.say("250 ok");
            }
        })) {
            routes.to("mx1.example.org", server);

            assertThat(outcomes(Shipments.of(
                            "a@example.org", "b@example.org", "c@example.org", "d@example.org", "e@x.org")))
                    .hasOnlyElementsOfType(Attempt.Delivered.class);
            assertThat(taken).containsExactly(2, 2, 1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void demandsRequiretlsOfEveryHostAndReturnsWhatNoneCanPromise() throws IOException {
        PoliteServer plain = new PoliteServer("REQUIRETLS");
        PoliteServer ignorant = new PoliteServer("STARTTLS").withTls(MX.server());
        PoliteServer able = new PoliteServer("STARTTLS", "REQUIRETLS").withTls(MX.server());
        TlsDemand proof = new TlsDemand.Verified(MX.verifier());
        try (ScriptedServer one = ScriptedServer.playing(plain);
                ScriptedServer two = ScriptedServer.playing(ignorant);
                ScriptedServer three = ScriptedServer.playing(able)) {
            routes.to("mx1.example.org", one, proof, 1);
            Shipment shipment = Shipments.of(Shipments.requireTls(), "a@example.org");
            assertThat(outcomes(shipment).getFirst())
                    .isInstanceOfSatisfying(
                            Attempt.Failed.class,
                            failed -> assertThat(failed.status()).isEqualTo("5.7.10"));

            routes.to("mx2.example.org", two, proof, 1);
            assertThat(outcomes(shipment).getFirst())
                    .isInstanceOfSatisfying(
                            Attempt.Failed.class,
                            failed -> assertThat(failed.status()).isEqualTo("5.7.30"));

            routes.to("mx3.example.org", three, proof, 1);
            assertThat(outcomes(shipment).getFirst()).isInstanceOf(Attempt.Delivered.class);
            assertThat(able.deliveries().getFirst().mail()).endsWith(" REQUIRETLS");
            assertThat(plain.deliveries()).isEmpty();
            assertThat(ignorant.deliveries()).isEmpty();
        }
    }

    @Test
    void waitsWhenRequiretlsMayStillBePossible() throws IOException {
        PoliteServer plain = new PoliteServer();
        try (ScriptedServer one = ScriptedServer.playing(plain)) {
            routes.to("mx1.example.org", gone()).to("mx2.example.org", one, new TlsDemand.Encrypted(), 1);

            assertThat(outcomes(Shipments.of(Shipments.requireTls(), "a@example.org"))
                            .getFirst())
                    .isInstanceOf(Attempt.Deferred.class);
        }
    }

    @Test
    void logsInAtASmarthost() throws IOException {
        PoliteServer part = new PoliteServer("AUTH PLAIN").answering("AUTH PLAIN", "235 ok");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            routes.to("smart.example.com", server).loggingIn(new Credentials("me", new Secret("x"), true));

            assertThat(outcomes(Shipments.of("a@example.org")).getFirst()).isInstanceOf(Attempt.Delivered.class);
            assertThat(server.heard()).anyMatch(line -> line.startsWith("AUTH PLAIN "));
        }
    }

    @Test
    void callsOnlyAddressesOfAFamilyThatHasASource() throws IOException {
        Inet6Address source = (Inet6Address) InetAddress.ofLiteral("::1");
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer())) {
            routes.to("mx1.example.org", server)
                    .from(new Origin("relay.example.com", Optional.empty(), Optional.of(source)));

            assertThat(outcomes(Shipments.of("a@example.org")).getFirst())
                    .isInstanceOfSatisfying(
                            Attempt.Deferred.class,
                            deferred -> assertThat(deferred.status()).isEqualTo("4.3.5"));
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void anythingThatFailsHereIsADeferral() {
        Routes broken = new Routes() {
            @Override
            public Route find(Shipment shipment) {
                throw new IllegalStateException("a bug");
            }

            @Override
            public Reach reach(Shipment shipment, NextHop hop) {
                throw new IllegalStateException("another");
            }
        };
        try (SmtpCourier other =
                new SmtpCourier(broken, encounters::add, CourierLimits.DEFAULTS, SETTINGS, new TestClock())) {
            List<Attempt> attempts = new ArrayList<>(other.carry(Shipments.of("a@example.org", "b@example.org")));

            assertThat(attempts)
                    .hasSize(2)
                    .allSatisfy(attempt -> assertThat(attempt.outcome())
                            .isEqualTo(new Attempt.Deferred(
                                    "4.3.0", "this server failed, see its log", Attempt.Scope.MESSAGE)));
        }
    }
}
