// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.wildpost.core.trust.TestCertificates;

/** Mail to and from a real Postfix: over TLS, signed, with notifications in both directions. RFC 3461, RFC 3464, RFC 6376, RFC 6409. */
@ExtendWith(DemoServer.class)
@Timeout(90)
class PostfixIT {
    private static final String SUBMITTER = "127.0.0.77";
    private static final String VERIFY = """
            import sys, dkim
            keys = dict(zip(sys.argv[2::2], sys.argv[3::2]))
            d = dkim.DKIM(open(sys.argv[1], 'rb').read())
            print([d.verify(idx=i, dnsfunc=lambda n, timeout=5: keys[n.decode().rstrip('.')].encode()) for i in range(len(keys))])
            """;

    @TempDir
    private static Path folder;

    private static Instance server;
    private static Postfix postfix;
    private static Rest rest;
    private static Owner alice;

    private final String subject = "subject-" + UUID.randomUUID();

    @BeforeAll
    static void start(Instance demo) throws IOException {
        server = demo;
        rest = new Rest(demo);
        alice = new Owner(demo, "alice@demo.test");
        postfix = Postfix.start(demo.port(25));
        rest.route(Postfix.DOMAIN, postfix.port(), "encrypt");
        assertThat(rest.send("PUT", "domains/demo.test/dkim", "")).endsWith(" 200");
        if (rest.ask("domains/demo.test/dkim").contains("\"state\":\"pending\"")) {
            assertThat(rest.send("POST", "domains/demo.test/dkim/activate", "")).endsWith(" 200");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (postfix != null) {
            postfix.close();
        }
    }

    @Test
    void postfixTakesWhatAnOwnerSubmitsOverTlsAndTheRecordSaysSo() throws IOException {
        alice.submit("you@partner.test", subject, "--local-interface", SUBMITTER, "--helo", "laptop.secret.test");

        String arrived = Files.readString(postfix.received("you", subject), StandardCharsets.ISO_8859_1);
        String known = rest.await("emails?address=you@partner.test", "\"subject\":\"" + subject + "\"");
        String id = Pattern.compile("\"id\":\"([^\"]+)\"[^}]*\"" + subject + "\"")
                .matcher(known)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        String status = rest.await("emails/" + id + "/status", "\"state\":\"delivered\"");

        assertThat(arrived)
                .contains("Return-Path: <alice@demo.test>", "using TLSv1.3", "\nMessage-Id: ", "\nDate: ", id)
                .doesNotContain(SUBMITTER, "laptop.secret.test");
        assertThat(status)
                .contains("\"status\":\"2.0.0\"", "250 2.0.0 Ok: queued as", "\"host\":\"[127.0.0.1]\"")
                .contains("\"policy\":\"local:encrypt\"", "\"tls_protocol\":\"TLSv1.3\"", "\"tls_cipher\":\"TLS_");
    }

    @Test
    void everySignatureOfWhatArrivesIsTrue() throws IOException {
        Tool python = new Tool("/usr/bin/python3");
        Assumptions.assumeTrue(
                python.run("-c", "import dkim, nacl").exit() == 0, "python3-dkim with python3-nacl is not installed");
        alice.submit("you@partner.test", subject);
        Path arrived = postfix.received("you", subject);

        List<String> arguments = new ArrayList<>(List.of("-c", VERIFY, arrived.toString()));
        Matcher keys = Pattern.compile("\"state\":\"active\",\"record_name\":\"([^\"]+)\",\"record\":\"([^\"]+)\"")
                .matcher(rest.ask("domains/demo.test/dkim"));
        int count = 0;
        while (keys.find()) {
            arguments.addAll(List.of(keys.group(1), keys.group(2)));
            count++;
        }

        assertThat(count).as("keys of two kinds").isEqualTo(2);
        assertThat(python.run(arguments.toArray(String[]::new)).output().strip())
                .isEqualTo("[True, True]");
    }

    @Test
    void anAddressThatPostfixDoesNotKnowComesBackWithItsWords() throws IOException, MessagingException {
        alice.submit("nobody@partner.test", subject);

        String notice = alice.received("nobody@partner.test");

        assertThat(rest.delivery("nobody@partner.test", "failed")).contains("\"status\":\"5.1.1\"", "550 5.1.1 ");
        assertThat(notice)
                .contains("report-type=delivery-status", "Action: failed", "Status: 5.1.1", subject)
                .containsPattern("Final-Recipient: rfc822; ?nobody@partner\\.test")
                .containsPattern("Remote-MTA: dns; ?127\\.0\\.0\\.1|Remote-MTA: dns; ?\\[127\\.0\\.0\\.1]")
                .containsPattern("Diagnostic-Code: smtp; ?550 5\\.1\\.1 ");
    }

    @Test
    void whatPostfixRelaysOverTlsLandsInAnInbox() throws IOException, MessagingException {
        postfix.sendmail(message("bob@demo.test"), "me@partner.test", "bob@demo.test");

        assertThat(new Owner(server, "bob@demo.test").received(subject).replaceAll("\\s+", " "))
                .contains("Return-Path: <me@partner.test>", "from mx.partner.test", "with ESMTPS")
                .contains("Received: by mx.partner.test (Postfix");
        assertThat(postfix.log()).contains("TLS connection established to 127.0.0.1");
    }

    /** RFC 3461: Postfix hands the wish on, this server grants it, and its notification goes the way back. */
    @Test
    void anAskedForConfirmationGoesBackToASenderBehindPostfix() throws IOException {
        postfix.sendmail(
                message("alice@demo.test"),
                "me@partner.test",
                "alice@demo.test",
                "-N",
                "success,failure",
                "-V",
                "env-" + subject);

        String notice = Files.readString(postfix.received("me", subject), StandardCharsets.ISO_8859_1);

        assertThat(notice)
                .contains("Return-Path: <>", "Action: delivered", "Original-Envelope-Id: env-" + subject)
                .containsPattern("Original-Recipient: rfc822; ?alice@demo\\.test")
                .containsPattern("Status: 2\\.[0-9.]+");
    }

    @Test
    void aRefusalMakesPostfixBounce() throws IOException {
        postfix.sendmail(message("nobody@demo.test"), "me@partner.test", "nobody@demo.test");

        String notice = Files.readString(postfix.received("me", subject), StandardCharsets.ISO_8859_1);

        assertThat(notice)
                .contains("<MAILER-DAEMON@mx.partner.test", "Status: 5.1.1")
                .containsPattern("Diagnostic-Code: smtp; 550 5\\.1\\.1 ");
    }

    @Test
    void aSmarthostThatWantsACertificateTakesMailFromWhoHasTheRightOne() throws IOException {
        String recipient = "you@strict." + Postfix.DOMAIN;
        String route = rest.smarthost("strict." + Postfix.DOMAIN, postfix.strictPort(), "encrypt", "");
        alice.submit(recipient, subject);
        assertThat(rest.await("queue?recipient=" + recipient, "\"status\":\"4.7.1\""))
                .contains("421 4.7.1 mx.partner.test Error: No client certificate presented");

        TestCertificates strangers = TestCertificates.authority("strangers").host("mail.demo.test");
        identify(route, strangers);
        assertThat(rest.await("queue?recipient=" + recipient, "not trusted"))
                .contains("421 4.7.1 mx.partner.test Error: Client certificate not trusted");

        identify(route, Postfix.AUTHORITY.host("mail.demo.test"));
        rest.delivery(recipient, "delivered");
        assertThat(Files.readString(postfix.received("you", subject), StandardCharsets.ISO_8859_1)
                        .replaceAll("\\s+", " "))
                .contains("(Client CN \"host\", Issuer \"partners\" (verified OK))");
    }

    private static void identify(String route, TestCertificates certificate) throws IOException {
        assertThat(rest.send(
                        "PATCH", route, "{" + Maildirs.identity(certificate).substring(1) + "}"))
                .endsWith(" 200");
    }

    private Path message(String recipient) throws IOException {
        return Files.writeString(
                folder.resolve("mail.eml"),
                "From: me@partner.test\nTo: " + recipient + "\nSubject: " + subject + "\n\nwords\n");
    }
}
