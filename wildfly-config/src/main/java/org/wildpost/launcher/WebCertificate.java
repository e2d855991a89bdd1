// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.wildpost.core.tls.PemIdentity;
import org.wildpost.core.tls.SelfSignedCertificate;
import org.wildpost.core.tls.TlsFiles;

/**
 * Gives the web the certificate that the mail listeners use. WildFly reads a key store, people bring PEM: the key store is derived at the start and whenever the
 * PEM files change, and WildFly is told to read it again.
 */
final class WebCertificate implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("org.wildpost.launcher");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** The key lies beside it unencrypted, readable for its owner alone, so this keeps no secret; the configuration of the server has it, too. */
    private static final char[] PASSWORD = {'w', 'i', 'l', 'd', 'p', 'o', 's', 't'};

    private final DataFolder data;
    private final Settings settings;
    private final Path home;
    private final TlsFiles files;
    private final Thread watcher;
    private String stamp;

    private WebCertificate(DataFolder data, Settings settings, Path home, TlsFiles files) throws IOException {
        this.data = data;
        this.settings = settings;
        this.home = home;
        this.files = files;
        this.stamp = stamp(files);
        this.watcher = Thread.ofPlatform().daemon().name("certificate").unstarted(this::look);
    }

    /** Makes certificate and key store before the server reads them. */
    static WebCertificate prepare(DataFolder data, Settings settings, Path home) throws StartFailure {
        TlsFiles files = TlsFiles.in(data.resolve(""));
        try {
            SelfSignedCertificate.ensure(files, settings.hostname());
            WebCertificate certificate = new WebCertificate(data, settings, home, files);
            certificate.derive();
            return certificate;
        } catch (IOException | GeneralSecurityException e) {
            throw new StartFailure(
                    "the certificate cannot be used: " + e.getMessage()
                            + "; put another pair there, or remove both files for a self-signed one",
                    e);
        }
    }

    /** Begins to look for changes. */
    void watch() {
        watcher.start();
    }

    private void derive() throws IOException, GeneralSecurityException {
        DataFolder.writePrivate(
                data.resolve("tls/https.p12"), PemIdentity.read(files).pkcs12(PASSWORD));
    }

    private void look() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
                String now = stamp(files);
                if (!now.equals(stamp)) {
                    stamp = now;
                    derive();
                    tellServer();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException | GeneralSecurityException e) {
                LOG.log(System.Logger.Level.WARNING, "The web keeps the last good certificate: " + e.getMessage());
            }
        }
    }

    private void tellServer() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        List.of(
                                home.resolve("bin/jboss-cli.sh").toString(),
                                "--connect",
                                "--controller=127.0.0.1:" + Ports.MANAGEMENT.at(settings.portOffset()),
                                "--commands=/subsystem=elytron/key-store=wildpost:load(),/subsystem=elytron/key-manager=wildpost:init()"))
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("log/certificate.log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process cli = builder.start();
        if (!cli.waitFor(60, TimeUnit.SECONDS) || cli.exitValue() != 0) {
            cli.destroyForcibly();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The web did not take the new certificate; '" + data.resolve("log/certificate.log") + "' says why");
        }
    }

    private static String stamp(TlsFiles files) throws IOException {
        return Files.getLastModifiedTime(files.certificate()) + "|" + Files.size(files.certificate()) + "|"
                + Files.getLastModifiedTime(files.key()) + "|" + Files.size(files.key());
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
