// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.sasl.Secret;

/** Logging in at a smarthost (RFC 4954). SCRAM itself is tested beside it, against the server's half and the RFC's example. */
class LoginTest {
    private final Caller caller = new Caller();

    @AfterEach
    void hangUp() {
        caller.close();
    }

    private static Call call(ScriptedServer server, boolean clearText) {
        Credentials credentials = new Credentials("jürgen", new Secret("geheim"), clearText);
        return new Call(
                "mx.example.org",
                server.port(),
                Origin.anywhere("relay.example.com"),
                TlsDemand.Opportunistic.UNOBSERVED,
                false,
                Optional.of(credentials),
                Optional.empty());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void logsInWithPlain() throws IOException {
        PoliteServer part = new PoliteServer("AUTH LOGIN PLAIN").answering("AUTH PLAIN ", "235 2.7.0 welcome");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            caller.ready(server, call(server, true));

            assertThat(server.heard()).last().isEqualTo("AUTH PLAIN " + base64("\0jürgen\0geheim"));
        }
    }

    @Test
    void logsInWithLoginWhereNothingElseIsOffered() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome("AUTH=LOGIN");
            client.expect("AUTH LOGIN");
            client.say("334 " + base64("Username:"));
            client.expect(base64("jürgen"));
            client.say("334 " + base64("Password:"));
            client.expect(base64("geheim"));
            client.say("235 welcome");
        })) {
            caller.ready(server, call(server, true));

            assertThat(server.faults()).isEmpty();
        }
    }

    @Test
    void waitsWhenTheLoginIsRefused() throws IOException {
        PoliteServer part = new PoliteServer("AUTH PLAIN").answering("AUTH PLAIN ", "535 5.7.8 wrong password");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertThat(caller.failed(server, call(server, true)))
                    .isEqualTo(
                            Fate.hostFails("4.7.8", "the host does not let this server in: 535 5.7.8 wrong password"));
        }
    }

    @Test
    void keepsThePasswordToItselfWithoutTls() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer("AUTH PLAIN"))) {
            assertThat(caller.failed(server, call(server, false)).status()).isEqualTo("4.7.11");
            assertThat(server.heard()).containsExactly("EHLO relay.example.com");
        }
    }

    @Test
    void saysThePasswordUnderTls() throws IOException {
        PoliteServer part = new PoliteServer("STARTTLS", "AUTH PLAIN")
                .answering("AUTH PLAIN ", "235 welcome")
                .withTls(TestIdentity.of("mx.example.org").server());
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertThat(caller.ready(server, call(server, false)).tls()).isPresent();
        }
    }

    @Test
    void waitsWhenNoMechanismIsKnown() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer("AUTH GSSAPI"))) {
            assertThat(caller.failed(server, call(server, true)).status()).isEqualTo("4.7.4");
        }
    }

    @Test
    void doesNotFallBackFromScramToSayingThePassword() throws IOException {
        PoliteServer part = new PoliteServer("AUTH SCRAM-SHA-256 PLAIN").answering("AUTH SCRAM", "334 nonsense");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertThat(caller.failed(server, call(server, true)).text()).contains("not one of SCRAM-SHA-256");
            assertThat(server.heard()).noneMatch(line -> line.startsWith("AUTH PLAIN"));
        }
    }

    @Test
    void neverShowsAPasswordInAText() throws IOException {
        Credentials credentials = new Credentials("me", new Secret("geheim"), true);

        assertThat(credentials.toString()).doesNotContain("geheim");
        assertThat(credentials).isEqualTo(new Credentials("me", new Secret("geheim"), true));
        assertThat(credentials).isNotEqualTo(new Credentials("me", new Secret("anders"), true));
    }
}
