// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * TLS with the certificate that lies in the files now: a change of them is seen within a second, and a pair that cannot be used leaves the last good one in
 * place. TLS 1.2 and 1.3 only (RFC 9325 §3.1.1). Safe for all threads.
 */
public final class ReloadingTls {
    /** Protocols that are spoken, for {@code SSLSocket.setEnabledProtocols}. */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private static final System.Logger LOG = System.getLogger("org.wildpost.tls");
    private static final long CHECK_EVERY = Duration.ofSeconds(1).toNanos();

    private final TlsFiles files;
    private volatile Loaded loaded;
    private volatile long checked = System.nanoTime();

    /** What the files were when they could not be used; said once, not every second. */
    private String refused = "";

    private record Loaded(SSLContext context, String stamp) {}

    /**
     * Reads the files.
     *
     * @throws IOException when they cannot be used
     */
    public ReloadingTls(TlsFiles files) throws IOException {
        this.files = files;
        this.loaded = load(files);
    }

    /** The protocols to enable. */
    public static String[] protocols() {
        return PROTOCOLS.clone();
    }

    /** The context for a handshake that begins now. */
    public SSLContext context() {
        if (System.nanoTime() - checked > CHECK_EVERY) {
            reload();
        }
        return loaded.context;
    }

    private synchronized void reload() {
        if (System.nanoTime() - checked <= CHECK_EVERY) {
            return;
        }
        checked = System.nanoTime();
        String now = "missing";
        try {
            now = stamp(files);
            if (now.equals(loaded.stamp)) {
                refused = "";
            } else if (!now.equals(refused)) {
                loaded = load(files);
                refused = "";
                LOG.log(System.Logger.Level.INFO, "the certificate in {0} is used from now on", files.certificate());
            }
        } catch (IOException e) {
            if (!now.equals(refused)) {
                LOG.log(System.Logger.Level.WARNING, "the last good certificate stays in use: " + e.getMessage());
            }
            refused = now;
        }
    }

    private static Loaded load(TlsFiles files) throws IOException {
        String stamp = stamp(files);
        char[] inMemory = new char[0];
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(PemIdentity.read(files).keyStore(inMemory), inMemory);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, new SecureRandom());
            return new Loaded(context, stamp);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "the certificate in " + files.certificate() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static String stamp(TlsFiles files) throws IOException {
        return stamp(files.certificate()) + "|" + stamp(files.key());
    }

    private static String stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.lastModifiedTime() + "," + attributes.size() + "," + attributes.fileKey();
    }
}
