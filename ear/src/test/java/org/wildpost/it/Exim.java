// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.wildpost.core.trust.TestCertificates;

/**
 * Debian's Exim, an instance of its own in a temporary folder: it takes mail for {@code neighbour.test} and all below it into folders that a test reads, and
 * sends everything else to one relay, over TLS alone. For {@link #MEMBERS} one must log in, and at a second port have a certificate. Its certificate is one that it makes itself. Its package and Postfix's exclude one another, so it may lie unpacked in the folder that {@code WILDPOST_EXIM} names.
 */
final class Exim implements AutoCloseable {
    static final String DOMAIN = "neighbour.test";

    /** A domain whose mail, with that of all below it, it takes from {@link #USERNAME} with {@link #PASSWORD} alone. */
    static final String MEMBERS = "members." + DOMAIN;

    static final String USERNAME = "us";
    static final String PASSWORD = "open sesame";

    /** Who makes the certificates of those whom it lets in at the second port. */
    static final TestCertificates AUTHORITY = TestCertificates.authority("neighbours");

    /** The user that Debian's build insists on. */
    private static final String USER = "Debian-exim";

    private final Path folder;
    private final int port;
    private final int strictPort;
    private final Process process;

    private Exim(Path folder, int port, int strictPort, Process process) {
        this.folder = folder;
        this.port = port;
        this.strictPort = strictPort;
        this.process = process;
    }

    /**
     * Starts it, or the test is skipped with the reason.
     *
     * @param relay the port that takes what is for others
     */
    static Exim start(int relay) throws IOException {
        Path program =
                Path.of(Optional.ofNullable(System.getenv("WILDPOST_EXIM")).orElse("/"), "usr/sbin/exim4");
        Assumptions.assumeTrue(Files.isExecutable(program), "exim4 is not installed, nor does WILDPOST_EXIM name it");
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "Exim starts as root only");
        Path folder = Files.createTempDirectory("wildpost-exim-");
        int port = Postfix.freePort();
        int strictPort = Postfix.freePort();
        configure(program, folder, port, strictPort, relay);
        Tool.Result version = new Tool(program.toString())
                .run("-C", folder.resolve("etc/exim.conf").toString(), "-bV");
        Assumptions.assumeTrue(version.exit() == 0, "exim4 does not run: " + version.output());
        Process process = new ProcessBuilder(
                        program.toString(),
                        "-C",
                        folder.resolve("etc/exim.conf").toString(),
                        "-bdf",
                        "-q1m")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        Exim exim = new Exim(folder, port, strictPort, process);
        try {
            Maildirs.awaitGreeting(port, exim::log);
            return exim;
        } catch (IOException | RuntimeException e) {
            exim.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    /** Where a client must have a certificate of the {@link #AUTHORITY}. */
    int strictPort() {
        return strictPort;
    }

    /** The mail that lies in an owner's folder and has some words, waited for. */
    Path received(String owner, String words) throws IOException {
        return Maildirs.await(folder.resolve("mail").resolve(owner), words, this::log);
    }

    String log() {
        return Maildirs.text(folder.resolve("output")) + Maildirs.text(folder.resolve("log/mainlog"));
    }

    private static void configure(Path program, Path folder, int port, int strictPort, int relay) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String name : List.of("etc", "spool", "log", "mail")) {
            Files.createDirectory(folder.resolve(name));
        }
        Files.writeString(folder.resolve("etc/authority.pem"), Maildirs.certificatePem(AUTHORITY));
        Path configuration = folder.resolve("etc/exim.conf");
        Files.writeString(configuration, """
                exim_path = %5$s
                primary_hostname = mx.%2$s
                spool_directory = %1$s/spool
                log_file_path = %1$s/log/%%slog
                pid_file_path = %1$s/exim.pid
                local_interfaces = 127.0.0.1
                daemon_smtp_ports = %3$d : %6$d
                deliver_drop_privilege = true
                keep_environment =
                tls_advertise_hosts = *
                tls_verify_certificates = %1$s/etc/authority.pem
                tls_verify_hosts = ${if eq{$received_port}{%6$d}{*}}
                auth_advertise_hosts = ${if def:tls_in_cipher{*}}
                dsn_advertise_hosts = *
                acl_smtp_rcpt = recipient

                begin acl
                recipient:
                  deny domains = %7$s : *.%7$s
                       ! authenticated = *
                       message = this is for members
                  accept domains = ! %2$s : ! *.%2$s
                  require message = there is nobody here of that name
                          local_parts = you : me
                  accept

                begin routers
                here:
                  driver = accept
                  domains = %2$s : *.%2$s
                  local_parts = you : me
                  transport = folder
                others:
                  driver = manualroute
                  route_list = * 127.0.0.1
                  self = send
                  transport = relay

                begin transports
                folder:
                  driver = appendfile
                  directory = %1$s/mail/$local_part_data
                  maildir_format
                  return_path_add
                  envelope_to_add
                relay:
                  driver = smtp
                  port = %4$d
                  allow_localhost
                  hosts_require_tls = *

                begin authenticators
                plain:
                  driver = plaintext
                  public_name = PLAIN
                  server_prompts = :
                  server_condition = ${if and{{eq{$auth2}{%8$s}}{eq{$auth3}{%9$s}}}}
                  server_set_id = $auth2
                """.formatted(
                        folder, DOMAIN, port, relay, program, strictPort, MEMBERS, USERNAME, PASSWORD));
        Tool.Result given = new Tool("chown")
                .run(
                        "-R",
                        USER,
                        folder.resolve("spool").toString(),
                        folder.resolve("log").toString(),
                        folder.resolve("mail").toString());
        Assumptions.assumeTrue(given.exit() == 0, "there is no user " + USER);
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
        Maildirs.delete(folder);
    }
}
