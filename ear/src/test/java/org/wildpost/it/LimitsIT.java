// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of docs/operations.md, set as variables, hold on the wire: WildFly drops a property that the adapter does not have without a word. */
class LimitsIT {
    private static final int CONNECTIONS = 5;
    private static final Map<String, String> LIMITS = Map.ofEntries(
            entry("WILDPOST_MAX_HEAP_MB", "256"),
            entry("WILDPOST_CONNECTIONS_PER_ADDRESS", String.valueOf(CONNECTIONS)),
            entry("WILDPOST_HANDSHAKE_SECONDS", "2"),
            entry("WILDPOST_SMTP_LINE_OCTETS", "600"),
            entry("WILDPOST_SMTP_RECIPIENTS", "100"),
            entry("WILDPOST_SMTP_ERRORS", "3"),
            entry("WILDPOST_SMTP_COMMAND_SECONDS", "3"),
            entry("WILDPOST_SMTP_DATA_SECONDS", "2"),
            entry("WILDPOST_SMTP_LOGIN_FAILURES", "1"),
            entry("WILDPOST_IMAP_BAD_COMMANDS", "2"),
            entry("WILDPOST_IMAP_LINE_OCTETS", "8192"),
            entry("WILDPOST_IMAP_LOGIN_SECONDS", "3"),
            entry("WILDPOST_IMAP_LOGIN_FAILURES", "1"),
            entry("WILDPOST_IMAP_IDLE_SECONDS", "2"),
            entry("WILDPOST_POP3_ERRORS", "2"),
            entry("WILDPOST_POP3_LOGIN_SECONDS", "3"),
            entry("WILDPOST_ALLOW_PLAINTEXT_LOGIN", "true"));

    /** For the ends of connections to be noticed on a busy machine. */
    private static final Duration ENDING = Duration.ofSeconds(10);

    private static Instance server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = Instance.start(folder.resolve("data"), Instance.freeOffset(), LIMITS, "--demo");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void limitsConnectionsOfAnAddress() throws IOException {
        List<Talk> open = new ArrayList<>();
        try {
            // What an earlier test has closed may still be counted for a moment.
            long deadline = System.nanoTime() + ENDING.toNanos();
            while (open.size() < CONNECTIONS) {
                Talk talk = new Talk(server.port(25));
                String greeting = talk.hear();
                if (greeting.startsWith("220 ")) {
                    open.add(talk);
                } else {
                    talk.close();
                    assertThat(System.nanoTime()).as(greeting).isLessThan(deadline);
                }
            }
            open.add(new Talk(server.port(587)));
            assertThat(open.getLast().hear()).startsWith("421 4.7.0 too many connections");
        } finally {
            for (Talk talk : open) {
                talk.close();
            }
        }
    }

    @Test
    void limitsCommandsErrorsAndRecipientsOfSmtp() throws IOException {
        try (Talk talk = greeted(25)) {
            assertThat(talk.say("NOOP " + "x".repeat(590))).startsWith("250 ");
            assertThat(talk.say("NOOP " + "x".repeat(600))).startsWith("500 5.5.6 ");
            assertThat(talk.say("XYZZY")).startsWith("500 5.5.2 ");
            assertThat(talk.say("XYZZY")).startsWith("500 5.5.2 ");
            assertThat(talk.hear()).startsWith("421 4.7.0 ");
        }
        try (Talk talk = greeted(25)) {
            talk.say("MAIL FROM:<a@example.org>");
            for (int i = 0; i < 100; i++) {
                assertThat(talk.say("RCPT TO:<alice@demo.test>")).startsWith("250 ");
            }
            assertThat(talk.say("RCPT TO:<alice@demo.test>")).startsWith("452 4.5.3 ");
        }
        try (Talk talk = greeted(587)) {
            assertThat(talk.say("AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB3cm9uZw==")).startsWith("535 ");
            assertThat(talk.hear()).startsWith("421 4.7.0 ");
        }
    }

