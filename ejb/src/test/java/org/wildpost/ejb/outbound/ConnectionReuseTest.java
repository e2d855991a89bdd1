// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.transport.Credentials;
import org.wildpost.core.transport.Origin;
import org.wildpost.core.transport.PoliteServer;
import org.wildpost.core.transport.ScriptedServer;
import org.wildpost.core.transport.TransportSettings;

/** Connections are kept, shared, limited, and replaced when they died. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionReuseTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static SmtpCourier courier(Routes routes, CourierLimits limits) {
        return new SmtpCourier(
                routes,
                encounter -> {},
                limits,
                TransportSettings.DEFAULTS.withShipment(Duration.ofSeconds(20)),
                InstantSource.system());
    }

    private static void assertDelivered(List<Attempt> attempts) {
        assertThat(attempts).extracting(Attempt::outcome).isNotEmpty().hasOnlyElementsOfType(Attempt.Delivered.class);
    }

    @Test
    void sendsOneMessageAfterTheOtherOverOneConnection() throws IOException {
        PoliteServer part = new PoliteServer("PIPELINING");
        try (ScriptedServer server = ScriptedServer.playing(part);
                SmtpCourier courier = courier(new FixedRoutes().to("mx.example.org", server), CourierLimits.DEFAULTS)) {
            for (int i = 0; i < 5; i++) {
                assertDelivered(courier.carry(Shipments.of("a@example.org")));
            }

            assertThat(server.connections()).isEqualTo(1);
            assertThat(part.deliveries()).hasSize(5);
            assertThat(server.heard()).doesNotContain("RSET", "QUIT");
            assertThat(courier.idleConnections()).isEqualTo(1);
        }
    }

    @Test
    void saysFarewellWhenItCloses() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer())) {
            SmtpCourier courier = courier(new FixedRoutes().to("mx.example.org", server), CourierLimits.DEFAULTS);
            courier.carry(Shipments.of("a@example.org"));
            courier.close();

            assertThat(server.heard()).last().isEqualTo("QUIT");
        }
    }

    @Test
    void endsAConnectionThatHadMessagesEnough() throws IOException {
        CourierLimits limits = new CourierLimits(20, LONG, LONG, 2, 5, 100);
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer());
                SmtpCourier courier = courier(new FixedRoutes().to("mx.example.org", server), limits)) {
            for (int i = 0; i < 5; i++) {
                assertDelivered(courier.carry(Shipments.of("a@example.org")));
            }

            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void replacesAConnectionThatDiedWithoutAWord() throws IOException {
        CountDownLatch closed = new CountDownLatch(1);
        PoliteServer fresh = new PoliteServer();
        try (ScriptedServer server = ScriptedServer.playing(
                        client -> {
                            client.welcome("PIPELINING");
                            client.takeMessage();
                            client.socket().close();
                            closed.countDown();
                        },
                        fresh);
                SmtpCourier courier = courier(new FixedRoutes().to("mx.example.org", server), CourierLimits.DEFAULTS)) {
            assertDelivered(courier.carry(Shipments.of("a@example.org")));
            await(closed);

            assertDelivered(courier.carry(Shipments.of("b@example.org")));
            assertThat(fresh.deliveries()).hasSize(1);
        }
    }

    @Test
    void replacesAConnectionThatSaysFarewellToTheNextMessage() throws IOException {
        PoliteServer fresh = new PoliteServer();
        try (ScriptedServer server = ScriptedServer.playing(
                        client -> {
                            client.welcome();
                            client.takeMessage();
                            client.expect("MAIL");
                            client.say("421 4.4.2 you were idle for too long");
                        },
                        fresh);
                SmtpCourier courier = courier(new FixedRoutes().to("mx.example.org", server), CourierLimits.DEFAULTS)) {
            courier.carry(Shipments.of("a@example.org"));

            assertDelivered(courier.carry(Shipments.of("b@example.org")));
            assertThat(fresh.deliveries()).hasSize(1);
        }
    }

    @Test
    void tellsWhatTheFreshConnectionBroughtAndNotThatTheOldOneDied() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(
                        client -> {
                            client.welcome();
                            client.takeMessage();
                            client.expect("MAIL");
                        },
                        new PoliteServer().answering("greeting", "554 5.7.1 no more"));
                SmtpCourier courier = courier(new FixedRoutes().to("mx.example.org", server), CourierLimits.DEFAULTS)) {
            courier.carry(Shipments.of("a@example.org"));

            assertThat(courier.carry(Shipments.of("b@example.org")).getFirst().outcome())
                    .isEqualTo(new Attempt.Failed("5.7.1", "554 5.7.1 no more"));
        }
    }

    @Test
    void sendsNothingTwiceThatMayHaveArrivedOverAReusedConnection() throws IOException {
        PoliteServer fresh = new PoliteServer();
        try (ScriptedServer server = ScriptedServer.playing(
                        client -> {
                            client.welcome();
                            client.takeMessage();
                            client.toTheMessage();
                            client.message();
                        },
                        fresh);
                SmtpCourier courier = courier(new FixedRoutes().to("mx.example.org", server), CourierLimits.DEFAULTS)) {
            courier.carry(Shipments.of("a@example.org"));

            assertThat(courier.carry(Shipments.of("b@example.org")).getFirst().outcome())
                    .isInstanceOf(Attempt.Deferred.class);
            assertThat(fresh.deliveries()).isEmpty();
        }
    }

    @Test
    void asksAHostOnlyOnceThatIsWellAndCannotTakeTheMessage() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer());
                SmtpCourier courier = courier(new FixedRoutes().to("mx.example.org", server), CourierLimits.DEFAULTS)) {
            assertDelivered(courier.carry(Shipments.of("a@example.org")));
            assertThat(courier.carry(Shipments.of(Shipments.requireTls(), "a@example.org"))
                            .getFirst()
                            .outcome())
                    .isInstanceOf(Attempt.Failed.class);

            assertThat(server.connections()).isEqualTo(1);
            assertDelivered(courier.carry(Shipments.of("a@example.org")));
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void sharesNoConnectionBetweenOriginsOrLogins() throws IOException {
        PoliteServer part = new PoliteServer("AUTH PLAIN").answering("AUTH", "235 ok");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            FixedRoutes routes = new FixedRoutes().to("mx.example.org", server);
            try (SmtpCourier courier = courier(routes, CourierLimits.DEFAULTS)) {
                courier.carry(Shipments.of("a@example.org"));
                routes.from(Origin.anywhere("other.example.com"));
                courier.carry(Shipments.of("a@example.org"));
                routes.loggingIn(new Credentials("me", new Secret("x"), true));
                courier.carry(Shipments.of("a@example.org"));
                courier.carry(Shipments.of("a@example.org"));

                assertThat(server.connections()).isEqualTo(3);
            }
        }
    }

    @Test
    void opensNoMoreConnectionsToAHopThanItMay() throws Exception {
        int limit = 3;
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        PoliteServer polite = new PoliteServer("PIPELINING");
        CourierLimits limits = new CourierLimits(limit, LONG, LONG, 100, 5, 100);
        try (ScriptedServer server = ScriptedServer.playing(client -> {
                    most.accumulateAndGet(open.incrementAndGet(), Math::max);
                    try {
                        polite.play(client);
                    } finally {
                        open.decrementAndGet();
                    }
                });
                SmtpCourier courier = courier(new FixedRoutes().to("mx.example.org", server), limits);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Attempt>>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(threads.submit(() -> courier.carry(Shipments.of("a@example.org"))));
            }
            for (Future<List<Attempt>> one : all) {
                assertDelivered(one.get());
            }

            assertThat(polite.deliveries()).hasSize(200);
            assertThat(most).hasValueLessThanOrEqualTo(limit);
            assertThat(server.connections()).isLessThanOrEqualTo(limit + 2);
        }
    }

    @Test
    void defersTheMessageWhenThereIsNoRoomInTime() throws Exception {
        CourierLimits limits = new CourierLimits(1, Duration.ofMillis(50), LONG, 100, 5, 100);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.playing(client -> {
                    client.welcome();
                    busy.countDown();
                    await(goOn);
                    client.takeMessage();
                });
                SmtpCourier courier = courier(new FixedRoutes().to("mx.example.org", server), limits);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Attempt>> first = threads.submit(() -> courier.carry(Shipments.of("a@example.org")));
            await(busy);
            List<Attempt> second = courier.carry(Shipments.of("b@example.org"));
            goOn.countDown();

            assertThat(second.getFirst().outcome())
                    .isEqualTo(new Attempt.Deferred(
                            "4.4.5", "too many connections to the host at a time", Attempt.Scope.MESSAGE));
            assertDelivered(first.get());
        }
    }

    @Test
    void anIdleConnectionOfAnotherGivesWay() throws IOException {
        CourierLimits limits = new CourierLimits(2, LONG, LONG, 100, 5, 100);
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer())) {
            FixedRoutes routes = new FixedRoutes().to("mx.example.org", server);
            try (SmtpCourier courier = courier(routes, limits)) {
                for (int i = 0; i < 5; i++) {
                    routes.from(Origin.anywhere("relay" + i + ".example.com"));
                    assertDelivered(courier.carry(Shipments.of("a@example.org")));
                    assertThat(courier.idleConnections()).isLessThanOrEqualTo(2);
                }
            }
        }
    }

    @Test
    void endsConnectionsThatWaitedTooLong() throws IOException {
        CourierLimits limits = new CourierLimits(20, LONG, Duration.ofMillis(100), 100, 5, 100);
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer());
                SmtpCourier courier = courier(new FixedRoutes().to("mx.example.org", server), limits)) {
            courier.carry(Shipments.of("a@example.org"));

            while (!server.heard().getLast().equals("QUIT")) {
                Thread.onSpinWait();
            }
            assertThat(courier.idleConnections()).isZero();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
