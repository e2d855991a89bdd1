// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.transport.PoliteServer;
import org.wildpost.core.transport.ScriptedServer;
import org.wildpost.core.transport.TlsSighting;
import org.wildpost.core.transport.TransportSettings;
import org.wildpost.core.transport.Verification;
import org.wildpost.core.trust.Authorities;
import org.wildpost.core.trust.TestCertificates;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.ejb.TestClock;

/** Routes by policy and the SMTP client together, over sockets and TLS: what reaches the host, and what never does. RFC 7672, RFC 8461, RFC 8689. */
@Timeout(60)
class CourierByPolicyTest {
    private static final TransportSettings SETTINGS = TransportSettings.DEFAULTS.withShipment(Duration.ofSeconds(20));
    private static final TestCertificates ROOT = TestCertificates.authority("root");
    private static final TestCertificates HOST = ROOT.host("mx.example.org");
    private static final String STS = "version: STSv1\nmode: enforce\nmx: mx.example.org\nmax_age: 86400\n";

    private final Ways ways = new Ways("""
            example.org    MX 10 mx.example.org
            mx.example.org A  127.0.0.1
            """);
    private final List<TlsWitness.Encounter> encounters = new CopyOnWriteArrayList<>();
    private final SmtpCourier courier =
            new SmtpCourier(ways.routes, encounters::add, CourierLimits.DEFAULTS, SETTINGS, new TestClock());

    CourierByPolicyTest() {
        ways.routes.authorities = Authorities.of(ROOT.chain());
    }

    @AfterEach
    void close() {
        courier.close();
    }

    @Test
    void deliversToAHostThatItsTlsaRecordProves() throws IOException {
        PoliteServer part = new PoliteServer("STARTTLS")
                .withTls(TestCertificates.selfSigned().serverContext());
        TestCertificates own = ROOT.expired("elsewhere.test");
        PoliteServer proved = new PoliteServer("STARTTLS").withTls(own.serverContext());
        try (ScriptedServer server = ScriptedServer.playing(proved);
                ScriptedServer stranger = ScriptedServer.playing(part)) {
            Attempt attempt = carry(server, "_%d._tcp.mx.example.org TLSA 3 1 1 " + own.tlsa(1, 1));
            assertThat(attempt.outcome()).isInstanceOf(Attempt.Delivered.class);
            assertThat(attempt.policy()).isEqualTo("dane");
            assertThat(attempt.tls().orElseThrow().verified()).isEqualTo("dane");
            assertThat(proved.deliveries()).hasSize(1);

            Attempt refused = carry(stranger, "_%d._tcp.mx.example.org TLSA 3 1 1 " + own.tlsa(1, 1));
            assertThat(refused.outcome()).isInstanceOf(Attempt.Deferred.class);
            assertThat(refused.outcome().text()).contains("TLSA");
            assertThat(part.deliveries()).isEmpty();
            assertThat(encounters.getLast().tls())
                    .isInstanceOfSatisfying(
                            TlsSighting.Secured.class,
                            seen -> assertThat(seen.verification()).isInstanceOf(Verification.Rejected.class));
        }
    }

    /** Somebody on the way takes STARTTLS out of the answer. */
    @Test
    void saysNothingInTheClearToAHostThatMustHaveTls() throws IOException {
        PoliteServer part = new PoliteServer();
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            Attempt attempt = carry(server, "_%d._tcp.mx.example.org TLSA 3 1 1 " + HOST.tlsa(1, 1));

            assertThat(attempt.outcome()).isInstanceOf(Attempt.Deferred.class);
            assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
        }
        ways.publishes("example.org", STS);
        ways.dns.insecure("example.org");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertThat(carry(server, "").outcome()).isInstanceOf(Attempt.Deferred.class);
            assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    @Test
    void obeysMtaSts() throws IOException {
        ways.dns.insecure("example.org");
        ways.publishes("example.org", STS);
        PoliteServer good = new PoliteServer("STARTTLS").withTls(HOST.serverContext());
        PoliteServer bad = new PoliteServer("STARTTLS")
                .withTls(ROOT.host("other.example.org").serverContext());
        try (ScriptedServer server = ScriptedServer.playing(good);
                ScriptedServer other = ScriptedServer.playing(bad)) {
            Attempt attempt = carry(server, "");
            assertThat(attempt.outcome()).isInstanceOf(Attempt.Delivered.class);
            assertThat(attempt.policy()).isEqualTo("sts:enforce");

            assertThat(carry(other, "").outcome()).isInstanceOf(Attempt.Deferred.class);
            assertThat(bad.deliveries()).isEmpty();

            ways.publishes("example.org", STS.replace("enforce", "testing"));
            assertThat(carry(other, "").outcome()).isInstanceOf(Attempt.Delivered.class);
            assertThat(encounters.getLast().policy()).isEqualTo("sts:testing");
            assertThat(encounters.getLast().tls())
                    .isInstanceOfSatisfying(
                            TlsSighting.Secured.class,
                            seen -> assertThat(seen.verification()).isInstanceOf(Verification.Rejected.class));
        }
    }

