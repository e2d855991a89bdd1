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

/** Mail to and from a real Exim, which sends in chunks over TLS. RFC 3030, RFC 3207, RFC 3464. */
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
