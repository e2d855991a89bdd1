// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Debian's Postfix and Dovecot, instances of their own in a temporary folder: SMTP on loopback, LMTP to Dovecot, maildir, fsync always. The same durability as
 * ours: an acknowledged message would survive a power cut.
 */
final class PostfixDovecotTarget implements Target {
    private static final String DOMAIN = "bench.test";

    private final Path folder;
    private final int port;
    private final List<String> recipients = new ArrayList<>();

    private PostfixDovecotTarget(Path folder, int port, int accounts) {
        this.folder = folder;
        this.port = port;
        for (int i = 0; i < accounts; i++) {
            recipients.add("user" + i + "@" + DOMAIN);
        }
    }

    /** What keeps this peer from being measured; empty when nothing does. */
    static String missing() {
        if (!Files.isExecutable(Path.of("/usr/sbin/postfix")) || !Files.isExecutable(Path.of("/usr/sbin/dovecot"))) {
            return "postfix and dovecot are not installed (Debian: postfix dovecot-imapd dovecot-lmtpd)";
        }
        return System.getProperty("user.name").equals("root") ? "" : "Postfix starts as root only";
    }

    static PostfixDovecotTarget start(int accounts) throws IOException {
        // Below /var/tmp, for /tmp may be in memory: that would be no disk to compare with.
        Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "wildpost-bench-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostfixDovecotTarget target = new PostfixDovecotTarget(folder, Commands.freePort(), accounts);
        try {
            target.configure();
            Commands.run("dovecot", "-c", target.path("dovecot/dovecot.conf"));
            Commands.run("postfix", "-c", target.path("postfix"), "start");
            Commands.awaitSmtp(target.port, "Postfix", target.path("mail.log"));
            return target;
        } catch (IOException e) {
            target.close();
            throw e;
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void configure() throws IOException {
        for (String name : List.of("postfix", "dovecot", "queue", "data", "run", "mail")) {
            Files.createDirectory(folder.resolve(name));
        }
        Commands.run("chown", "postfix", path("data"));
        Commands.run("chown", "mail:mail", path("mail"));
        Files.writeString(folder.resolve("dovecot/dovecot.conf"), """
                base_dir = %1$s/run
                protocols = lmtp
                log_path = %1$s/dovecot.log
                ssl = no
                listen = 127.0.0.1
                mail_location = maildir:%1$s/mail/%%u
                mail_fsync = always
                mail_uid = mail
                mail_gid = mail
                first_valid_uid = 1
                first_valid_gid = 1
                auth_username_chars =
                passdb {
                  driver = static
                  args = nopassword=y
                }
                userdb {
                  driver = static
                  args = uid=mail gid=mail home=%1$s/mail/%%u
                }
                service lmtp {
                  process_min_avail = 4
                  unix_listener %1$s/run/deliver {
                    mode = 0666
                  }
                }
                """.formatted(folder));
        Files.writeString(folder.resolve("postfix/main.cf"), """
                compatibility_level = 3.6
                queue_directory = %1$s/queue
                data_directory = %1$s/data
                command_directory = /usr/sbin
                daemon_directory = /usr/lib/postfix/sbin
                maillog_file = %1$s/mail.log
                maillog_file_prefixes = /var
                myhostname = mail.bench.test
                mydestination =
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                mynetworks = 127.0.0.0/8
                alias_maps =
                alias_database =
                virtual_mailbox_domains = %2$s
                virtual_mailbox_maps = static:x
                virtual_transport = lmtp:unix:%1$s/run/deliver
                lmtp_destination_concurrency_limit = 20
                lmtp_destination_recipient_limit = 1
                default_process_limit = 100
                smtpd_client_connection_count_limit = 0
                smtpd_client_connection_rate_limit = 0
                smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination
                smtpd_tls_security_level = none
                """.formatted(folder, DOMAIN));
        PostfixServices.write(folder.resolve("postfix"), port, "lmtp");
    }

    @Override
    public String name() {
        return "postfix+dovecot";
    }

    @Override
    public int smtpPort() {
        return port;
    }

    @Override
    public List<String> recipients() {
        return recipients;
    }

    @Override
    public long stored() throws IOException {
        long count = 0;
        for (String recipient : recipients) {
            Path fresh = folder.resolve("mail").resolve(recipient).resolve("new");
            if (Files.isDirectory(fresh)) {
                try (Stream<Path> files = Files.list(fresh)) {
                    count += files.count();
                }
            }
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        Commands.quietly("postfix", "-c", path("postfix"), "stop");
        Commands.quietly("doveadm", "-c", path("dovecot/dovecot.conf"), "stop");
        Commands.delete(folder);
    }
}
