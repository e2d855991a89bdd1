// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.wildpost.core.trust.TestCertificates;

/** Mail to and from a real Exim, which sends in chunks over TLS, and through it as a smarthost. RFC 3030, RFC 3207, RFC 3464, RFC 4954. */
@ExtendWith(DemoServer.class)
@Timeout(90)
class EximIT {
    private static Instance server;
    private static Exim exim;
    private static Rest rest;
    private static Owner alice;

    private final String subject = "subject-" + UUID.randomUUID();

    @BeforeAll
    static void start(Instance demo) throws IOException {
        server = demo;
        rest = new Rest(demo);
        alice = new Owner(demo, "alice@demo.test");
        exim = Exim.start(demo.port(25));
        rest.route(Exim.DOMAIN, exim.port(), "encrypt");
    }

    @AfterAll
    static void stop() throws IOException {
        if (exim != null) {
            exim.close();
        }
    }

    @Test
    void eximTakesWhatAnOwnerSubmitsOverTls() throws IOException {
        alice.submit("you@" + Exim.DOMAIN, subject);

        String arrived = Files.readString(exim.received("you", subject), StandardCharsets.ISO_8859_1);

        assertThat(arrived)
                .contains("Return-path: <alice@demo.test>", "Envelope-to: you@" + Exim.DOMAIN)
                .containsPattern("with esmtps +\\(TLS1\\.3\\)");
        assertThat(rest.delivery("you@" + Exim.DOMAIN, "delivered"))
                .contains("250 OK id=", "\"policy\":\"local:encrypt\"", "\"tls_protocol\":\"TLSv1.3\"");
    }

    @Test
    void anAddressThatEximDoesNotKnowComesBackWithItsWords() throws IOException, MessagingException {
        alice.submit("nobody@" + Exim.DOMAIN, subject);

        assertThat(alice.received(subject))
                .contains("report-type=delivery-status", "Action: failed", "there is nobody here of that name");
    }

    @Test
    void whatEximRelaysInChunksOverTlsLandsInAnInbox() throws IOException, MessagingException {
        send("bob@demo.test");

        assertThat(new Owner(server, "bob@demo.test").received(subject).replaceAll("\\s+", " "))
                .contains("Return-Path: <me@neighbour.test>", "from mx.neighbour.test", "with ESMTPS", "words");
        assertThat(exim.log())
                .containsPattern("=> bob@demo\\.test R=others T=relay H=127\\.0\\.0\\.1.* X=TLS1\\.3:\\S+ .*K C=\"250");
    }

    @Test
    void aRefusalMakesEximBounce() throws IOException {
        send("nobody@demo.test");

        assertThat(Files.readString(exim.received("me", subject), StandardCharsets.ISO_8859_1))
                .contains("Return-path: <>", "Action: failed", "nobody@demo.test", "550 5.1.1");
    }

    @Test
    void aSmarthostTakesWhatComesWithTheRightPassword() throws IOException {
        rest.smarthost(Exim.MEMBERS, exim.port(), "encrypt", login(Exim.PASSWORD));
        alice.submit("you@" + Exim.MEMBERS, subject);
        assertThat(rest.delivery("you@" + Exim.MEMBERS, "delivered")).contains("\"attempts\":1", "250 OK id=");
        assertThat(Files.readString(exim.received("you", subject), StandardCharsets.ISO_8859_1))
                .containsPattern("with esmtpsa +\\(TLS1\\.3\\)");
        assertThat(exim.log()).containsPattern("<= alice@demo\\.test .* A=plain:us ");

        // The connection that logged in is still open: it is nobody else's.
        String route = rest.smarthost("also." + Exim.MEMBERS, exim.port(), "encrypt", login("wrong"));
        alice.submit("you@also." + Exim.MEMBERS, subject);
        assertThat(rest.await("queue?recipient=you@also." + Exim.MEMBERS, "\"attempts\":1"))
                .contains("\"status\":\"4.7.8\"", "the host does not let this server in: 535 ");

        assertThat(rest.send("PATCH", route, "{" + login(Exim.PASSWORD).substring(1) + "}"))
                .endsWith(" 200");
        assertThat(rest.delivery("you@also." + Exim.MEMBERS, "delivered")).contains("\"status\":\"4.7.8\"");
    }

    @Test
    void aPasswordDoesNotCrossWithoutTls() throws IOException {
        rest.smarthost("clear." + Exim.DOMAIN, exim.port(), "none", login(Exim.PASSWORD));
        alice.submit("you@clear." + Exim.DOMAIN, subject);

        assertThat(rest.await("queue?recipient=you@clear." + Exim.DOMAIN, "\"attempts\":1"))
                .contains("\"status\":\"4.7.11\"", "the password must not cross without TLS");
    }

    /** In TLS 1.3 the server's refusal comes when the client's handshake is over (RFC 8446 §4.4.2.4). */
    @Test
    void aSmarthostThatWantsACertificateTakesMailFromWhoHasOne() throws IOException {
        String route = rest.smarthost("strict." + Exim.DOMAIN, exim.strictPort(), "encrypt", "");
        alice.submit("you@strict." + Exim.DOMAIN, subject);
        assertThat(rest.await("queue?recipient=you@strict." + Exim.DOMAIN, "\"attempts\":1"))
                .contains("\"status\":\"4.", "certificate_required");

        TestCertificates ours = Exim.AUTHORITY.host("mail.demo.test");
        assertThat(rest.send("PATCH", route, "{" + Maildirs.identity(ours).substring(1) + "}"))
                .endsWith(" 200");
        rest.delivery("you@strict." + Exim.DOMAIN, "delivered");
        assertThat(exim.log()).containsPattern("<= alice@demo\\.test .* CV=yes ");
    }

    private static String login(String password) {
        return ",\"username\":\"" + Exim.USERNAME + "\",\"passwordPlaintext\":\"" + password + "\"";
    }

    private void send(String recipient) throws IOException {
        Tool.Result sent = Tool.installed("swaks")
                .run(
                        "--server",
                        "127.0.0.1:" + exim.port(),
                        "--from",
                        "me@" + Exim.DOMAIN,
                        "--to",
                        recipient,
                        "--header",
                        "Subject: " + subject,
                        "--body",
                        "words");
        assertThat(sent.exit()).as(sent.output()).isZero();
    }
}
