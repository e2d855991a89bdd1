// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.search.SubjectTerm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator names by variables: proxies (PROXY protocol), neighbours that speak for clients (XCLIENT) and LMTP (RFC 2033), asked by swaks, which others
 * wrote.
 */
class SmtpNeighboursIT {
    private static final String PROXY = "127.0.0.9";

    @TempDir
    private static Path folder;

    private static Instance server;

    @BeforeAll
    static void start() throws IOException {
        server = Instance.start(
                folder.resolve("data"),
                Instance.freeOffset(),
                Map.of(
                        "WILDPOST_HOSTNAME", "mail.demo.test",
                        "WILDPOST_PROXY_NETWORKS", PROXY + "/32, 2001:db8::/32",
                        "WILDPOST_XCLIENT_NETWORKS", "127.0.0.8",
                        "WILDPOST_LMTP_PORT", "24",
                        "WILDPOST_LMTP_BIND", "127.0.0.2"),
                "--demo");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void saysWhereLmtpIs() throws IOException {
        assertThat(server.output()).contains("127.0.0.2:" + server.port(24)).contains("LMTP, mail from neighbours");
    }

    @Test
    void answersLmtpForEachRecipient() throws IOException, MessagingException {
        Tool.Result result = Tool.installed("swaks")
                .run(
                        "--protocol", "LMTP",
                        "--server", "127.0.0.2:" + server.port(24),
                        "--from", "sender@example.org",
                        "--to", "alice@demo.test,bob@demo.test",
                        "--header", "Subject: over LMTP");
        assertThat(result.output()).contains("LMTP Wildpost", "-> LHLO");
        assertThat(result.output().split("<-  250 2\\.0\\.0 delivered")).hasSize(3);
        assertThat(result.exit()).isZero();
        assertThat(received("alice", "over LMTP")).contains("with LMTP id").contains("([127.0.0.1])");
    }

    @Test
    void takesTheClientOfAProxyForTheClient() throws IOException, MessagingException {
        for (String version : new String[] {"1", "2"}) {
            Tool.Result result = Tool.installed("swaks")
                    .run(
                            "--server",
                            "127.0.0.1:" + server.port(25),
                            "--local-interface",
                            PROXY,
                            "--proxy-version",
                            version,
                            "--proxy-family",
                            version.equals("1") ? "TCP4" : "AF_INET",
                            "--proxy-source",
                            "203.0.113." + version,
                            "--proxy-source-port",
                            "4711",
                            "--proxy-dest",
                            "198.51.100.1",
                            "--proxy-dest-port",
                            "25",
                            "--from",
                            "sender@example.org",
                            "--to",
                            "alice@demo.test",
                            "--header",
                            "Subject: through proxy " + version);
            assertThat(result.exit()).as(result.output()).isZero();
            assertThat(received("alice", "through proxy " + version)).contains("([203.0.113." + version + "])");
        }
    }

    @Test
    void closesAProxyThatSaysNothing() throws IOException {
        Tool.Result result = Tool.installed("swaks")
                .run(
                        "--server",
                        "127.0.0.1:" + server.port(25),
                        "--local-interface",
                        PROXY,
                        "--timeout",
                        "20",
                        "--quit-after",
                        "CONNECT");
        assertThat(result.exit()).isNotZero();
        assertThat(result.output()).doesNotContain("220 ");
    }

    @Test
    void believesWhatATrustedNeighbourSaysOfItsClient() throws IOException, MessagingException {
        Tool.Result result = Tool.installed("swaks")
                .run(
                        "--server", "127.0.0.1:" + server.port(25),
                        "--local-interface", "127.0.0.8",
                        "--xclient-addr", "192.0.2.77",
                        "--xclient-name", "client.example.org",
                        "--xclient-helo", "helo.example.org",
                        "--from", "sender@example.org",
                        "--to", "bob@demo.test",
                        "--header", "Subject: for another");
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(received("bob", "for another")).contains("from helo.example.org ([192.0.2.77])");
    }

    @Test
    void letsNobodyElseSpeakForOthers() throws IOException {
        Tool.Result result = Tool.installed("swaks")
                .run(
                        "--server", "127.0.0.1:" + server.port(25),
                        "--xclient-addr", "192.0.2.77",
                        "--from", "sender@example.org",
                        "--to", "bob@demo.test");
        assertThat(result.exit()).isNotZero();
        assertThat(result.output()).doesNotContain("delivered");
    }

    /** The Received field that this server wrote above a message. */
    private static String received(String account, String subject) throws MessagingException {
        try (Store store = MailClient.imap(server, account + "@demo.test");
                Folder inbox = MailClient.inbox(store, Folder.READ_ONLY)) {
            return Arrays.stream(inbox.search(new SubjectTerm(subject)))
                    .map(SmtpNeighboursIT::topReceived)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no message about " + subject));
        }
    }

    private static String topReceived(Message message) {
        try {
            return message.getHeader("Received")[0].replaceAll("\\s+", " ");
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }
}