    @Test
    void takesTlsOfAnybodyWhereNobodyDemandsMore() throws IOException {
        PoliteServer part = new PoliteServer("STARTTLS")
                .withTls(TestCertificates.selfSigned().serverContext());
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            Attempt attempt = carry(server, "");
            assertThat(attempt.outcome()).isInstanceOf(Attempt.Delivered.class);
            assertThat(attempt.policy()).isEqualTo("opportunistic");
        }
    }

    @Test
    void anOperatorsPolicyCountsMore() throws IOException {
        PoliteServer part = new PoliteServer("STARTTLS")
                .withTls(TestCertificates.selfSigned().serverContext());
        ways.demands("example.org", TlsLevel.VERIFY);
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            Attempt attempt = carry(server, "");
            assertThat(attempt.outcome()).isInstanceOf(Attempt.Deferred.class);
            assertThat(attempt.policy()).isEqualTo("local:verify");
            assertThat(part.deliveries()).isEmpty();
        }
    }

    @Test
    void deliversWhatRequiresTlsOnlyToAHostThatTakesItSo() throws IOException {
        PoliteServer deaf = new PoliteServer("STARTTLS").withTls(HOST.serverContext());
        PoliteServer part = new PoliteServer("STARTTLS", "REQUIRETLS").withTls(HOST.serverContext());
        try (ScriptedServer server = ScriptedServer.playing(part);
                ScriptedServer other = ScriptedServer.playing(deaf)) {
            assertThat(attempt(server, "", Shipments.of(Shipments.requireTls(), "a@example.org"))
                            .outcome())
                    .isInstanceOf(Attempt.Delivered.class);
            assertThat(attempt(other, "", Shipments.of(Shipments.requireTls(), "a@example.org"))
                            .outcome())
                    .isNotInstanceOf(Attempt.Delivered.class);
            assertThat(deaf.deliveries()).isEmpty();
        }
    }

    /** RFC 8689 §5: the way back may know less of REQUIRETLS than the way there. */
    @Test
    void bringsANotificationAboutWhatRequiresTlsToAnyHost() throws IOException {
        PoliteServer deaf = new PoliteServer();
        try (ScriptedServer server = ScriptedServer.playing(deaf)) {
            Shipment notification = Shipments.from(ReversePath.NULL, Shipments.requireTls(), "a@example.org");
            assertThat(attempt(server, "", notification).outcome()).isInstanceOf(Attempt.Delivered.class);
            assertThat(deaf.deliveries()).hasSize(1);
        }
    }

    @Test
    void recordsWhyAQuestionThatFailedMadeItWait() throws IOException {
        PoliteServer part = new PoliteServer("STARTTLS").withTls(HOST.serverContext());
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            ways.dns.fail("_" + server.port() + "._tcp.mx.example.org", "TLSA", "no answer within 10 s");
            Attempt attempt = carry(server, "");
            assertThat(attempt.outcome().status()).isEqualTo("4.7.5");
            assertThat(attempt.outcome().text()).contains("no answer within 10 s");
            assertThat(attempt.policy()).isEqualTo("dane");
            assertThat(server.connections()).isZero();
        }
    }

    private Attempt carry(ScriptedServer server, String record) {
        return attempt(server, record, Shipments.of("a@example.org"));
    }

    /** The one attempt, with this server behind the address of the exchanger. */
    private Attempt attempt(ScriptedServer server, String record, Shipment shipment) {
        ways.routes.start();
        ways.routes.ownAddresses = Set::of;
        ways.routes.port = server.port();
        if (!record.isEmpty()) {
            ways.dns.add(record.formatted(server.port()));
        }
        return courier.carry(shipment).getFirst();
    }
}
