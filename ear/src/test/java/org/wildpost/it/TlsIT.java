// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.tls.SelfSignedCertificate;
import org.wildpost.core.tls.TlsFiles;

/** What every port with TLS does alike, the web's included. */
@ExtendWith(DemoServer.class)
class TlsIT {
    private static final List<Integer> PORTS = List.of(465, 993, 995, 8443);

    @ParameterizedTest
    @ValueSource(ints = {465, 993, 995, 8443})
    void speaksTls12And13AndNothingOlder(int port, Instance server) throws IOException {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            try (SSLSocket socket = connect(server.port(port), protocol)) {
                assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            }
        }
        assertThatThrownBy(() -> connect(server.port(port), "TLSv1.1")).isInstanceOf(SSLException.class);
    }

    @Test
    void showsACertificateThatWasPutThereOnEveryPortWithoutARestart(Instance server) throws IOException {
        TlsFiles files = TlsFiles.in(server.data());
        String name = "put-there-" + System.nanoTime() + ".example.org";
        Files.delete(files.certificate());
        Files.delete(files.key());
        SelfSignedCertificate.ensure(files, name);
        for (int port : PORTS) {
            awaitSubject(server.port(port), "CN=" + name);
        }
    }

    private static void awaitSubject(int port, String expected) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String subject;
        do {
            try (SSLSocket socket = connect(port, "TLSv1.3")) {
                X509Certificate certificate =
                        (X509Certificate) socket.getSession().getPeerCertificates()[0];
                subject = certificate.getSubjectX500Principal().getName();
            }
        } while (!subject.equals(expected) && System.nanoTime() < deadline);
        assertThat(subject).as("port %d", port).isEqualTo(expected);
    }

    private static SSLSocket connect(int port, String protocol) throws IOException {
        SSLSocket socket = TlsClient.connect(port);
        try {
            socket.setSoTimeout(20_000);
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
