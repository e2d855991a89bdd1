// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wildpost.core.transport.PoliteServer;
import org.wildpost.core.transport.ScriptedServer;
import org.wildpost.core.transport.TestIdentity;
import org.wildpost.core.transport.TlsDemand;

/** The courier as the container makes it: what is set reaches the wire, the witness is told, and the end of the server says farewell. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class PooledCourierTest {
    private final FixedRoutes routes = new FixedRoutes();
    private final List<TlsWitness.Encounter> encounters = new CopyOnWriteArrayList<>();

    private PooledCourier open(Map<String, String> properties) {
        PooledCourier courier = new PooledCourier();
        courier.routes = routes;
        courier.witness = encounters::add;
        courier.settings = new OutgoingSettings(properties::get);
        courier.open();
        return courier;
    }

    @Test
    void carriesWithinWhatIsSetAndTellsTheWitness() throws IOException {
        PoliteServer part = new PoliteServer("STARTTLS")
                .withTls(TestIdentity.of("mx1.example.org").server());
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            routes.to("mx1.example.org", server, TlsDemand.Opportunistic.UNOBSERVED, 1);
            PooledCourier courier =
                    open(Map.of("wildpost.outgoing.recipients", "2", "wildpost.outgoing.messages", "2"));

            List<Attempt> attempts = courier.carry(
                    Shipments.of("a@example.org", "b@example.org", "c@example.org", "d@example.org", "e@example.org"));
            courier.close();

            assertThat(attempts).extracting(Attempt::outcome).hasSize(5).allMatch(Attempt.Delivered.class::isInstance);
            assertThat(part.deliveries())
                    .extracting(delivery -> delivery.recipients().size())
                    .containsExactly(2, 2, 1);
            assertThat(encounters).isNotEmpty();
        }
    }

    @Test
    void saysFarewellWhenTheServerEnds() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer())) {
            routes.to("mx1.example.org", server);
            PooledCourier courier = open(Map.of());
            courier.carry(Shipments.of("a@example.org"));
            assertThat(server.heard()).doesNotContain("QUIT");

            courier.close();

            assertThat(server.heard()).last().isEqualTo("QUIT");
        }
    }

    @Test
    void waitsNoLongerThanIsSet() throws IOException {
        try (ScriptedServer silent = ScriptedServer.playing(ScriptedServer.Peer::line)) {
            routes.to("mx1.example.org", silent);
            PooledCourier courier = open(Map.of("wildpost.outgoing.command.seconds", "1"));

            Attempt attempt = courier.carry(Shipments.of("a@example.org")).getFirst();
            courier.close();

            assertThat(attempt.outcome()).isInstanceOf(Attempt.Deferred.class);
            assertThat(attempt.outcome().text()).contains("took longer than 1 s for the greeting");
        }
    }
}
