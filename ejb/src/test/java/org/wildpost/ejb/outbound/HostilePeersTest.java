// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wildpost.core.dns.DnsJavaResolver;
import org.wildpost.core.dns.DnsSettings;
import org.wildpost.core.transport.PoliteServer;
import org.wildpost.core.transport.ScriptedServer;
import org.wildpost.core.transport.TlsSighting;
import org.wildpost.core.transport.TransportSettings;
import org.wildpost.core.transport.Verification;
import org.wildpost.core.trust.Authorities;
import org.wildpost.core.trust.TestCertificates;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.ejb.TestClock;

/** Hosts and name servers that mean no good, or are ill: whatever they do, it ends in time, in an attempt that says why. What each does to one connection is in mail-core. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class HostilePeersTest {
    private static final TransportSettings SETTINGS = TransportSettings.DEFAULTS.withShipment(Duration.ofSeconds(2));
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final TestCertificates ROOT = TestCertificates.authority("root");
    private static final TestCertificates EXPIRED = ROOT.expired("mx.example.org");
    private static final String STS = "version: STSv1\nmode: enforce\nmx: mx.example.org\nmax_age: 86400\n";

    private final Ways ways = new Ways("""
            example.org    MX 10 mx.example.org
            mx.example.org A  127.0.0.1
            """);
    private final List<TlsWitness.Encounter> encounters = new CopyOnWriteArrayList<>();
    private final SmtpCourier courier =
            new SmtpCourier(ways.routes, encounters::add, CourierLimits.DEFAULTS, SETTINGS, new TestClock());

    @AfterEach
    void close() {
        courier.close();
    }

    enum Malice implements ScriptedServer.Part {
        GARBAGE("the greeting is not SMTP: a reply begins with three digits") {
            @Override
            public void play(ScriptedServer.Peer client) throws IOException {
                client.raw("\u0000\u0001\u0002 HTTP/1.1 200 OK\r\n\r\n");
                client.line();
            }
        },
        GARBAGE_BEHIND_THE_MESSAGE("may have arrived, and it will be sent again") {
            @Override
            public void play(ScriptedServer.Peer client) throws IOException {
                client.welcome();
                client.toTheMessage();
                client.message();
                client.say("\u001b[2J thanks");
                client.line();
            }
        },
        TEN_MEGABYTES("a line is longer than 2048 octets") {
            @Override
            public void play(ScriptedServer.Peer client) throws IOException {
                client.welcome();
                client.expect("MAIL");
                client.raw("250 ");
                for (int i = 0; i < 100; i++) {
                    client.raw("x".repeat(100_000));
                }
                client.raw("\r\n");
            }
        },
        ENDLESS_REPLY("the reply is endless") {
            @Override
            public void play(ScriptedServer.Peer client) throws IOException {
                client.say("220 hello");
                client.expect("EHLO");
                while (true) {
                    client.say("250-X-ANOTHER-THING");
                }
            }
        },
        /** An octet a minute, as fast as a test can bear: each comes well within the time of its stage. */
        AN_OCTET_NOW_AND_THEN("too slow") {
            @Override
            public void play(ScriptedServer.Peer client) throws IOException {
                client.say("220 hello");
                client.expect("EHLO");
                client.raw("250-");
                while (true) {
                    client.raw("x");
                    client.silent();
                }
            }
        },
        SILENCE("too slow") {
            @Override
            public void play(ScriptedServer.Peer client) throws IOException {
                client.line();
            }
        };

        private final String words;

        Malice(String words) {
            this.words = words;
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordsWhatAPeerDid(Malice malice) throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(malice)) {
            long begin = System.nanoTime();

            Attempt attempt = carry(server);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
            assertThat(attempt.outcome()).isInstanceOf(Attempt.Deferred.class);
            assertThat(attempt.outcome().status()).startsWith("4.");
            assertThat(attempt.outcome().text())
                    .contains(malice.words)
                    .hasSizeLessThanOrEqualTo(1000)
                    .doesNotContainPattern("\\p{Cntrl}");
            assertThat(attempt.host()).contains("mx.example.org");
            assertThat(attempt.address()).contains("127.0.0.1:" + server.port());
            assertThat(attempt.policy()).isEqualTo("opportunistic");
        }
    }

    @Test
    void defersWhereAnOperatorWantsProofAndTheCertificateExpired() throws IOException {
        ways.demands("example.org", TlsLevel.VERIFY);

        assertExpired("local:verify");
    }

    @Test
    void defersWhereMtaStsWantsProofAndTheCertificateExpired() throws IOException {
        ways.dns.insecure("example.org");
        ways.publishes("example.org", STS);

        assertExpired("sts:enforce");
    }

    /** Certificate usage 2 proves by the chain, which must be valid (RFC 7672 §3.1.2); usage 3 does not ask for dates (§3.1.1). */
    @Test
    void defersWhereAnAuthorityOfDaneStandsBehindACertificateThatExpired() throws IOException {
        PoliteServer part = new PoliteServer("STARTTLS").withTls(EXPIRED.serverContext());
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            ways.dns.add("_%d._tcp.mx.example.org TLSA 2 0 1 %s".formatted(server.port(), ROOT.tlsa(0, 1)));

            Attempt attempt = carry(server);

            assertThat(attempt.outcome()).isInstanceOf(Attempt.Deferred.class);
            assertThat(attempt.policy()).isEqualTo("dane");
            assertThat(part.deliveries()).isEmpty();
        }
    }

    @Test
    void goesOnAndRecordsACertificateThatExpiredWhereNobodyWantsProof() throws IOException {
        ways.dns.insecure("example.org");
        ways.publishes("example.org", STS.replace("enforce", "testing"));
        PoliteServer part = new PoliteServer("STARTTLS").withTls(EXPIRED.serverContext());
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertTaken(carry(server), "sts:testing");
            assertThat(encounters.getLast().tls())
                    .isInstanceOfSatisfying(
                            TlsSighting.Secured.class,
                            seen -> assertThat(seen.verification())
                                    .isInstanceOfSatisfying(
                                            Verification.Rejected.class,
                                            rejected ->
                                                    assertThat(rejected.flaw()).isEqualTo(Verification.Flaw.EXPIRED)));
        }
        ways.sts.clear();
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertTaken(carry(server), "opportunistic");
            assertThat(encounters.getLast().policy()).isEqualTo("opportunistic");
        }
    }

    /** A name server that takes questions and never answers. */
    @Test
    void defersWhenTheResolverHangs() throws IOException {
        try (DatagramSocket mute = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
                DnsJavaResolver dns = new DnsJavaResolver(new DnsSettings(
                        List.of((InetSocketAddress) mute.getLocalSocketAddress()),
                        Duration.ofSeconds(1),
                        DnsSettings.Proof.NONE,
                        ""))) {
            ways.routes.dns = dns;
            ways.routes.start();
            ways.routes.ownAddresses = Set::of;
            long begin = System.nanoTime();

            Attempt attempt = courier.carry(Shipments.of("a@example.org")).getFirst();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
            assertThat(attempt.outcome()).isInstanceOfSatisfying(Attempt.Deferred.class, deferred -> {
                assertThat(deferred.status()).isEqualTo("4.4.3");
                assertThat(deferred.text())
                        .startsWith("the exchangers of example.org are not known: no answer within 1 s");
                assertThat(deferred.scope()).isEqualTo(Attempt.Scope.DESTINATION);
            });
        }
    }

    private void assertExpired(String policy) throws IOException {
        PoliteServer part = new PoliteServer("STARTTLS").withTls(EXPIRED.serverContext());
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            Attempt attempt = carry(server);

            assertThat(attempt.outcome()).isInstanceOf(Attempt.Deferred.class);
            assertThat(attempt.outcome().status()).isEqualTo("4.7.5");
            assertThat(attempt.outcome().text())
                    .isEqualTo("the host's certificate does not prove it: the certificate expired");
            assertThat(attempt.policy()).isEqualTo(policy);
            assertThat(part.deliveries()).isEmpty();
            assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    private static void assertTaken(Attempt attempt, String policy) {
        assertThat(attempt.outcome()).isInstanceOf(Attempt.Delivered.class);
        assertThat(attempt.policy()).isEqualTo(policy);
        assertThat(attempt.tls()).get().satisfies(tls -> {
            assertThat(tls.protocol()).isEqualTo("TLSv1.3");
            assertThat(tls.verified()).isEqualTo("none");
        });
    }

    /** The one attempt, with this server behind the address of the exchanger. */
    private Attempt carry(ScriptedServer server) {
        ways.routes.authorities = Authorities.of(ROOT.chain());
        ways.routes.start();
        ways.routes.ownAddresses = Set::of;
        ways.routes.port = server.port();
        return courier.carry(Shipments.of("a@example.org")).getFirst();
    }
}
