// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A Maildir and a mailbox that mbsync keeps the same, while both sides change. */
@ExtendWith(DemoServer.class)
@Timeout(120)
class MbsyncIT {
    private static final int MESSAGES = 20;

    private final String folder = "Sync-" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    private Path work;

    private Instance server;
    private Tool mbsync;

    @BeforeEach
    void prepare(Instance demo) throws IOException {
        server = demo;
        mbsync = Tool.installed("mbsync");
        Files.createDirectory(work.resolve("mail"));
        Files.writeString(work.resolve("mbsyncrc"), """
                IMAPAccount demo
                Host localhost
                Port %d
                User bob@demo.test
                Pass wildpost
                SSLType IMAPS
                CertificateFile %s
                SystemCertificates no

                IMAPStore remote
                Account demo

                MaildirStore local
                Path %s/
                SubFolders Verbatim

                Channel all
                Far :remote:
                Near :local:
                Patterns "%s" "%s/*"
                Create Both
                Expunge Both
                Sync All
                SyncState *
                """.formatted(
                server.port(993), server.data().resolve("tls/certificate.pem"), work.resolve("mail"), folder, folder));
    }

    private void sync() throws IOException {
        Tool.Result result = mbsync.run("-c", work.resolve("mbsyncrc").toString(), "-a");
        assertThat(result.exit()).as(result.output()).isZero();
    }

    /** The flags of the Maildir's messages by subject. */
    private Map<String, String> local() throws IOException {
        Map<String, String> flags = new TreeMap<>();
        try (Stream<Path> files = Files.walk(work.resolve("mail").resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path ->
                            path.getParent().endsWith("cur") || path.getParent().endsWith("new"))
                    .toList()) {
                String name = file.getFileName().toString();
                flags.put(subject(file), name.contains(":2,") ? name.substring(name.indexOf(":2,") + 3) : "");
            }
        }
        return flags;
    }

    private static String subject(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("Subject: "))
                .findFirst()
                .orElseThrow()
                .substring("Subject: ".length());
    }

    private Path file(String subject) throws IOException {
        try (Stream<Path> files = Files.walk(work.resolve("mail").resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path ->
                            path.getParent().endsWith("cur") || path.getParent().endsWith("new"))
                    .toList()) {
                if (subject(file).equals(subject)) {
                    return file;
                }
            }
        }
        throw new AssertionError("there is no message " + subject);
    }

    /** Gives a message of the Maildir these flags, as a mail client does. */
    private void mark(String subject, String flags) throws IOException {
        Path file = file(subject);
        String name = file.getFileName().toString();
        String base = name.contains(":2,") ? name.substring(0, name.indexOf(":2,")) : name;
        Files.move(file, file.getParent().resolveSibling("cur").resolve(base + ":2," + flags));
    }

    private long uid(ImapWire session, String subject) throws IOException {
        List<String> found = session.command("UID SEARCH SUBJECT \"" + subject + "\"");
        assertThat(found.getFirst()).as(subject).matches("\\* SEARCH \\d+");
        return Long.parseLong(found.getFirst().substring("* SEARCH ".length()));
    }

    @Test
    void keepsTwoSidesTheSameWhileBothChange() throws IOException {
        try (ImapWire session = new ImapWire(server, "bob@demo.test")) {
            session.command("CREATE " + folder + "/Unter/Gr&APwA3w-e");
            for (int i = 10; i < 10 + MESSAGES; i++) {
                String text = "From: a@example.org\r\nSubject: message " + i + "\r\n\r\nbody " + i + "\r\n";
                session.command("APPEND " + folder + " (\\Seen) {" + text.length() + "+}\r\n" + text);
            }
            sync();
            assertThat(local())
                    .hasSize(MESSAGES)
                    .allSatisfy((_, flags) -> assertThat(flags).isEqualTo("S"));
            assertThat(work.resolve("mail").resolve(folder).resolve("Unter")).isDirectory();

            session.command("SELECT " + folder);
            // Different messages on the two sides, and one on both.
            session.command("UID STORE " + uid(session, "message 10") + " +FLAGS (\\Flagged)");
            session.command("UID STORE " + uid(session, "message 11") + " -FLAGS (\\Seen)");
            session.command("UID STORE " + uid(session, "message 12") + " +FLAGS (\\Answered)");
            session.command("UID STORE " + uid(session, "message 13") + " +FLAGS (\\Deleted)");
            session.command("UID EXPUNGE " + uid(session, "message 13"));
            mark("message 12", "FS");
            mark("message 14", "RS");
            mark("message 15", "");
            mark("message 16", "ST");
            Files.writeString(
                    work.resolve("mail").resolve(folder).resolve("new/1.2.here"), "Subject: written here\n\nhi\n");
            sync();
            sync();

            Map<String, String> here = local();
            assertThat(here)
                    .hasSize(MESSAGES - 1)
                    .containsEntry("message 10", "FS")
                    .containsEntry("message 11", "")
                    .containsEntry("message 12", "FRS")
                    .containsEntry("message 14", "RS")
                    .containsEntry("message 15", "")
                    .containsEntry("written here", "")
                    .doesNotContainKeys("message 13", "message 16");
            session.command("NOOP");
            for (Map.Entry<String, String> message : here.entrySet()) {
                List<String> fetched = session.command("UID FETCH " + uid(session, message.getKey()) + " (FLAGS)");
                assertThat(maildirFlags(fetched.getFirst()))
                        .as(message.getKey())
                        .isEqualTo(message.getValue());
            }
        }
    }

    private static String maildirFlags(String fetched) {
        StringBuilder flags = new StringBuilder();
        Map.of("\\Flagged", "F", "\\Answered", "R", "\\Seen", "S", "\\Draft", "D", "\\Deleted", "T").entrySet().stream()
                .filter(flag -> fetched.contains(flag.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .forEach(flags::append);
        return flags.toString();
    }
}
