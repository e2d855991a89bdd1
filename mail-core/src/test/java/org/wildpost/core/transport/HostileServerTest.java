// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that break the rules, by mistake or on purpose: each ends in a fate that says why, in bounded time, and no message is ever taken for delivered that was not. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileServerTest {
    private static final Duration SOON = Duration.ofMillis(300);

    private final Caller caller = new Caller(impatient());

    private static TransportSettings impatient() {
        TransportSettings settings = TransportSettings.DEFAULTS.withShipment(Duration.ofSeconds(10));
        for (Stage stage : Stage.values()) {
            settings = settings.withPatience(stage, SOON);
        }
        return settings;
    }

    @AfterEach
    void hangUp() {
        caller.close();
    }

    private static Mailing mailing() {
        return Caller.mailing("you@example.org");
    }

    private static Mailing large() {
        return Caller.carrying("0123456789abcdef\r\n".repeat(1_000_000), "you@example.org");
    }

    /** The one fate, after which nothing follows on this connection. */
    private Fate fate(ScriptedServer server, Mailing mailing) {
        SmtpConnection connection = caller.ready(server);
        List<Fate> fates = caller.send(connection, mailing);
        assertThat(fates).hasSize(1);
        assertThat(connection.usable()).isFalse();
        return fates.getFirst();
    }

    private static void assertHostFails(Fate fate, String status, String... words) {
        assertThat(fate.status()).isEqualTo(status);
        assertThat(fate.text()).contains(words).doesNotContain("\n", "\r");
        assertThat(fate).isInstanceOf(Fate.Later.class);
        assertThat(fate.chance()).isEqualTo(Fate.Chance.OTHER_HOST);
    }

    private static void assertMayHaveArrived(Fate fate, String status, String... words) {
        assertThat(fate).isInstanceOf(Fate.Later.class);
        assertThat(fate.status()).isEqualTo(status);
        assertThat(fate.text()).contains("may have arrived").contains(words);
        assertThat(fate.chance())
                .as("no other host gets what this one may have")
                .isEqualTo(Fate.Chance.NONE);
        assertThat(((Fate.Later) fate).scope()).isEqualTo(Fate.Scope.MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0001\u0002garbage\r\n",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "\r\n",
                "22 short\r\n",
                "220~what\r\n",
                "150 not in SMTP\r\n",
                "650 neither\r\n",
                "220-one\r\n250 two\r\n"
            })
    void endsATalkThatBeginsWithGarbage(String greeting) throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> client.raw(greeting))) {
            assertHostFails(caller.failed(server, Caller.call(server)), "4.5.0", "the greeting is not SMTP");
        }
    }

    @Test
    void endsATalkThatBecomesGarbage() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome();
            client.expect("MAIL");
            client.say("\u001b[31mI am a teapot");
        })) {
            assertHostFails(fate(server, mailing()), "4.5.0", "MAIL FROM is not SMTP", "?[31mI am a teapot");
        }
    }

    @Test
    void readsNoLineOfTenMegabytes() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.raw("220 ");
            String piece = "x".repeat(100_000);
            for (int i = 0; i < 100; i++) {
                client.raw(piece);
            }
            client.raw("\r\n");
        })) {
            assertHostFails(caller.failed(server, Caller.call(server)), "4.5.0", "longer than 2048 octets");
        }
    }

    @Test
    void readsNoReplyWithoutEnd() throws IOException {
        try (ScriptedServer lines = ScriptedServer.playing(client -> {
                    while (true) {
                        client.say("220-and another thing");
                    }
                });
                ScriptedServer octets = ScriptedServer.playing(client -> {
                    while (true) {
                        client.say("220-" + "x".repeat(2000));
                    }
                })) {
            assertHostFails(caller.failed(lines, Caller.call(lines)), "4.5.0", "endless");
            assertHostFails(caller.failed(octets, Caller.call(octets)), "4.5.0", "endless");
        }
    }

    @Test
    void takesALongButHonestReply() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            for (int i = 0; i < 100; i++) {
                client.say("220-please note that no spam is taken here, paragraph " + i);
            }
            client.say("220 go on");
            client.hello();
        })) {
            assertThat(caller.ready(server).usable()).isTrue();
        }
    }

    @Test
    void waitsForNoSilentServer() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(ScriptedServer.Peer::line)) {
            assertHostFails(
                    caller.failed(server, Caller.call(server)), "4.4.2", "took longer than 1 s for the greeting");
        }
    }

    @Test
    void listensToNobodyWhoSaysAnOctetNowAndThen() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome();
            client.expect("MAIL");
            while (true) {
                // Well within the time of any single wait.
                client.raw("2");
                client.silent();
            }
        })) {
            long begin = System.nanoTime();
            assertHostFails(fate(server, mailing()), "4.4.2", "took longer than 1 s for MAIL FROM");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void endsAShipmentWhoseStagesAreEachQuickEnough() throws IOException {
        TransportSettings settings = impatient().withShipment(Duration.ofMillis(700));
        String[] recipients = Stream.iterate(0, i -> i + 1)
                .limit(100)
                .map(i -> "r" + i + "@example.org")
                .toArray(String[]::new);
        try (Caller hurried = new Caller(settings);
                ScriptedServer server = ScriptedServer.playing(client -> {
                    client.welcome();
                    while (true) {
                        client.line();
                        client.silent();
                        client.say("250 ok");
                    }
                })) {
            List<Fate> fates = hurried.send(server, Caller.mailing(recipients));

            assertThat(fates).hasSize(100);
            assertHostFails(fates.getFirst(), "4.4.2", "too slow", "RCPT TO");
        }
    }

    @Test
    void waitsForNobodyWhoDoesNotRead() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome();
            client.toTheMessage();
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        })) {
            try {
                assertHostFails(fate(server, large()), "4.4.2", "took longer than 1 s for the message");
            } finally {
                over.countDown();
            }
        }
    }

    @Test
    void waitsForNoHandshakeWithoutEnd() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome("STARTTLS");
            client.expect("STARTTLS");
            client.say("220 go");
            client.octets(1);
            // The head of a TLS record of 16 KiB, and then its octets one by one.
            client.raw("\u0016\u0003\u0003@\u0000");
            while (true) {
                client.raw("x");
                client.silent();
            }
        })) {
            Fate fate = caller.failed(server, Caller.call(server, new TlsDemand.Encrypted()));

            assertThat(fate.status()).isEqualTo("4.7.5");
            assertThat(fate.text()).contains("took longer than 1 s for the TLS handshake");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO", "MAIL", "RCPT", "DATA"})
    void saysWhereAServerClosed(String command) throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.say("220 hello");
            for (String line = client.line(); !line.startsWith(command); line = client.line()) {
                client.say("250 ok");
            }
        })) {
            Fate fate = command.equals("EHLO") ? caller.failed(server, Caller.call(server)) : fate(server, mailing());

            assertHostFails(fate, "4.4.2", "at " + command);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO", "MAIL", "RCPT", "DATA", "."})
    void believesA421AtAnyPoint(String command) throws IOException {
        PoliteServer part = new PoliteServer().answering(command, "421 4.3.2 going down");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            Fate fate = command.equals("EHLO") ? caller.failed(server, Caller.call(server)) : fate(server, mailing());

            assertHostFails(fate, "4.3.2", "421 4.3.2 going down");
            assertThat(part.deliveries()).isEmpty();
        }
    }

    @Test
    void keepsWhatWasDecidedBeforeA421() throws IOException {
        PoliteServer part = new PoliteServer()
                .answering("RCPT TO:<nobody@", "550 5.1.1 no")
                .answering("RCPT TO:<later@", "421 4.3.2 going down");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            List<Fate> fates = caller.send(
                    server,
                    Caller.mailing("nobody@example.org", "a@example.org", "later@example.org", "b@example.org"));

            assertThat(fates.get(0)).isInstanceOf(Fate.Never.class);
            assertThat(fates.subList(1, 4)).containsOnly(Fate.hostFails("4.3.2", "421 4.3.2 going down"));
        }
    }

    @Test
    void neverTakesAReplyBeforeTheDotForTheReplyToIt() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome("PIPELINING");
            client.expect("MAIL");
            client.expect("RCPT");
            client.expect("DATA");
            client.say("250 ok", "250 ok", "354 go", "250 2.0.0 taken, or so I say");
            assertThat(client.line()).isEmpty();
        })) {
            assertHostFails(fate(server, mailing()), "4.5.0", "out of turn", "250 2.0.0 taken, or so I say");
            assertThat(server.heard()).as("not an octet of the message").last().isEqualTo("DATA");
        }
    }

    @Test
    void neverEndsAMessageThatWasAnsweredInItsMiddle() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome();
            client.toTheMessage();
            client.octets(1000);
            client.say("250 2.0.0 taken");
            drain(client);
        })) {
            assertHostFails(fate(server, large()), "4.5.0", "out of turn");
            assertThat(server.faults()).isEmpty();
        }
    }

    /** Reads to the end of the connection, and fails when the message was ended. */
    private static void drain(ScriptedServer.Peer client) throws IOException {
        client.message();
        throw new IllegalStateException("the message was ended");
    }

    @Test
    void believesARefusalInTheMiddleOfAMessage() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome();
            client.toTheMessage();
            client.octets(1000);
            client.say("552 5.3.4 much too big");
            drain(client);
        })) {
            assertThat(fate(server, large()))
                    .isEqualTo(new Fate.Never("5.3.4", "552 5.3.4 much too big", Fate.Chance.NONE));
            assertThat(server.faults()).isEmpty();
        }
    }

    @Test
    void triesAnotherHostWhenTheConnectionBreaksInTheMiddleOfAMessage() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome();
            client.toTheMessage();
            client.octets(1000);
        })) {
            assertHostFails(fate(server, large()), "4.4.2", "the message");
        }
    }

    /** RFC 1047: the answer is lost, the message may not be. */
    @Test
    void neitherLosesNorSpreadsWhatMayHaveArrived() throws IOException {
        try (ScriptedServer closing = ScriptedServer.playing(client -> {
                    client.welcome();
                    client.toTheMessage();
                    client.message();
                });
                ScriptedServer silent = ScriptedServer.playing(client -> {
                    client.welcome();
                    client.toTheMessage();
                    client.message();
                    client.line();
                });
                ScriptedServer babbling = ScriptedServer.playing(client -> {
                    client.welcome();
                    client.toTheMessage();
                    client.message();
                    client.say("well");
                });
                ScriptedServer confused = ScriptedServer.playing(client -> {
                    client.welcome();
                    client.toTheMessage();
                    client.message();
                    client.say("354 go on");
                })) {
            assertMayHaveArrived(fate(closing, mailing()), "4.4.2", "closed the connection at the end");
            assertMayHaveArrived(fate(silent, mailing()), "4.4.2", "took longer than 1 s");
            assertMayHaveArrived(fate(babbling, mailing()), "4.5.0", "is not SMTP");
            assertMayHaveArrived(fate(confused, mailing()), "4.5.0", "354 go on");
        }
    }

    @Test
    void answersNoCommandWithAReplyThatCameBeforeIt() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.say("220 hello");
            client.expect("EHLO");
            client.raw("250-mx\r\n250 PIPELINING\r\n250 ok\r\n250 ok\r\n354 go\r\n250 taken\r\n");
            client.line();
        })) {
            assertHostFails(fate(server, mailing()), "4.5.0", "out of turn before MAIL FROM", "250 ok");
            assertThat(server.heard()).hasSize(1);
        }
    }

    @Test
    void reusesNoConnectionThatSaidMoreThanItWasAsked() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome();
            client.toTheMessage();
            client.message();
            client.raw("250 2.0.0 taken\r\n250 and more\r\n");
        })) {
            SmtpConnection connection = caller.ready(server);

            assertThat(caller.send(connection, mailing()))
                    .containsExactly(new Fate.Taken("2.0.0", "250 2.0.0 taken", false, true));
            assertThat(connection.usable()).isFalse();
        }
    }

    @Test
    void noticesWhatAnIdleConnectionSays() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome();
            client.takeMessage();
            client.silent();
            client.say("421 4.4.2 idle for too long");
            client.line();
        })) {
            SmtpConnection connection = caller.ready(server);
            caller.send(connection, mailing());
            assertThat(connection.stale()).isFalse();

            while (!connection.stale()) {
                Thread.onSpinWait();
            }
            assertHostFails(caller.send(connection, mailing()).getFirst(), "4.4.2", "421 4.4.2 idle");
        }
    }

    @Test
    void repliesOfOddCodesDecideNothing() throws IOException {
        for (String command : List.of("MAIL", "RCPT", "DATA")) {
            String odd = command.equals("DATA") ? "250 ok" : "354 go on";
            PoliteServer part = new PoliteServer().answering(command, odd);
            try (ScriptedServer server = ScriptedServer.playing(part)) {
                assertHostFails(fate(server, mailing()), "4.5.0", odd);
                assertThat(part.deliveries()).isEmpty();
            }
        }
    }
}
