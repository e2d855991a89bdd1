// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A message that swaks sends is read by clients of every protocol. */
@ExtendWith(DemoServer.class)
class FirstMessageIT {
    @Test
    void isReadByCurlOverImaps(Instance server) throws IOException {
        String token = sent(server, "alice@demo.test");
        Tool curl = Tool.installed("curl");
        String inbox = "imaps://127.0.0.1:" + server.port(993) + "/INBOX";
        Tool.Result found = curl.run("-sk", "-u", "alice@demo.test:wildpost", inbox + "?SUBJECT%20" + token);
        Matcher number = Pattern.compile("\\* SEARCH (\\d+)").matcher(found.output());
        assertThat(number.find()).as(found.output()).isTrue();
        Tool.Result read = curl.run("-sk", "-u", "alice@demo.test:wildpost", inbox + ";MAILINDEX=" + number.group(1));
        assertThat(read.output())
                .contains("Subject: " + token)
                .contains("Return-Path: <sender@example.org>")
                .contains("Received: from")
                .contains("a first message");
    }

    @Test
    void isReadByCurlOverPop3s(Instance server) throws IOException {
        String token = sent(server, "bob@demo.test");
        Tool curl = Tool.installed("curl");
        String maildrop = "pop3s://127.0.0.1:" + server.port(995) + "/";
        Tool.Result list = curl.run("-sk", "-u", "bob@demo.test:wildpost", maildrop);
        List<String> lines =
                list.output().lines().filter(line -> !line.isBlank()).toList();
        assertThat(lines).isNotEmpty();
        String last = lines.getLast().split(" ")[0];
        assertThat(curl.run("-sk", "-u", "bob@demo.test:wildpost", maildrop + last)
                        .output())
                .contains("Subject: " + token);
    }

    @Test
    void isFetchedByMbsync(Instance server, @TempDir Path folder) throws IOException {
        Tool mbsync = Tool.installed("mbsync");
        String token = sent(server, "alice@demo.test");
        Path maildir = Files.createDirectory(folder.resolve("maildir"));
        Path configuration = Files.writeString(folder.resolve("mbsyncrc"), """
                IMAPAccount demo
                Host localhost
                Port %d
                User alice@demo.test
                Pass wildpost
                SSLType IMAPS
                CertificateFile %s
                SystemCertificates no

                IMAPStore remote
                Account demo

                MaildirStore local
                Path %s/
                Inbox %s/INBOX
                SubFolders Verbatim

                Channel all
                Far :remote:
                Near :local:
                Patterns *
                Create Near
                Sync All
                SyncState *
                """.formatted(
                        server.port(993), server.data().resolve("tls/certificate.pem"), maildir, maildir));
        Tool.Result pulled = mbsync.run("-c", configuration.toString(), "-a");
        assertThat(pulled.exit()).as(pulled.output()).isZero();
        try (Stream<Path> files = Files.walk(maildir.resolve("INBOX"))) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> contains(file, token)))
                    .hasSize(1);
        }
        assertThat(maildir.resolve("Sent")).isDirectory();
        String written = "written-" + UUID.randomUUID();
        Files.writeString(maildir.resolve("INBOX/new/1.2.here"), "Subject: " + written + "\n\non this side\n");
        Tool.Result again = mbsync.run("-c", configuration.toString(), "-a");
        assertThat(again.exit()).as(again.output()).isZero();
        try (ImapWire session = new ImapWire(server, "alice@demo.test")) {
            session.command("EXAMINE INBOX");
            assertThat(session.command("SEARCH SUBJECT " + written).getFirst()).matches("\\* SEARCH \\d+");
        }
    }

    @Test
    void goesOverStartTlsToo(Instance server) throws IOException {
        Tool swaks = Tool.installed("swaks");
        Tool.Result result = swaks.run(
                "--to",
                "alice@demo.test",
                "--from",
                "sender@example.org",
                "--server",
                "127.0.0.1:" + server.port(25),
                "--tls");
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output()).contains("TLS started with cipher TLSv1.3");
    }

    @Test
    void isSubmittedAfterLogin(Instance server) throws IOException {
        Tool swaks = Tool.installed("swaks");
        for (String mechanism : List.of("PLAIN", "LOGIN")) {
            Tool.Result result = swaks.run(
                    "--to",
                    "bob@demo.test",
                    "--from",
                    "alice@demo.test",
                    "--server",
                    "127.0.0.1:" + server.port(587),
                    "--tls",
                    "--auth",
                    mechanism,
                    "--auth-user",
                    "alice@demo.test",
                    "--auth-password",
                    "wildpost");
            assertThat(result.exit()).as(result.output()).isZero();
        }
    }

    @Test
    void isRefusedWithTheReason(Instance server) throws IOException {
        Tool swaks = Tool.installed("swaks");
        String mx = "127.0.0.1:" + server.port(25);
        assertThat(swaks.run("--to", "nobody@demo.test", "--from", "a@example.org", "--server", mx)
                        .output())
                .contains("550 5.1.1");
        assertThat(swaks.run("--to", "someone@example.com", "--from", "a@example.org", "--server", mx)
                        .output())
                .contains("550 5.7.1");
        String submission = "127.0.0.1:" + server.port(587);
        assertThat(swaks.run("--to", "bob@demo.test", "--from", "alice@demo.test", "--server", submission)
                        .output())
                .contains("530 5.7.0");
        assertThat(swaks.run(
                                "--to",
                                "bob@demo.test",
                                "--from",
                                "alice@demo.test",
                                "--server",
                                submission,
                                "--tls",
                                "--auth",
                                "PLAIN",
                                "--auth-user",
                                "alice@demo.test",
                                "--auth-password",
                                "wrong")
                        .output())
                .contains("535 5.7.8");
    }

    private static String sent(Instance server, String recipient) throws IOException {
        Tool swaks = Tool.installed("swaks");
        String token = "token-" + UUID.randomUUID();
        Tool.Result result = swaks.run(
                "--to",
                recipient,
                "--from",
                "sender@example.org",
                "--server",
                "127.0.0.1:" + server.port(25),
                "--header",
                "Subject: " + token,
                "--body",
                "a first message");
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output()).containsPattern("<-  250 2\\.[0-9]\\.[0-9] ");
        return token;
    }

    private static boolean contains(Path file, String token) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(token);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
