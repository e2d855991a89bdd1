// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.wildpost.core.trust.TestCertificates;

/** What tests with servers of others share: the folders into which those deliver, their certificates, and their start. */
final class Maildirs {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Maildirs() {}

    /** The mail in a maildir that has some words, waited for. */
    static Path await(Path maildir, String words, Supplier<String> log) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<Path> found = find(maildir.resolve("new"), words);
        while (found.isEmpty()) {
            assertThat(System.nanoTime())
                    .as("no mail with " + words + "; the server says " + log.get())
                    .isLessThan(deadline);
            Rest.pause();
            found = find(maildir.resolve("new"), words);
        }
        return found.get();
    }

    private static Optional<Path> find(Path fresh, String words) throws IOException {
        if (!Files.isDirectory(fresh)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(fresh)) {
            return files.filter(file -> text(file).contains(words)).findFirst();
        }
    }

    /** Waits for the greeting at a port. */
    static void awaitGreeting(int port, Supplier<String> log) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Talk talk = new Talk(port)) {
                if (talk.hear().startsWith("220 ")) {
                    return;
                }
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("the server does not start: " + log.get(), e);
                }
            }
            Rest.pause();
        }
    }

    /** The key and the certificate, one behind the other. */
    static String pem(TestCertificates certificate) {
        return keyPem(certificate) + certificatePem(certificate);
    }

    static String keyPem(TestCertificates certificate) {
        return block("PRIVATE KEY", certificate.keys().getPrivate().getEncoded());
    }

    static String certificatePem(TestCertificates certificate) {
        try {
            return block("CERTIFICATE", certificate.certificate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The fields of a route that proves itself by a certificate, each behind a comma. */
    static String identity(TestCertificates certificate) {
        return (",\"certificate\":\"" + certificatePem(certificate) + "\",\"privateKey\":\"" + keyPem(certificate)
                        + "\"")
                .replace("\n", "\\n");
    }

    private static String block(String name, byte[] octets) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
        return "-----BEGIN " + name + "-----\n" + lines + "\n-----END " + name + "-----\n";
    }

    /** What is in a file, or that there is none. */
    static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "(nothing)";
        } catch (IOException gone) {
            return "(" + gone.getMessage() + ")";
        }
    }

    /** A folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
