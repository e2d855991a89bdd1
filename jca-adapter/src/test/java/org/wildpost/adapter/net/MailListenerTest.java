// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wildpost.adapter.net.proxy.ProxyTrust;
import org.wildpost.core.tls.ReloadingTls;
import org.wildpost.core.tls.SelfSignedCertificate;
import org.wildpost.core.tls.TlsFiles;

/** Real sockets on loopback. The conversation repeats lines; "tls" puts TLS on. */
class MailListenerTest {
    @TempDir
    private Path folder;

    private static void echo(Connection connection) throws IOException {
        connection.idleTimeout(Duration.ofSeconds(10));
        try {
            while (true) {
                connection.flush();
                String line = connection.readLine(100).latin1();
                connection.write((connection.secure() ? "secure " : "") + line + "\r\n");
                if (line.equals("tls")) {
                    connection.flush();
                    connection.startTls();
                }
            }
        } catch (SocketTimeoutException e) {
            connection.write(connection.draining() ? "going down\r\n" : "too slow\r\n");
            connection.flush();
        }
    }

    @Test
    void talksInTheClearAndOverTlsOnOneConnection() throws IOException {
        try (MailListener listener = listener(false, 10, 10, ListenerSettings.TOTAL_TIME);
                Loopback client = new Loopback(listener.port())) {
            client.send("a\r\nb\n" + "c".repeat(99) + "\r\n");
            assertThat(client.line()).isEqualTo("a");
            assertThat(client.line()).isEqualTo("b");
            assertThat(client.line()).hasSize(99);
            client.send("tls\r\n");
            assertThat(client.line()).isEqualTo("tls");
            assertThat(client.startTls().getSession().getProtocol()).isEqualTo("TLSv1.3");
            client.send("d\r\n");
            assertThat(client.line()).isEqualTo("secure d");
        }
    }

    @Test
    void speaksTls12ButNothingOlder() throws IOException {
        try (MailListener listener = listener(true, 10, 10, ListenerSettings.TOTAL_TIME)) {
            try (Loopback client = new Loopback(listener.port())) {
                assertThat(client.startTls("TLSv1.2").getSession().getProtocol())
                        .isEqualTo("TLSv1.2");
            }
            try (Loopback client = new Loopback(listener.port())) {
                assertThatThrownBy(() -> client.startTls("TLSv1.1")).isInstanceOf(SSLException.class);
            }
        }
    }

    @Test
    void usesACertificateThatWasReplaced() throws IOException, InterruptedException {
        try (MailListener listener = listener(true, 10, 10, ListenerSettings.TOTAL_TIME)) {
            assertThat(subject(listener)).isEqualTo("CN=one.example.org");
            TlsFiles files = TlsFiles.in(folder);
            Files.writeString(files.key(), "broken");
            Thread.sleep(1_100);
            assertThat(subject(listener)).as("the last good one stays").isEqualTo("CN=one.example.org");
            Files.delete(files.key());
            Files.delete(files.certificate());
            SelfSignedCertificate.ensure(files, "two.example.org");
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (!subject(listener).equals("CN=two.example.org") && System.nanoTime() < deadline) {
                Thread.sleep(100);
            }
            assertThat(subject(listener)).isEqualTo("CN=two.example.org");
        }
    }

    @Test
    void refusesMoreConnectionsThanAnAddressMayHave() throws IOException {
        try (MailListener listener = listener(false, 10, 1, ListenerSettings.TOTAL_TIME);
                Loopback first = new Loopback(listener.port())) {
            first.send("here\r\n");
            assertThat(first.line()).isEqualTo("here");
            try (Loopback second = new Loopback(listener.port())) {
                assertThat(second.line()).isEqualTo("too many");
                assertThat(second.line()).isNull();
            }
            first.send("still\r\n");
            assertThat(first.line()).isEqualTo("still");
        }
    }

    @Test
    void refusesMoreConnectionsThanThereMayBeInAll() throws IOException {
        try (MailListener listener = listener(false, 1, 10, ListenerSettings.TOTAL_TIME);
                Loopback first = new Loopback(listener.port())) {
            first.send("here\r\n");
            assertThat(first.line()).isEqualTo("here");
            try (Loopback second = new Loopback(listener.port())) {
                assertThat(second.line()).isEqualTo("too many");
                assertThat(second.line()).isNull();
            }
        }
    }

    @Test
    void letsIdleSessionsSayFarewellWhenItStops() throws IOException {
        MailListener listener = listener(false, 10, 10, ListenerSettings.TOTAL_TIME);
        try (Loopback client = new Loopback(listener.port())) {
            client.send("here\r\n");
            assertThat(client.line()).isEqualTo("here");
            listener.stop(Duration.ofSeconds(5));
            assertThat(client.line()).isEqualTo("going down");
            assertThat(client.line()).isNull();
        }
        assertThat(listener.isBound()).isFalse();
    }

