// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client with a server that others wrote: Postfix's smtp-sink, and the failures that it can be told to have. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpSinkTest {
    private static final Path SINK = Path.of("/usr/sbin/smtp-sink");

    @BeforeAll
    static void isInstalled() {
        assumeTrue(Files.isExecutable(SINK), "smtp-sink is not installed (Debian: postfix)");
    }

    /** A running sink. */
    private record Sink(Process process, int port) implements AutoCloseable {
        static Sink with(String... options) throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            List<String> command = new ArrayList<>(List.of(SINK.toString()));
            if (System.getProperty("user.name").equals("root")) {
                command.addAll(List.of("-u", "nobody"));
            }
            command.addAll(List.of(options));
            command.addAll(List.of("127.0.0.1:" + port, "100"));
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Sink sink = new Sink(process, port);
            sink.awaitListening();
            return sink;
        }

        private void awaitListening() throws IOException {
            Deadline deadline = Deadline.in(Duration.ofSeconds(10));
            while (true) {
                try (Socket probe = new Socket()) {
                    probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                    return;
                } catch (IOException notYet) {
                    if (deadline.passed() || !process.isAlive()) {
                        throw notYet;
                    }
                    Thread.onSpinWait();
                }
            }
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }

    private static List<Fate> send(Sink sink, Mailing mailing) {
        TransportSettings settings = TransportSettings.DEFAULTS.withShipment(Duration.ofSeconds(20));
        try (Watchdog watchdog = new Watchdog()) {
            Connector connector = new Connector(settings, watchdog, () -> Caller.NOW);
            Call call = new Call(
                    "sink.example.org",
                    sink.port(),
                    Origin.anywhere("relay.example.com"),
                    TlsDemand.Opportunistic.UNOBSERVED,
                    false,
                    Optional.empty(),
                    Optional.empty());
            Deadline deadline = Deadline.in(settings.shipment());
            return switch (connector.connect(call, InetAddress.getLoopbackAddress(), deadline, (a, b, c) -> {})) {
                case Connector.Outcome.Failed(Fate fate) -> List.of(fate);
                case Connector.Outcome.Ready(SmtpConnection connection) -> {
                    List<Fate> fates = connection.send(mailing, deadline);
                    connection.quit();
                    yield fates;
                }
            };
        }
    }

    @ParameterizedTest
    @CsvSource({"-c", "-a", "-e", "-p", "-E", "-8", "-N"})
    void deliversWhateverIsMissing(String option) throws IOException {
        try (Sink sink = Sink.with(option)) {
            assertThat(send(sink, Caller.mailing("a@example.org", "b@example.org")))
                    .hasSize(2)
                    .hasOnlyElementsOfType(Fate.Taken.class);
        }
    }

    @Test
    void deliversALargeMessageThroughASmallWindow() throws IOException {
        try (Sink sink = Sink.with("-T", "2048")) {
            String content = ("0123456789".repeat(7) + "\r\n.\r\n").repeat(20_000);
            assertThat(send(sink, Caller.carrying(content, "a@example.org"))).hasOnlyElementsOfType(Fate.Taken.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // option, commands, kind, scope, chance
        "-r, connect, Later, HOST, OTHER_HOST",
        "-f, connect, Never, , OTHER_HOST",
        "-r, mail, Later, MESSAGE, NONE",
        "-f, mail, Never, , NONE",
        "-r, rcpt, Later, RECIPIENT, NONE",
        "-f, rcpt, Never, , NONE",
        "-r, data, Later, MESSAGE, NONE",
        "-f, data, Never, , NONE",
        "-r, ., Later, MESSAGE, NONE",
        "-f, ., Never, , NONE",
        "-q, ehlo, Later, HOST, OTHER_HOST",
        "-q, mail, Later, HOST, OTHER_HOST",
        "-q, rcpt, Later, HOST, OTHER_HOST",
        "-q, data, Later, HOST, OTHER_HOST",
        "-q, ., Later, MESSAGE, NONE",
        "-Q, mail, Later, HOST, OTHER_HOST",
        "-Q, rcpt, Later, HOST, OTHER_HOST",
        "-Q, data, Later, HOST, OTHER_HOST",
        "-Q, ., Later, HOST, OTHER_HOST"
    })
    void tellsEachFailureFromTheOthers(String option, String command, String kind, Fate.Scope scope, Fate.Chance chance)
            throws IOException {
        for (String pipelining : List.of("-v", "-p")) {
            try (Sink sink = Sink.with(option, command, pipelining)) {
                Fate fate = send(sink, Caller.mailing("a@example.org")).getFirst();

                assertThat(fate.getClass().getSimpleName()).as(fate.toString()).isEqualTo(kind);
                assertThat(fate.chance()).as(fate.toString()).isEqualTo(chance);
                if (fate instanceof Fate.Later later) {
                    assertThat(later.scope()).as(fate.toString()).isEqualTo(scope);
                }
            }
        }
    }
}
