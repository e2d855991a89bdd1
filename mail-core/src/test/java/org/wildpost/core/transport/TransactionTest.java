// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.listener.smtp.MailOptions;

/** Mail transactions with servers that keep to the rules (RFC 5321 §3.3, RFC 2920). */
class TransactionTest {
    private static final String OK = "250 2.0.0 queued as 1";

    private final Caller caller = new Caller();

    @AfterEach
    void hangUp() {
        caller.close();
    }

    @Test
    void saysTheWholeEnvelopeInOneGoWherePipeliningIsOffered() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome("PIPELINING", "ENHANCEDSTATUSCODES");
            client.expect("MAIL FROM:<me@example.com>");
            client.expect("RCPT TO:<a@example.org>");
            client.expect("RCPT TO:<b@example.org>");
            client.expect("DATA");
            assertThat(client.silent())
                    .as("not a word of the message before 354")
                    .isTrue();
            client.say("250 2.1.0 ok", "250 2.1.5 ok", "250 2.1.5 ok", "354 go");
            assertThat(new String(client.message(), StandardCharsets.UTF_8)).isEqualTo(Caller.MESSAGE + ".\r\n");
            client.say(OK);
        })) {
            assertThat(caller.send(server, Caller.mailing("a@example.org", "b@example.org")))
                    .containsExactly(
                            new Fate.Taken("2.0.0", OK, false, true), new Fate.Taken("2.0.0", OK, false, true));
            assertThat(server.faults()).isEmpty();
        }
    }

    @Test
    void waitsForEachReplyWhereItIsNot() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome();
            client.expect("MAIL");
            assertThat(client.silent()).isTrue();
            client.say("250 ok");
            client.expect("RCPT");
            assertThat(client.silent()).isTrue();
            client.say("250 ok");
            client.expect("DATA");
            client.say("354 go");
            client.message();
            client.say(OK);
        })) {
            caller.send(server, Caller.mailing("a@example.org"));

            assertThat(server.faults()).isEmpty();
        }
    }

    @Test
    void sendsManyRecipientsInGroupsThatFitTheNetwork() throws IOException {
        int count = 1000;
        String[] recipients = IntStream.range(0, count)
                .mapToObj(i -> "recipient" + i + "@example.org")
                .toArray(String[]::new);
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome("PIPELINING");
            int octets = 0;
            int unanswered = 0;
            String line = client.line();
            while (!line.equals("DATA")) {
                octets += line.length();
                unanswered++;
                // The first of the next group would not fit any more: this group must be answered.
                if (octets + 40 > Transaction.GROUP) {
                    assertThat(client.silent()).as("the rest waits").isTrue();
                    for (; unanswered > 0; unanswered--) {
                        client.say("250 ok");
                    }
                    octets = 0;
                }
                line = client.line();
            }
            for (; unanswered > 0; unanswered--) {
                client.say("250 ok");
            }
            client.say("354 go");
            client.message();
            client.say(OK);
        })) {
            assertThat(caller.send(server, Caller.mailing(recipients)))
                    .hasSize(count)
                    .hasOnlyElementsOfType(Fate.Taken.class);
            assertThat(server.faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysWhetherTheServerLooksAtTheDeadline(boolean offered) throws IOException {
        PoliteServer part = offered ? new PoliteServer("DELIVERBY") : new PoliteServer("DSN");
        MailOptions.DeliverBy by =
                new MailOptions.DeliverBy(Caller.NOW.plusSeconds(600), MailOptions.DeliverBy.Mode.NOTIFY, false);
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertThat(caller.send(server, Caller.with(Options.deliverBy(by))))
                    .singleElement()
                    .isEqualTo(new Fate.Taken("2.0.0", OK, !offered, offered));
        }
    }

    @Test
    void givesEachRecipientTheAnswerThatItGot() throws IOException {
        PoliteServer part = new PoliteServer("PIPELINING", "DSN")
                .answering("RCPT TO:<full@", "452 4.2.2 mailbox full")
                .answering("RCPT TO:<nobody@", "550 5.1.1 who is that");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            SmtpConnection connection = caller.ready(server);
            List<Fate> fates = caller.send(
                    connection, Caller.mailing("nobody@example.org", "you@example.org", "full@example.org"));

            assertThat(fates)
                    .containsExactly(
                            new Fate.Never("5.1.1", "550 5.1.1 who is that", Fate.Chance.NONE),
                            new Fate.Taken("2.0.0", OK, true, true),
                            new Fate.Later("4.2.2", "452 4.2.2 mailbox full", Fate.Scope.RECIPIENT, Fate.Chance.NONE));
            assertThat(connection.usable()).isTrue();
        }
    }

    @Test
    void triesAgainInAnotherTransactionWhatWasTooManyForThisOne() throws IOException {
        PoliteServer part = new PoliteServer().answering("RCPT TO:<b@", "452 too many recipients");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            List<Fate> fates = caller.send(server, Caller.mailing("a@example.org", "b@example.org"));

            assertThat(fates.get(1))
                    .isEqualTo(new Fate.Later(
                            "4.5.3", "452 too many recipients", Fate.Scope.RECIPIENT, Fate.Chance.OTHER_TRANSACTION));
        }
    }

    @Test
    void doesNotTakeTheFirstRecipientForTooMany() throws IOException {
        PoliteServer part = new PoliteServer().answering("RCPT", "452 4.5.3 too many recipients");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            assertThat(caller.send(server, Caller.mailing("a@example.org")))
                    .containsExactly(new Fate.Later(
                            "4.5.3", "452 4.5.3 too many recipients", Fate.Scope.RECIPIENT, Fate.Chance.NONE));
        }
    }

    @Test
    void sendsNoMessageForNobodyAndBeginsTheNextTransactionAnew() throws IOException {
        for (String[] keywords : new String[][] {{}, {"PIPELINING"}}) {
            PoliteServer part = new PoliteServer(keywords).answering("RCPT TO:<nobody@", "550 no");
            try (ScriptedServer server = ScriptedServer.playing(part)) {
                SmtpConnection connection = caller.ready(server);
                caller.send(connection, Caller.mailing("nobody@example.org"));
                caller.send(connection, Caller.mailing("you@example.org"));
                caller.send(connection, Caller.mailing("you@example.org"));

                assertThat(part.deliveries()).hasSize(2);
                assertThat(server.heard()).filteredOn("RSET"::equals).hasSize(1);
                assertThat(server.heard().indexOf("RSET"))
                        .isLessThan(server.heard().lastIndexOf("MAIL FROM:<me@example.com>"));
            }
        }
    }

    @Test
    void leavesAServerThatWantsAMessageForNobody() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(client -> {
            client.welcome("PIPELINING");
            client.expect("MAIL");
            client.expect("RCPT");
            client.expect("DATA");
            client.say("250 ok", "550 5.1.1 no", "354 go on");
            assertThat(client.silent()).as("no empty message").isTrue();
        })) {
            SmtpConnection connection = caller.ready(server);

            assertThat(caller.send(connection, Caller.mailing("you@example.org")))
                    .containsExactly(new Fate.Never("5.1.1", "550 5.1.1 no", Fate.Chance.NONE));
            assertThat(connection.usable()).isFalse();
        }
    }

    @Test
    void holdsARefusedSenderAgainstTheMessage() throws IOException {
        PoliteServer later = new PoliteServer("PIPELINING").answering("MAIL", "451 4.7.1 slow down");
        PoliteServer never = new PoliteServer().answering("MAIL", "550 5.7.1 not from you");
        try (ScriptedServer server = ScriptedServer.playing(later, never)) {
            assertThat(caller.send(server, Caller.mailing("a@example.org", "b@example.org")))
                    .hasSize(2)
                    .containsOnly(new Fate.Later("4.7.1", "451 4.7.1 slow down", Fate.Scope.MESSAGE, Fate.Chance.NONE));
            assertThat(caller.send(server, Caller.mailing("a@example.org", "b@example.org")))
                    .hasSize(2)
                    .containsOnly(new Fate.Never("5.7.1", "550 5.7.1 not from you", Fate.Chance.NONE));
        }
    }

    @Test
    void holdsARefusedMessageAgainstTheMessage() throws IOException {
        PoliteServer data = new PoliteServer().answering("DATA", "451 4.3.1 disk full");
        PoliteServer spam = new PoliteServer().answering(".", "554 5.7.1 spam");
        try (ScriptedServer server = ScriptedServer.playing(data, spam)) {
            assertThat(caller.send(server, Caller.mailing("a@example.org")))
                    .containsExactly(
                            new Fate.Later("4.3.1", "451 4.3.1 disk full", Fate.Scope.MESSAGE, Fate.Chance.NONE));
            assertThat(caller.send(server, Caller.mailing("a@example.org")))
                    .containsExactly(new Fate.Never("5.7.1", "554 5.7.1 spam", Fate.Chance.NONE));
        }
    }

    @Test
    void honoursHowManyMessagesAHostTakes() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(new PoliteServer("LIMITS MAILMAX=2"))) {
            SmtpConnection connection = caller.ready(server);
            caller.send(connection, Caller.mailing("a@example.org"));
            assertThat(connection.usable()).isTrue();
            caller.send(connection, Caller.mailing("a@example.org"));

            assertThat(connection.usable()).isFalse();
        }
    }

    @Test
    void sendsABinaryMessageInAChunkAsItIs() throws IOException {
        String content = "a\n.\r\0.\r\n";
        PoliteServer part = new PoliteServer("PIPELINING", "CHUNKING", "BINARYMIME", "8BITMIME");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            SmtpConnection connection = caller.ready(server);
            caller.send(connection, binary(content));
            caller.send(connection, binary(content));

            assertThat(part.deliveries()).hasSize(2).allSatisfy(delivery -> {
                assertThat(delivery.mail()).endsWith(" BODY=BINARYMIME");
                assertThat(new String(delivery.content(), StandardCharsets.UTF_8))
                        .isEqualTo(content);
            });
            assertThat(server.heard()).contains("BDAT 8 LAST").doesNotContain("DATA", "RSET");
        }
    }

    private static Mailing binary(String content) {
        MailOptions options = Options.body(MailOptions.Body.BINARY);
        Mailing plain = Caller.carrying(content, "you@example.org");
        return new Mailing(plain.reversePath(), options, plain.recipients(), plain.content(), false, false);
    }

    @Test
    void defersWhatCannotBeReadHereAndNeverEndsIt() throws IOException {
        InputStream breaking = new InputStream() {
            private final InputStream begin =
                    new ByteArrayInputStream("Subject: half\r\n".getBytes(StandardCharsets.US_ASCII));

            @Override
            public int read() throws IOException {
                int octet = begin.read();
                if (octet < 0) {
                    throw new IOException("the database is gone");
                }
                return octet;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = begin.read(buffer, offset, length);
                if (read < 0) {
                    throw new IOException("the database is gone");
                }
                return read;
            }
        };
        Mailing plain = Caller.mailing("you@example.org");
        Mailing.Content content = new Mailing.Content() {
            @Override
            public long size() {
                return 1000;
            }

            @Override
            public InputStream open() {
                return breaking;
            }
        };
        for (MailOptions options : List.of(MailOptions.NONE, Options.body(MailOptions.Body.BINARY))) {
            PoliteServer part = new PoliteServer("CHUNKING", "BINARYMIME");
            try (ScriptedServer server = ScriptedServer.playing(part)) {
                List<Fate> fates = caller.send(
                        server, new Mailing(plain.reversePath(), options, plain.recipients(), content, false, false));

                assertThat(fates)
                        .containsExactly(new Fate.Later(
                                "4.3.0",
                                "the message cannot be read here: the database is gone",
                                Fate.Scope.MESSAGE,
                                Fate.Chance.NONE));
                assertThat(part.deliveries()).isEmpty();
            }
        }
    }

    @Test
    void sendsLargeMessagesWhole() throws IOException {
        String line = "0123456789".repeat(7) + "\r\n.\r\n";
        String content = line.repeat(50_000);
        PoliteServer part = new PoliteServer("PIPELINING");
        try (ScriptedServer server = ScriptedServer.playing(part)) {
            caller.send(server, Caller.carrying(content, "you@example.org"));

            String sent = new String(part.deliveries().getFirst().content(), StandardCharsets.UTF_8);
            assertThat(sent).isEqualTo(content.replace("\r\n.", "\r\n..") + ".\r\n");
        }
    }
}
