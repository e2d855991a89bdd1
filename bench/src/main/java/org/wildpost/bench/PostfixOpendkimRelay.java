// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Debian's Postfix with opendkim as a milter and Dovecot for the logins, instances of their own in a temporary folder. Postfix's queue is on disk with
 * fsync, as always.
 */
final class PostfixOpendkimRelay implements RelayTarget {
    private static final String DOMAIN = "relay.test";

    private final Path folder;
    private final int port;
    private final int milter;

    private PostfixOpendkimRelay(Path folder, int port, int milter) {
        this.folder = folder;
        this.port = port;
        this.milter = milter;
    }

    /** What keeps this peer from being measured; empty when nothing does. */
    static String missing() {
        for (String program : List.of("/usr/sbin/postfix", "/usr/sbin/dovecot", "/usr/sbin/opendkim")) {
            if (!Files.isExecutable(Path.of(program))) {
                return program + " is not installed (Debian: postfix dovecot-core opendkim)";
            }
        }
        return System.getProperty("user.name").equals("root") ? "" : "Postfix starts as root only";
    }

    static PostfixOpendkimRelay start(int sink) throws IOException {
        // Not below /tmp, which may be in memory, nor /var/tmp: opendkim takes no settings from a folder that lies in
        // one that all may write.
        Path folder = Files.createTempDirectory(Path.of("/var/spool"), "wildpost-bench-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostfixOpendkimRelay relay = new PostfixOpendkimRelay(folder, Commands.freePort(), Commands.freePort());
        try {
            relay.configure(sink);
            Commands.run("dovecot", "-c", relay.path("dovecot/dovecot.conf"));
            Commands.run("opendkim", "-x", relay.path("opendkim/opendkim.conf"));
            Commands.run("postfix", "-c", relay.path("postfix"), "start");
            Commands.awaitSmtp(relay.port, "Postfix", relay.path("mail.log"));
            return relay;
        } catch (IOException e) {
            relay.close();
            throw e;
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void configure(int sink) throws IOException {
        for (String name : List.of("postfix", "dovecot", "opendkim", "queue", "data", "run")) {
            Files.createDirectory(folder.resolve(name));
        }
        Commands.run("chown", "postfix", path("data"));
        Commands.run("openssl", "genrsa", "-out", path("opendkim/key.pem"), "2048");
        Commands.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-keyout",
                path("postfix/key.pem"),
                "-out",
                path("postfix/certificate.pem"));
        Commands.run("chmod", "600", path("opendkim/key.pem"), path("postfix/key.pem"));
        dovecot();
        opendkim();
        postfix(sink);
    }

    private void dovecot() throws IOException {
        Files.writeString(folder.resolve("dovecot/dovecot.conf"), """
                base_dir = %1$s/run
                protocols =
                log_path = %1$s/dovecot.log
                ssl = no
                listen = 127.0.0.1
                passdb {
                  driver = static
                  args = password=%2$s
                }
                userdb {
                  driver = static
                  args = uid=mail gid=mail home=/nonexistent
                }
                service auth {
                  unix_listener %1$s/run/sasl {
                    mode = 0666
                  }
                }
                """.formatted(folder, password()));
    }

    private void opendkim() throws IOException {
        Files.writeString(folder.resolve("opendkim/opendkim.conf"), """
                Mode s
                Domain %1$s
                Selector bench
                KeyFile %2$s/opendkim/key.pem
                Socket inet:%3$d@127.0.0.1
                PidFile %2$s/run/opendkim.pid
                Canonicalization relaxed/relaxed
                Syslog no
                InternalHosts 127.0.0.1
                """.formatted(DOMAIN, folder, milter));
    }

    private void postfix(int sink) throws IOException {
        Files.writeString(folder.resolve("postfix/main.cf"), """
                compatibility_level = 3.6
                queue_directory = %1$s/queue
                data_directory = %1$s/data
                command_directory = /usr/sbin
                daemon_directory = /usr/lib/postfix/sbin
                maillog_file = %1$s/mail.log
                maillog_file_prefixes = /var
                myhostname = mail.relay.test
                mydestination =
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                mynetworks =
                alias_maps =
                alias_database =
                transport_maps = inline:{ sink.test=smtp:[127.0.0.1]:%2$d }
                default_process_limit = 100
                smtp_destination_concurrency_limit = 20
                smtpd_client_connection_count_limit = 0
                smtpd_client_connection_rate_limit = 0
                smtpd_recipient_restrictions = permit_sasl_authenticated, reject
                smtpd_relay_restrictions = permit_sasl_authenticated, reject
                smtpd_tls_security_level = may
                smtpd_tls_cert_file = %1$s/postfix/certificate.pem
                smtpd_tls_key_file = %1$s/postfix/key.pem
                smtpd_sasl_auth_enable = yes
                smtpd_sasl_type = dovecot
                smtpd_sasl_path = %1$s/run/sasl
                smtpd_tls_auth_only = yes
                smtpd_milters = inet:127.0.0.1:%3$d
                """.formatted(folder, sink, milter));
        PostfixServices.write(folder.resolve("postfix"), port, "smtp");
    }

    @Override
    public String name() {
        return "postfix+opendkim";
    }

    @Override
    public int submissionPort() {
        return port;
    }

    @Override
    public String owner(int number) {
        return "user" + number + "@" + DOMAIN;
    }

    @Override
    public String password() {
        return "bench-password-1";
    }

    @Override
    public void close() throws IOException {
        Commands.quietly("postfix", "-c", path("postfix"), "stop");
        Commands.quietly("doveadm", "-c", path("dovecot/dovecot.conf"), "stop");
        Path pid = folder.resolve("run/opendkim.pid");
        if (Files.exists(pid)) {
            Commands.quietly("kill", Files.readString(pid).strip());
        }
        Commands.delete(folder);
    }
}