    @Test
    void endsAConnectionThatLivesTooLong() throws IOException {
        try (MailListener listener = listener(false, 10, 10, Duration.ofMillis(50));
                Loopback client = new Loopback(listener.port())) {
            assertThat(client.line()).isNull();
        } catch (java.net.SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void waitsOnlySoLongForTheEndOfALine() throws IOException {
        Duration patience = Duration.ofMillis(300);
        Conversation conversation = connection -> {
            connection.idleTimeout(patience);
            try {
                connection.readLine(100_000);
                connection.readLine(100_000);
            } catch (SocketTimeoutException e) {
                connection.write("too slow\r\n");
                connection.flush();
            }
        };
        try (MailListener listener = start(conversation, false, 10, 10, ListenerSettings.TOTAL_TIME);
                Loopback client = new Loopback(listener.port())) {
            client.send("a\r\n");
            long deadline = System.nanoTime() + patience.multipliedBy(20).toNanos();
            while (!client.ready() && System.nanoTime() < deadline) {
                client.send("x");
                LockSupport.parkNanos(patience.toNanos() / 10);
            }
            assertThat(client.ready())
                    .as("answered while the client still sent")
                    .isTrue();
            assertThat(client.line()).isEqualTo("too slow");
        }
    }

    /** By one octet, and the CR counts in neither. */
    @Test
    void knowsTheEndsOfALineThatIsHardlyTooLong() throws IOException {
        Conversation conversation = connection -> {
            connection.idleTimeout(Duration.ofSeconds(10));
            for (int i = 0; i < 2; i++) {
                try {
                    connection.readLine(10);
                } catch (Connection.LineTooLongException e) {
                    connection.write(e.start() + " " + e.end() + "\r\n");
                }
            }
            connection.flush();
        };
        try (MailListener listener = start(conversation, false, 10, 10, ListenerSettings.TOTAL_TIME);
                Loopback client = new Loopback(listener.port())) {
            client.send("0123456789a\r\n0123456789ab\n");
            assertThat(client.line()).isEqualTo("0123456789a 0123456789a");
            assertThat(client.line()).isEqualTo("0123456789ab 0123456789ab");
        }
    }

    @Test
    void skipsALineThatIsTooLongAndGoesOn() throws IOException {
        Conversation conversation = connection -> {
            connection.idleTimeout(Duration.ofSeconds(10));
            try {
                connection.readLine(10);
            } catch (Connection.LineTooLongException e) {
                connection.write(e.start().substring(0, 3) + e.start().length()
                        + e.end().length() + e.end().substring(e.end().length() - 3) + "\r\n");
            }
            connection.write(connection.readLine(10).latin1() + "\r\n");
            connection.flush();
        };
        try (MailListener listener = start(conversation, false, 10, 10, ListenerSettings.TOTAL_TIME);
                Loopback client = new Loopback(listener.port())) {
            client.send("abc" + "x".repeat(50_000) + "xyz\r\n0123456789\r\n");
            assertThat(client.line()).isEqualTo("abc128128xyz");
            assertThat(client.line()).isEqualTo("0123456789");
        }
    }

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (MailListener listener = listener(false, 10, 10, ListenerSettings.TOTAL_TIME)) {
            ListenerSettings same = new ListenerSettings("again", "127.0.0.1", listener.port(), false, "");
            assertThatThrownBy(() -> MailListener.start(same, new ConnectionLimits(1, 1), () -> null, connection -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("again on 127.0.0.1 port " + listener.port());
        }
    }

    private static String subject(MailListener listener) throws IOException {
        try (Loopback client = new Loopback(listener.port())) {
            X509Certificate certificate =
                    (X509Certificate) client.startTls().getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }

    private MailListener listener(boolean implicitTls, int total, int perAddress, Duration totalTime)
            throws IOException {
        return start(MailListenerTest::echo, implicitTls, total, perAddress, totalTime);
    }

    private MailListener start(
            Conversation conversation, boolean implicitTls, int total, int perAddress, Duration totalTime)
            throws IOException {
        SelfSignedCertificate.ensure(TlsFiles.in(folder), "one.example.org");
        ReloadingTls tls = new ReloadingTls(TlsFiles.in(folder));
        ListenerSettings settings = new ListenerSettings(
                "echo",
                "127.0.0.1",
                0,
                implicitTls,
                "too many\r\n",
                ListenerSettings.HANDSHAKE_TIME,
                totalTime,
                ListenerSettings.WRITE_TIME,
                ProxyTrust.NONE);
        return MailListener.start(settings, new ConnectionLimits(total, perAddress), tls::context, conversation);
    }
}
