// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the call to the first command (RFC 5321 §3.1, §3.2). */
class OpeningTest {
    private final Caller caller = new Caller();

    @AfterEach
    void hangUp() {
        caller.close();
    }

    @Test
    void readsWhatIsOfferedInWhateverCase() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome("pipelining", "Limits RCPTMAX=7 MAILMAX=2 OTHER=x", "x-unknown");
            client.silent();
        })) {
            SmtpConnection connection = caller.ready(server);

            assertThat(connection.recipientLimit(100)).isEqualTo(7);
            assertThat(connection.recipientLimit(5)).isEqualTo(5);
            assertThat(server.heard()).containsExactly("EHLO relay.example.com");
        }
    }

    @Test
    void saysHeloToAHostThatDoesNotKnowEhlo() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.say("220 old.example.org");
            client.expect("EHLO relay.example.com");
            client.say("500 what?");
            client.expect("HELO relay.example.com");
            client.say("250 hello");
            client.expect("MAIL FROM:<me@example.com>");
            assertThat(client.silent()).as("no pipelining with HELO").isTrue();
            client.say("250 ok");
            client.expect("RCPT TO:<you@example.org>");
            client.say("250 ok");
            client.expect("DATA");
            client.say("354 go");
            client.message();
            client.say("250 taken");
        })) {
            assertThat(caller.send(server, Caller.mailing("you@example.org")))
                    .containsExactly(new Fate.Taken("2.0.0", "250 taken", false, true));
            assertThat(server.faults()).isEmpty();
        }
    }

    @Test
    void leavesAHostThatIsBusyForAnother() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer().answering("greeting", "421 too busy"))) {
            assertThat(caller.failed(server, Caller.call(server)))
                    .isEqualTo(new Fate.Later("4.3.2", "421 too busy", Fate.Scope.HOST, Fate.Chance.OTHER_HOST));
        }
    }

    @Test
    void leavesAHostThatRefusesForGoodForAnother() throws IOException {
        try (ScriptedServer server =
                ScriptedServer.playing(new PoliteServer().answering("greeting", "554 5.7.1 not you"))) {
            assertThat(caller.failed(server, Caller.call(server)))
                    .isEqualTo(new Fate.Never("5.7.1", "554 5.7.1 not you", Fate.Chance.OTHER_HOST));
        }
    }

    @Test
    void defersWhatRefusesEhloForNow() throws IOException {
        try (ScriptedServer server =
                ScriptedServer.playing(new PoliteServer().answering("EHLO", "451 4.7.1 come back later"))) {
            assertThat(caller.failed(server, Caller.call(server)))
                    .isEqualTo(Fate.hostFails("4.7.1", "451 4.7.1 come back later"));
        }
    }

    @Test
    void saysWhatIsWrongWhenNobodyListens() throws IOException {
        ScriptedServer server = ScriptedServer.playing(client -> {});
        Call call = Caller.call(server);
        server.close();

        Fate fate = caller.failed(server, call);

        assertThat(fate.status()).isEqualTo("4.4.1");
        assertThat(fate.text()).contains("refused");
        assertThat(fate.chance()).isEqualTo(Fate.Chance.OTHER_HOST);
    }

    @Test
    void givesUpACallThatNobodyAnswers() throws IOException {
        TransportSettings impatient = TransportSettings.DEFAULTS.withPatience(Stage.CONNECT, Duration.ofMillis(200));
        List<Socket> waiting = new ArrayList<>();
        // A queue of one that is full: the kernel answers no further call.
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Watchdog watchdog = new Watchdog()) {
            try {
                for (int i = 0; i < 4; i++) {
                    Socket socket = new Socket();
                    waiting.add(socket);
                    socket.connect(new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()), 100);
                }
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("timed out");
            }
            Call call = new Call(
                    "mx.example.org",
                    deaf.getLocalPort(),
                    Origin.anywhere("relay.example.com"),
                    new TlsDemand.None(),
                    false,
                    Optional.empty(),
                    Optional.empty());

            Connector.Outcome outcome = new Connector(impatient, watchdog, () -> Caller.NOW)
                    .connect(call, deaf.getInetAddress(), Deadline.in(Duration.ofSeconds(10)), (a, b, c) -> {});

            assertThat(outcome)
                    .isEqualTo(
                            new Connector.Outcome.Failed(Fate.hostFails("4.4.1", "nobody answered the call in time")));
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void callsFromTheAddressThatItIsTold() throws IOException {
        AtomicReference<InetAddress> seen = new AtomicReference<>();
        Inet4Address source = (Inet4Address) InetAddress.getByName("127.0.0.7");
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            seen.set(client.socket().getInetAddress());
            client.welcome();
        })) {
            Call call = new Call(
                    "mx.example.org",
                    server.port(),
                    new Origin("relay.example.com", Optional.of(source), Optional.empty()),
                    new TlsDemand.None(),
                    false,
                    Optional.empty(),
                    Optional.empty());

            assertThat(caller.ready(server, call).local()).isEqualTo(source);
            assertThat(seen.get()).isEqualTo(source);
        }
    }

    @Test
    void saysSoWhenItCannotCallFromThere() throws IOException {
        Inet4Address foreign = (Inet4Address) InetAddress.getByName("192.0.2.1");
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer())) {
            Call call = new Call(
                    "mx.example.org",
                    server.port(),
                    new Origin("relay.example.com", Optional.of(foreign), Optional.empty()),
                    new TlsDemand.None(),
                    false,
                    Optional.empty(),
                    Optional.empty());

            Fate fate = caller.failed(server, call);

            assertThat(fate.status()).isEqualTo("4.3.5");
            assertThat(fate.text()).contains("192.0.2.1");
        }
    }

    @Test
    void neverPutsALineEndOfASettingOnTheWire() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer())) {
            Call call = new Call(
                    "mx.example.org",
                    server.port(),
                    Origin.anywhere("relay\r\nMAIL FROM:<x@y.z>"),
                    new TlsDemand.None(),
                    false,
                    Optional.empty(),
                    Optional.empty());

            assertThat(caller.failed(server, call).status()).isEqualTo("5.5.2");
            assertThat(server.heard()).isEmpty();
        }
    }

    @Test
    void saysFarewell() throws IOException {
        PoliteServer part = new PoliteServer();
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            caller.ready(server).quit();

            assertThat(server.heard()).containsExactly("EHLO relay.example.com", "QUIT");
        }
    }
}
