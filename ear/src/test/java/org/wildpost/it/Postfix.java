// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.wildpost.core.trust.TestCertificates;

/**
 * Debian's Postfix, an instance of its own in a temporary folder: it takes mail for {@code partner.test} into folders that a test reads, over TLS for who
 * wants that, and sends everything else to one relay, over TLS alone. At a second port it wants a certificate. The machine's own Postfix is not touched.
 */
final class Postfix implements AutoCloseable {
    static final String DOMAIN = "partner.test";

    /** Who makes the certificates of those whom it lets in at the second port. */
    static final TestCertificates AUTHORITY = TestCertificates.authority("partners");

    private final Path folder;
    private final int port;
    private final int strictPort;

    private Postfix(Path folder, int port, int strictPort) {
        this.folder = folder;
        this.port = port;
        this.strictPort = strictPort;
    }

    /**
     * Starts it, or the test is skipped with the reason.
     *
     * @param relay the port that takes what is for others
     */
    static Postfix start(int relay) throws IOException {
        Tool.installed("postfix");
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "Postfix starts as root only");
        // Its processes have other users, who must find their way.
        Path folder = Files.createTempDirectory("wildpost-postfix-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Postfix postfix = new Postfix(folder, freePort(), freePort());
        try {
            postfix.configure(relay);
            postfix.run("postfix", "-c", postfix.path("etc"), "start");
            Maildirs.awaitGreeting(postfix.port, postfix::log);
            return postfix;
        } catch (IOException | RuntimeException e) {
            postfix.close();
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

    /** Its sendmail, as a program on its machine calls it. */
    void sendmail(Path message, String sender, String recipient, String... options) throws IOException {
        String command = "sendmail -C " + path("etc") + " " + String.join(" ", options) + " -f " + sender + " "
                + recipient + " <" + message;
        run("sh", "-c", command);
    }

    /** The mail that lies in an owner's folder and has some words, waited for. */
    Path received(String owner, String words) throws IOException {
        return Maildirs.await(folder.resolve("mail").resolve(owner), words, this::log);
    }

    String log() {
        return Maildirs.text(folder.resolve("mail.log"));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void configure(int relay) throws IOException {
        for (String name : List.of("etc", "queue", "data", "mail")) {
            Files.createDirectory(folder.resolve(name));
        }
        run("chown", "postfix", path("data"));
        run("chown", "nobody", path("mail"));
        Path chain = folder.resolve("etc/chain.pem");
        Files.writeString(chain, Maildirs.pem(TestCertificates.selfSigned("mx." + DOMAIN)));
        Files.writeString(folder.resolve("etc/authority.pem"), Maildirs.certificatePem(AUTHORITY));
        Files.setPosixFilePermissions(chain, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(folder.resolve("etc/main.cf"), """
                compatibility_level = 3.6
                queue_directory = %1$s/queue
                data_directory = %1$s/data
                command_directory = /usr/sbin
                daemon_directory = /usr/lib/postfix/sbin
                maillog_file = %1$s/mail.log
                maillog_file_prefixes = %1$s
                myhostname = mx.%2$s
                mydestination =
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                mynetworks = 127.0.0.0/8
                alias_maps =
                alias_database =
                virtual_mailbox_domains = %2$s, strict.%2$s
                virtual_mailbox_base = %1$s/mail
                virtual_mailbox_maps = inline:{ you@%2$s=you/, me@%2$s=me/, you@strict.%2$s=you/ }
                virtual_uid_maps = static:65534
                virtual_gid_maps = static:65534
                relayhost = [127.0.0.1]:%3$d
                smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination
                smtpd_tls_security_level = may
                smtpd_tls_chain_files = %1$s/etc/chain.pem
                smtpd_tls_received_header = yes
                smtpd_tls_CAfile = %1$s/etc/authority.pem
                smtp_tls_security_level = encrypt
                smtp_tls_loglevel = 1
                """.formatted(folder, DOMAIN, relay));
        Files.writeString(folder.resolve("etc/master.cf"), """
                127.0.0.1:%d inet n - n - - smtpd
                127.0.0.1:%d inet n - n - - smtpd -o smtpd_tls_security_level=encrypt -o smtpd_tls_req_ccert=yes
                pickup unix n - n 60 1 pickup
                cleanup unix n - n - 0 cleanup
                qmgr unix n - n 300 1 qmgr
                tlsmgr unix - - n 1000? 1 tlsmgr
                rewrite unix - - n - - trivial-rewrite
                bounce unix - - n - 0 bounce
                defer unix - - n - 0 bounce
                trace unix - - n - 0 bounce
                verify unix - - n - 1 verify
                flush unix n - n 1000? 0 flush
                proxymap unix - - n - - proxymap
                smtp unix - - n - - smtp
                virtual unix - n n - - virtual
                showq unix n - n - - showq
                error unix - - n - - error
                retry unix - - n - - error
                discard unix - - n - - discard
                anvil unix - - n - 1 anvil
                scache unix - - n - 1 scache
                postlog unix-dgram n - n - 1 postlogd
                """.formatted(port, strictPort));
    }

    @Override
    public void close() throws IOException {
        new Tool("postfix").run("-c", path("etc"), "stop");
        Maildirs.delete(folder);
    }

    private void run(String name, String... arguments) throws IOException {
        Tool.Result result = new Tool(name).run(arguments);
        if (result.exit() != 0) {
            throw new IOException(name + " " + String.join(" ", arguments) + " says " + result.output() + log());
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
