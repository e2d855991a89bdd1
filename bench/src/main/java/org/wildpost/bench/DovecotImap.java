// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Debian's Dovecot, an instance of its own in a temporary folder: IMAP over TLS on loopback with a key of the same kind as ours, maildir, everything else
 * as it comes but limits on connections.
 */
final class DovecotImap implements ImapServer {
    private static final String USER = "owner";
    private static final int START_SECONDS = 20;

    private final Path folder;
    private final int port;

    private DovecotImap(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** What keeps this peer from being measured; empty when nothing does. */
    static String missing() {
        if (!Files.isExecutable(Path.of("/usr/sbin/dovecot"))
                || !Files.isExecutable(Path.of("/usr/lib/dovecot/imap"))) {
            return "dovecot is not installed (Debian: dovecot-imapd)";
        }
        return System.getProperty("user.name").equals("root") ? "" : "Dovecot starts as root only";
    }

    static DovecotImap start() throws IOException {
        // Below /var/tmp, for /tmp may be in memory: that would be no disk to compare with.
        Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "wildpost-bench-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        DovecotImap server = new DovecotImap(folder, Commands.freePort());
        try {
            server.configure();
            Commands.run("dovecot", "-c", server.configuration());
            server.await();
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private String configuration() {
        return folder.resolve("dovecot.conf").toString();
    }

    private void configure() throws IOException {
        Files.createDirectory(folder.resolve("run"));
        Files.createDirectory(folder.resolve("mail"));
        Commands.run("chown", "mail:mail", folder.resolve("mail").toString());
        Commands.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-keyout",
                folder.resolve("key.pem").toString(),
                "-out",
                folder.resolve("certificate.pem").toString());
        Files.writeString(folder.resolve("dovecot.conf"), """
                base_dir = %1$s/run
                protocols = imap
                log_path = %1$s/dovecot.log
                ssl = required
                ssl_cert = <%1$s/certificate.pem
                ssl_key = <%1$s/key.pem
                listen = 127.0.0.1
                mail_location = maildir:%1$s/mail/%%u
                mail_uid = mail
                mail_gid = mail
                first_valid_uid = 1
                first_valid_gid = 1
                mail_max_userip_connections = 0
                passdb {
                  driver = static
                  args = password=%3$s
                }
                userdb {
                  driver = static
                  args = uid=mail gid=mail home=%1$s/mail/%%u
                }
                service imap-login {
                  process_limit = 2000
                  inet_listener imap {
                    port = 0
                  }
                  inet_listener imaps {
                    port = %2$d
                    ssl = yes
                  }
                }
                service imap {
                  process_limit = 2000
                }
                service anvil {
                  client_limit = 10000
                }
                service auth {
                  client_limit = 10000
                }
                """.formatted(folder, port, password()));
    }

    private void await() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("Dovecot does not start; " + folder.resolve("dovecot.log") + " says why", e);
                }
                SmtpLoad.pause();
            }
        }
    }

    @Override
    public String name() {
        return "dovecot";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String password() {
        return "bench-password-1";
    }

    @Override
    public void tidy() {}

    @Override
    public List<Long> processes() throws IOException {
        return Processes.tree(Long.parseLong(
                Files.readString(folder.resolve("run/master.pid")).strip()));
    }

    /** Into the maildir, as Dovecot itself would have named and kept it: lines ended by LF, both sizes in the name. */
    @Override
    public boolean fill(Corpus corpus) throws IOException {
        Path maildir = folder.resolve("mail").resolve(USER);
        for (String name : List.of("cur", "new", "tmp")) {
            Files.createDirectories(maildir.resolve(name));
        }
        for (int i = 0; i < corpus.messages(); i++) {
            CorpusMessage message = corpus.message(i);
            byte[] octets = withoutReturns(message.octets());
            String name = "%d.M%dP1.bench,S=%d,W=%d:2,"
                    .formatted(message.arrived().getEpochSecond(), i, octets.length, message.octets().length);
            Path file = maildir.resolve("cur").resolve(name);
            Files.write(file, octets);
            Files.setLastModifiedTime(file, FileTime.from(message.arrived()));
        }
        Commands.run("chown", "-R", "mail:mail", maildir.toString());
        return true;
    }

    private static byte[] withoutReturns(byte[] octets) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(octets.length);
        for (byte octet : octets) {
            if (octet != '\r') {
                kept.write(octet);
            }
        }
        return kept.toByteArray();
    }

    @Override
    public void close() throws IOException {
        Commands.quietly("doveadm", "-c", configuration(), "stop");
        Commands.delete(folder);
    }
}
