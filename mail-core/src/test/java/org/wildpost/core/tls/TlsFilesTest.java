// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsFilesTest {
    @TempDir
    Path folder;

    private TlsFiles made(String name) throws IOException {
        TlsFiles files = TlsFiles.in(folder.resolve(name));
        SelfSignedCertificate.ensure(files, "mail.example.org");
        return files;
    }

    private static X509Certificate certificate(TlsFiles files) throws Exception {
        try (var in = Files.newInputStream(files.certificate())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @Test
    void makesACertificateForTheHostAndLoopback() throws Exception {
        TlsFiles files = made("a");
        X509Certificate certificate = certificate(files);
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .contains("mail.example.org", "localhost", "127.0.0.1");
        certificate.checkValidity();
        certificate.verify(certificate.getPublicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(files.key().getParent())))
                .isEqualTo("rwx------");
        assertThat(PemIdentity.read(files).keyStore(new char[0]).size()).isEqualTo(1);
    }

    @Test
    void makesItOnceAndNeverOverSomebodysOwn() throws IOException {
        TlsFiles files = made("a");
        byte[] before = Files.readAllBytes(files.certificate());
        SelfSignedCertificate.ensure(files, "other.example.org");
        assertThat(Files.readAllBytes(files.certificate())).isEqualTo(before);
        Files.delete(files.key());
        assertThatThrownBy(() -> SelfSignedCertificate.ensure(files, "other.example.org"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no key in " + files.key());
        assertThat(Files.readAllBytes(files.certificate())).isEqualTo(before);
    }

    @Test
    void knowsTheKeyOfAnotherKindOrForm() throws Exception {
        for (String algorithm : List.of("RSA", "EC")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
            var keys = generator.generateKeyPair();
            TlsFiles files = made("key-" + algorithm);
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                writer.writeObject(keys.getPrivate());
            }
            assertThat(text.toString()).startsWith("-----BEGIN " + algorithm + " PRIVATE KEY");
            Files.writeString(files.key(), text.toString());
            assertThatThrownBy(() -> PemIdentity.read(files))
                    .hasMessageContaining("certificate in " + files.certificate());
            Files.writeString(
                    files.key(),
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(keys.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
            assertThatThrownBy(() -> PemIdentity.read(files))
                    .hasMessageContaining("certificate in " + files.certificate());
        }
    }

    @Test
    void refusesTheKeyOfAnotherCertificateOfTheSameKind() throws IOException {
        TlsFiles a = made("a");
        TlsFiles b = made("b");
        assertThatThrownBy(() -> PemIdentity.read(new TlsFiles(a.certificate(), b.key())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not that of the certificate");
    }

    @Test
    void saysWhichFileIsBroken() throws IOException {
        TlsFiles files = made("a");
        for (String broken : List.of("", "rubbish", "-----BEGIN PRIVATE KEY-----\n!!!\n-----END PRIVATE KEY-----\n")) {
            Files.writeString(files.key(), broken);
            assertThatThrownBy(() -> PemIdentity.read(files))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("key.pem");
        }
        Files.writeString(files.certificate(), "rubbish");
        TlsFiles other = made("b");
        assertThatThrownBy(() -> PemIdentity.read(new TlsFiles(files.certificate(), other.key())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("certificate.pem");
    }

    @Test
    void usesNewFilesWithinSecondsAndKeepsTheOldOnesWhenTheyAreBroken() throws Exception {
        TlsFiles files = made("a");
        TlsFiles next = made("b");
        ReloadingTls tls = new ReloadingTls(files);
        SSLContext first = tls.context();

        // The certificate is there before its key: the old pair stays in use.
        Files.copy(next.certificate(), files.certificate(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Instant end = Instant.now().plus(Duration.ofMillis(2_500));
        while (Instant.now().isBefore(end)) {
            assertThat(tls.context()).isSameAs(first);
            Thread.onSpinWait();
        }
        Files.copy(next.key(), files.key(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        end = Instant.now().plusSeconds(20);
        while (tls.context().equals(first)) {
            assertThat(Instant.now()).as("the new pair is used").isBefore(end);
            Thread.onSpinWait();
        }
        SSLContext second = tls.context();
        assertThat(second).isNotSameAs(first);
        Files.delete(files.key());
        end = Instant.now().plus(Duration.ofMillis(1_500));
        while (Instant.now().isBefore(end)) {
            assertThat(tls.context()).isSameAs(second);
            Thread.onSpinWait();
        }
    }
}
