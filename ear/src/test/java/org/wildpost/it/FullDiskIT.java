// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk with the spool and the database is full: 452 (RFC 5321 §4.2.3), nothing that was acknowledged is lost, and with room again all goes on. */
@Timeout(120)
class FullDiskIT {
    private static final int MEBIBYTE = 1 << 20;

    private static Path disk;
    private static Instance server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root mounts a disk");
        disk = Files.createDirectory(folder.resolve("disk"));
        Tool.Result mounted =
                new Tool("mount").run("-t", "tmpfs", "-o", "size=900m,mode=755", "tmpfs", disk.toString());
        Assumptions.assumeTrue(mounted.exit() == 0, "no disk can be mounted: " + mounted.output());
        server = Instance.start(
                disk.resolve("data"), Instance.freeOffset(), Map.of("WILDPOST_DISK_RESERVE_MB", "1"), "--demo");
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        if (disk != null) {
            new Tool("umount").run("-l", disk.toString());
        }
    }

    @Test
    void saysThatThereIsNoRoomUntilThereIs() throws IOException, MessagingException, InterruptedException {
        try (Load load = new Load(server, "alice@demo.test", 4)) {
            load.awaitMore(20);

            Path filler = fill(4 * MEBIBYTE);
            assertThat(send(6 * MEBIBYTE)).as("the spool is full").startsWith("452 4.3.1 ");
            fill(0);
            assertThat(send(1)).as("the reserve is gone").startsWith("452 4.3.1 ");
            Load.await(
                    "nobody hears 452: " + load.refusals(),
                    () -> load.refusals().stream().anyMatch(told -> told.contains("got 452 4.3.1 ")));
            try (ImapWire writer = new ImapWire(server, "bob@demo.test")) {
                assertThat(writer.answers("APPEND INBOX {4+}\r\nabc\n").getLast())
                        .contains(" NO [UNAVAILABLE] ");
            }
            // As it ends by itself when it has no room for its log.
            server.postgres().forEach(ProcessHandle::destroyForcibly);
            server.awaitOutput("wildpost: PostgreSQL does not start");

            try (var files = Files.list(disk)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
            assertThat(filler).doesNotExist();
            load.awaitMore(40);
            load.stop();
            assertThat(load.refusals()).allMatch(told -> told.contains("got 45"));
            load.assertNothingIsLost();
            assertThat(send(6 * MEBIBYTE)).startsWith("250 ");
        }
    }

    /** Leaves so many octets, or none. */
    private static Path fill(int left) throws IOException {
        Path filler = Files.createTempFile(disk, "filler-", "");
        byte[] block = new byte[MEBIBYTE / 4];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (disk.toFile().getUsableSpace() >= left + block.length) {
                out.write(block);
            }
            while (left == 0) {
                out.write(block, 0, 4096);
            }
        } catch (IOException full) {
            assertThat(left).as(full.getMessage()).isZero();
        }
        return filler;
    }

    /** The answer to a message, or to the first command that is refused. */
    private static String send(int octets) throws IOException {
        try (Talk client = new Talk(server.port(25))) {
            client.hear();
            client.say("EHLO client.example.org");
            for (String line : new String[] {"MAIL FROM:<a@far.test>", "RCPT TO:<bob@demo.test>", "DATA"}) {
                String answer = client.say(line);
                if (answer.startsWith("4")) {
                    return answer;
                }
            }
            return client.say("Subject: x\r\n\r\n" + "octets\r\n".repeat(octets / 8) + ".");
        }
    }
}