    @Test
    void limitsTheSilenceOfSmtp() throws IOException {
        try (Talk talk = greeted(25)) {
            assertThat(talk.hear()).startsWith("421 4.4.2 ");
            assertThat(talk.hear()).isEqualTo("(closed)");
        }
        try (Talk talk = greeted(25)) {
            talk.say("MAIL FROM:<a@example.org>");
            talk.say("RCPT TO:<alice@demo.test>");
            assertThat(talk.say("DATA")).startsWith("354 ");
            talk.send("Subject: and then");
            assertThat(talk.hear()).startsWith("421 4.4.2 ");
        }
    }

    @Test
    void limitsAHandshake() throws IOException {
        try (Talk talk = new Talk(server.port(465))) {
            assertThat(talk.hear()).isEqualTo("(closed)");
        }
    }

    @Test
    void limitsImap() throws IOException {
        try (Talk talk = new Talk(server.port(143))) {
            assertThat(talk.hear()).startsWith("* OK ");
            talk.send("a NOOP " + "x".repeat(8_200) + "\r\n");
            assertThat(talk.hear()).contains("BAD");
            assertThat(talk.hear()).startsWith("* BYE ");
        }
        try (Talk talk = new Talk(server.port(143))) {
            talk.hear();
            talk.send("a XYZZY\r\n");
            assertThat(talk.hear()).startsWith("a BAD ");
            talk.send("b XYZZY\r\n");
            assertThat(talk.hear() + talk.hear()).contains("* BYE ");
        }
        try (Talk talk = new Talk(server.port(143))) {
            talk.hear();
            assertThat(talk.hear()).as("without a login").startsWith("* BYE ");
        }
        try (Talk talk = new Talk(server.port(143))) {
            talk.hear();
            talk.send("a LOGIN alice@demo.test wrong\r\n");
            assertThat(talk.hear() + talk.hear()).contains("a NO ").contains("* BYE ");
        }
        try (Talk talk = new Talk(server.port(143))) {
            talk.hear();
            talk.send("a LOGIN alice@demo.test wildpost\r\n");
            assertThat(talk.hear()).startsWith("a OK ");
            assertThat(talk.hear()).as("silent").startsWith("* BYE ");
        }
    }

    @Test
    void limitsPop3() throws IOException {
        try (Talk talk = new Talk(server.port(110))) {
            assertThat(talk.hear()).startsWith("+OK ");
            assertThat(talk.say("XYZZY")).startsWith("-ERR");
            assertThat(talk.say("XYZZY")).startsWith("-ERR");
            assertThat(talk.hear()).startsWith("-ERR");
            assertThat(talk.hear()).isEqualTo("(closed)");
        }
        try (Talk talk = new Talk(server.port(110))) {
            talk.hear();
            assertThat(talk.hear()).as("without a login").isEqualTo("(closed)");
        }
    }

    /** Together far more than the heap has room for. */
    @Test
    void takesMessagesOfTheGreatestSizeWithoutHoldingThemInTheHeap() throws Exception {
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS - 1; i++) {
                answers.add(senders.submit(() -> sendLarge(50 * 1024 * 1024)));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).startsWith("250 ");
            }
            assertThat(senders.submit(() -> sendLarge(50 * 1024 * 1024 + 1)).get())
                    .startsWith("552 5.3.4 ");
        } catch (ExecutionException e) {
            throw new IOException(server.output(), e);
        }
    }

    private static String sendLarge(int octets) throws IOException {
        try (Talk talk = greeted(25)) {
            talk.say("MAIL FROM:<a@example.org>");
            talk.say("RCPT TO:<alice@demo.test>");
            talk.say("DATA");
            String head = "Subject: large\r\n\r\n";
            String line = "x".repeat(126) + "\r\n";
            talk.send(head);
            int left = octets - head.length();
            String block = line.repeat(512);
            for (; left > block.length(); left -= block.length()) {
                talk.send(block);
            }
            talk.send("x".repeat(left - 2) + "\r\n");
            return talk.say(".");
        }
    }

    private static Talk greeted(int port) throws IOException {
        Talk talk = new Talk(server.port(port));
        assertThat(talk.hear()).startsWith("220 ");
        assertThat(talk.say("EHLO client.example.org")).startsWith("250 ");
        return talk;
    }
}
