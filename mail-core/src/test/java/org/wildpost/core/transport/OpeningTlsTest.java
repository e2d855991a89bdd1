// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** STARTTLS as each demand wants it (RFC 3207, RFC 7435). */
class OpeningTlsTest {
    private static final TestIdentity HOST = TestIdentity.of("mx.example.org");
    private static final TlsDemand OPPORTUNISTIC = TlsDemand.Opportunistic.UNOBSERVED;

    private final Caller caller = new Caller();

    @AfterEach
    void hangUp() {
        caller.close();
    }

    /** Offers STARTTLS, answers it, and then speaks no TLS. */
    private static void breaksHandshake(ScriptedServer.Peer client) throws IOException {
        client.welcome("STARTTLS");
        client.expect("STARTTLS");
        client.say("220 go");
        client.octets(1);
        client.raw("this is no TLS at all\r\n");
    }

    @Test
    void securesTheTalkAndGreetsAgain() throws IOException {
        List<String> names = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome("STARTTLS", "SIZE 10");
            SSLSocket secured = client.startTls(HOST.server());
            names.addAll(ScriptedServer.namesAsked(secured));
            client.hello("PIPELINING");
            client.takeMessage();
        })) {
            SmtpConnection connection = caller.ready(server, Caller.call(server, OPPORTUNISTIC));

            assertThat(connection.tls()).get().satisfies(tls -> {
                assertThat(tls.protocol()).isEqualTo("TLSv1.3");
                assertThat(tls.verification()).isEqualTo(new Verification.Unasked());
            });
            assertThat(names).containsExactly("mx.example.org");
            assertThat(caller.send(connection, Caller.mailing("you@example.org")))
                    .as("the limit of 10 octets was said before TLS and is forgotten")
                    .hasOnlyElementsOfType(Fate.Taken.class);
            assertThat(caller.sightings()).hasSize(1).first().isInstanceOf(TlsSighting.Secured.class);
        }
    }

    @Test
    void stepsBackToClearTextWhenAHandshakeFailsThatNobodyDemands() throws IOException {
        PoliteServer clear = new PoliteServer("STARTTLS");
        try (ScriptedServer server = ScriptedServer.playing(OpeningTlsTest::breaksHandshake, clear)) {
            SmtpConnection connection = caller.ready(server, Caller.call(server, OPPORTUNISTIC));
            caller.send(connection, Caller.mailing("you@example.org"));

            assertThat(connection.tls()).isEmpty();
            assertThat(server.connections()).isEqualTo(2);
            assertThat(clear.deliveries()).hasSize(1);
            assertThat(server.heard()).filteredOn("STARTTLS"::equals).hasSize(1);
            assertThat(caller.sightings()).hasSize(1).first().isInstanceOf(TlsSighting.Broken.class);
        }
    }

    @Test
    void goesOnInClearWhenTlsIsNotOfferedOrRefused() throws IOException {
        try (ScriptedServer plain = ScriptedServer.playing(new PoliteServer());
                ScriptedServer refusing = ScriptedServer.playing(
                        new PoliteServer("STARTTLS").answering("STARTTLS", "454 4.7.0 not now"))) {
            assertThat(caller.ready(plain, Caller.call(plain, OPPORTUNISTIC)).tls())
                    .isEmpty();
            assertThat(caller.ready(refusing, Caller.call(refusing, OPPORTUNISTIC))
                            .tls())
                    .isEmpty();

            assertThat(refusing.connections()).isEqualTo(1);
            assertThat(caller.sightings()).containsExactly(new TlsSighting.NotOffered(), new TlsSighting.NotOffered());
        }
    }

    @Test
    void doesNotEvenAskWhenTlsIsSwitchedOff() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer("STARTTLS"))) {
            caller.ready(server, Caller.call(server, new TlsDemand.None()));

            assertThat(server.heard()).containsExactly("EHLO relay.example.com");
            assertThat(caller.sightings()).isEmpty();
        }
    }

    @Test
    void neverSpeaksInClearWhereTlsMustBe() throws IOException {
        for (TlsDemand demand : List.of(new TlsDemand.Encrypted(), new TlsDemand.Verified(HOST.verifier()))) {
            try (ScriptedServer plain = ScriptedServer.playing(new PoliteServer());
                    ScriptedServer broken =
                            ScriptedServer.playing(OpeningTlsTest::breaksHandshake, new PoliteServer("STARTTLS"))) {
                Fate notOffered = caller.failed(plain, Caller.call(plain, demand));
                Fate failed = caller.failed(broken, Caller.call(broken, demand));

                assertThat(notOffered.status()).isEqualTo("4.7.4");
                assertThat(failed.status()).isEqualTo("4.7.5");
                assertThat(failed.chance()).isEqualTo(Fate.Chance.OTHER_HOST);
                assertThat(broken.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void takesAnyCertificateWhereOnlyEncryptionMustBe() throws IOException {
        PoliteServer part = new PoliteServer("STARTTLS")
                .withTls(TestIdentity.of("other.test").server());
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertThat(caller.ready(server, Caller.call(server, new TlsDemand.Encrypted()))
                            .tls())
                    .isPresent();
        }
    }

    @Test
    void believesOnlyTheCertificateThatProvesTheHost() throws IOException {
        try (ScriptedServer right = ScriptedServer.playing(new PoliteServer("STARTTLS").withTls(HOST.server()));
                ScriptedServer wrong = ScriptedServer.playing(new PoliteServer("STARTTLS")
                        .withTls(TestIdentity.of("mx.example.org").server()))) {
            TlsDemand demand = new TlsDemand.Verified(HOST.verifier());

            assertThat(caller.ready(right, Caller.call(right, demand)).tls())
                    .map(TlsSighting.Secured::verification)
                    .contains(new Verification.Proved("pkix"));
            Fate fate = caller.failed(wrong, Caller.call(wrong, demand));

            assertThat(fate)
                    .isEqualTo(Fate.hostFails(
                            "4.7.5", "the host's certificate does not prove it: another certificate was expected"));
            assertThat(wrong.heard())
                    .as("nothing is said to whom nobody knows")
                    .containsExactly("EHLO relay.example.com", "STARTTLS");
        }
    }

    @Test
    void refusesACertificateThatExpired() throws IOException {
        TestIdentity old = TestIdentity.of("mx.example.org", Instant.now().minus(Duration.ofHours(1)));
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer("STARTTLS").withTls(old.server()))) {
            Fate fate = caller.failed(server, Caller.call(server, new TlsDemand.Verified(old.verifier())));

            assertThat(fate.text()).isEqualTo("the host's certificate does not prove it: it expired");
            assertThat(caller.sightings())
                    .first()
                    .satisfies(seen -> assertThat(((TlsSighting.Secured) seen).verification())
                            .isEqualTo(new Verification.Rejected(Verification.Flaw.EXPIRED, "it expired")));
        }
    }

    @Test
    void onlyReportsWhatAnObserverFinds() throws IOException {
        TlsDemand demand = new TlsDemand.Opportunistic(
                Optional.of(TestIdentity.of("x.test").verifier()));
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer("STARTTLS").withTls(HOST.server()))) {
            SmtpConnection connection = caller.ready(server, Caller.call(server, demand));

            assertThat(connection.tls())
                    .map(TlsSighting.Secured::verification)
                    .get()
                    .isInstanceOf(Verification.Rejected.class);
        }
    }

    @Test
    void judgesTheCertificateOfAResumedSessionToo() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        PeerVerifier counting = chain -> {
            asked.incrementAndGet();
            return HOST.verifier().verify(chain);
        };
        PoliteServer part = new PoliteServer("STARTTLS").withTls(HOST.server());
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            for (int i = 0; i < 3; i++) {
                SmtpConnection connection = caller.ready(server, Caller.call(server, new TlsDemand.Verified(counting)));
                caller.send(connection, Caller.mailing("you@example.org"));
                connection.quit();
            }

            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void aVerifierThatFailsProvesNothing() throws IOException {
        PeerVerifier failing = chain -> {
            throw new IllegalStateException("strange certificate");
        };
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer("STARTTLS").withTls(HOST.server()))) {
            assertThat(caller.failed(server, Caller.call(server, new TlsDemand.Verified(failing)))
                            .text())
                    .contains("strange certificate");
        }
    }

    @Test
    void refusesWhatWasSentBehindTheReplyToStarttls() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome("STARTTLS");
            client.expect("STARTTLS");
            client.raw("220 go\r\n250-mx.example.org\r\n250 AUTH PLAIN\r\n");
            client.secure(HOST.server(), false);
        })) {
            Fate fate = caller.failed(server, Caller.call(server, OPPORTUNISTIC));

            assertThat(fate.status()).isEqualTo("4.5.0");
            assertThat(fate.text()).contains("out of turn before the TLS handshake");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void beginsWithTlsAtASmarthostThatWantsIt() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.secure(HOST.server(), false);
            client.welcome("PIPELINING");
            client.silent();
        })) {
            Call call = implicit(server, Optional.empty());

            assertThat(caller.ready(server, call).tls()).isPresent();
            assertThat(server.heard()).containsExactly("EHLO relay.example.com");
        }
    }

    @Test
    void showsItsCertificateToASmarthostThatAsks() throws IOException {
        TestIdentity own = TestIdentity.of("relay.example.com");
        List<X509Certificate> shown = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            SSLSocket secured = client.secure(HOST.server(), true);
            shown.add((X509Certificate) secured.getSession().getPeerCertificates()[0]);
            client.welcome();
        })) {
            caller.ready(server, implicit(server, Optional.of(own.client())));
            Fate without = caller.connect(server, implicit(server, Optional.empty()))
                            instanceof Connector.Outcome.Failed(Fate fate)
                    ? fate
                    : null;

            assertThat(shown).containsExactly(own.certificate());
            assertThat(without).isNotNull();
        }
    }

    /** Whom it trusts is the host's business: it may know the certificate itself, and the list is a hint (RFC 8446 §4.2.4). */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void showsItsCertificateAlsoWhereOtherAuthoritiesAreNamed(String protocol) throws IOException {
        TestIdentity own = TestIdentity.of("relay.example.com");
        TestIdentity other = TestIdentity.of("authority.example.net");
        List<X509Certificate> shown = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            SSLSocket secured = client.secure(HOST.server(other.certificate()), true, protocol);
            shown.add((X509Certificate) secured.getSession().getPeerCertificates()[0]);
            client.welcome();
        })) {
            caller.ready(server, implicit(server, Optional.of(own.client())));

            assertThat(shown).containsExactly(own.certificate());
        }
    }

    private static Call implicit(ScriptedServer server, Optional<ClientIdentity> identity) {
        return new Call(
                "mx.example.org",
                server.port(),
                Origin.anywhere("relay.example.com"),
                new TlsDemand.Encrypted(),
                true,
                Optional.empty(),
                identity);
    }
}
