// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wildpost.core.transport.PoliteServer;
import org.wildpost.core.transport.ScriptedServer;

/** A database that stands still, one that dies, and a resolver that never says a word: clients are told, nothing is lost, and all goes on by itself. */
@Timeout(180)
class BadDaysIT {
    private static final int SENDERS = 4;

    /** Octets of the log of a test. */
    private static final long MOST_OCTETS_OF_LOG = 400_000;

    /** Twice what a question to the database may take here, and the wait for a connection. */
    private static final Duration BOUND = Duration.ofSeconds(15);

    /** How long the database stands still: longer than a node may go without a heartbeat. */
    private static final Duration AWAY = Duration.ofSeconds(60);

    private static DatagramSocket resolver;
    private static Instance server;
    private static Rest rest;
    private static Owner alice;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        // Bound, and never read.
        resolver = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server = Instance.start(
                folder.resolve("data"),
                Instance.freeOffset(),
                Map.ofEntries(
                        entry("WILDPOST_HOSTNAME", "mail.demo.test"),
                        entry("WILDPOST_DB_ANSWER_SECONDS", "3"),
                        entry("WILDPOST_DNS_SERVERS", "127.0.0.1:" + resolver.getLocalPort()),
                        entry("WILDPOST_DNS_TIMEOUT_SECONDS", "4"),
                        entry("WILDPOST_QUEUE_RETRIES", "2s")),
                "--demo");
        rest = new Rest(server);
        alice = new Owner(server, "alice@demo.test");
    }

    @AfterAll
    static void stop() {
        server.close();
        resolver.close();
    }

    @Test
    void aDatabaseThatStandsStillKeepsNobodyWaitingForEver()
            throws IOException, MessagingException, InterruptedException {
        int port = Postfix.freePort();
        rest.route("still.test", port, "none");
        alice.submit("you@still.test", "waits");
        rest.await("queue?recipient=you@still.test", "\"status\":\"4.4.1\"");
        List<Long> before = postgres();
        try (Load load = new Load(server, "bob@demo.test", SENDERS);
                ImapWire reader = new ImapWire(server, "bob@demo.test")) {
            load.awaitMore(20);
            long end = System.nanoTime() + AWAY.toNanos();
            signal("STOP");
            try {
                assertUnavailable(reader);
                load.awaitRefusal("451");
                while (System.nanoTime() < end) {
                    Rest.pause();
                }
            } finally {
                signal("CONT");
            }
            load.awaitMore(40);
            load.stop();
            assertThat(load.refusals()).allMatch(told -> told.contains("got 451 "));
            load.assertNothingIsLost();
            reader.command("SELECT INBOX");
        }
        assertThat(postgres()).as("it is the same one").contains(before.getFirst());
        assertQueueGoesOn(port);
    }

    @Test
    void aDatabaseThatDiesInTheMiddleOfEverythingLosesNothing()
            throws IOException, MessagingException, InterruptedException {
        int port = Postfix.freePort();
        rest.route("dies.test", port, "none");
        alice.submit("you@dies.test", "waits");
        rest.await("queue?recipient=you@dies.test", "\"status\":\"4.4.1\"");
        List<Long> before = postgres();
        long wildFly = process("java");
        long log = Files.size(server.data().resolve("log/server.log"));
        try (Load load = new Load(server, "alice@demo.test", SENDERS);
                ImapWire reader = new ImapWire(server, "alice@demo.test")) {
            load.awaitMore(20);
            // Whatever is under way stops before its commit; killed there, it never is.
            signal("STOP");
            assertUnavailable(reader);
            load.awaitRefusal("451");
            signal("KILL");
            load.awaitMore(40);
            load.stop();
            assertThat(load.refusals()).allMatch(told -> told.contains("got 451 "));
            load.assertNothingIsLost();
            reader.command("SELECT INBOX");
        }
        assertThat(postgres()).isNotEmpty().doesNotContainAnyElementsOf(before);
        assertTellsWithoutMuchAdo(log);
        assertThat(process("java")).as("WildFly is the same").isEqualTo(wildFly);
        assertQueueGoesOn(port);
    }

    @Test
    void aResolverThatSaysNothingDefersMailForOthersAndNothingElse() throws IOException, MessagingException {
        long began = System.nanoTime();
        alice.submit("you@nowhere-to-be-found.test", "asks in vain");

        String waiting = rest.await("queue?recipient=you@nowhere-to-be-found.test", "\"attempts\":1");
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(waiting)
                .contains(
                        "\"status\":\"4.4.3\"",
                        "the exchangers of nowhere-to-be-found.test are not known",
                        "no answer");
        assertThat(took).isLessThan(BOUND);
        try (SmtpSender sender = new SmtpSender(server.port(25))) {
            sender.send("bob@demo.test", "meanwhile");
        }
        new Owner(server, "bob@demo.test").received("meanwhile");
    }

    /** Also for who logs in now, and within a bound. */
    private static void assertUnavailable(ImapWire reader) throws IOException {
        long began = System.nanoTime();
        assertThat(reader.answers("SELECT INBOX").getLast()).contains(" NO [UNAVAILABLE] ");
        assertThat(Tool.installed("curl")
                        .run("-s", "http://127.0.0.1:" + server.port(8080) + "/health/ready", "-w", " %{http_code}")
                        .output())
                .endsWith(" 503");
        try (Talk newcomer = new Talk(server.port(110))) {
            assertThat(newcomer.hear()).startsWith("+OK ");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND);
    }

    private static void assertQueueGoesOn(int port) throws IOException {
        PoliteServer there = new PoliteServer();
        try (ScriptedServer next = ScriptedServer.playingAt(InetAddress.getLoopbackAddress(), port, there)) {
            Load.await(
                    "nothing comes to port " + next.port(),
                    () -> !there.deliveries().isEmpty());
        }
    }

    /** What a bad day adds to a full disk: hundreds of refusals, and not a trace for each. */
    private static void assertTellsWithoutMuchAdo(long logBefore) throws IOException {
        assertThat(Files.size(server.data().resolve("log/server.log")) - logBefore)
                .isLessThan(MOST_OCTETS_OF_LOG);
    }

    private static void signal(String name) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-" + name));
        postgres().forEach(process -> arguments.add(process.toString()));
        new Tool("kill").run(arguments.toArray(String[]::new));
    }

    private static List<Long> postgres() {
        return server.postgres().stream().map(ProcessHandle::pid).toList();
    }

    /** The one child of the launcher that runs a program. */
    private static long process(String program) {
        return server.launcher()
                .children()
                .filter(process -> process.info().command().orElse("").endsWith("/" + program))
                .findFirst()
                .orElseThrow()
                .pid();
    }
}
