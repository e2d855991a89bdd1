// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.InvalidPropertyException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wildpost.adapter.smtp.SmtpActivationSpec;
import org.wildpost.core.listener.smtp.SmtpListener;
import org.wildpost.core.listener.smtp.SmtpVerdict;

@Timeout(60)
class MailResourceAdapterTest {
    private static final BootstrapContext NO_CONTEXT = (BootstrapContext) Proxy.newProxyInstance(
            BootstrapContext.class.getClassLoader(),
            new Class<?>[] {BootstrapContext.class},
            (proxy, method, arguments) -> {
                throw new UnsupportedOperationException("the work manager of the container is not used");
            });

    @TempDir
    private Path data;

    /** What the application says that the server is called. */
    private final AtomicReference<Optional<String>> name = new AtomicReference<>(Optional.empty());

    private final FakeEndpointFactory factory = new FakeEndpointFactory(
            SmtpListener.class,
            Proxy.newProxyInstance(
                    SmtpListener.class.getClassLoader(),
                    new Class<?>[] {SmtpListener.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "hostname" -> name.get();
                        case "tokenIssuer" -> Optional.empty();
                        default -> new SmtpVerdict.Accept("");
                    }));

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private SmtpActivationSpec spec(int port) {
        SmtpActivationSpec spec = new SmtpActivationSpec();
        spec.setBind("127.0.0.1");
        spec.setMxPort(port);
        spec.setSubmissionPort(0);
        spec.setSubmissionsPort(0);
        spec.setDataFolder(data.toString());
        spec.setHostname("mx.demo.test");
        return spec;
    }

    private static String talk(int port) throws IOException {
        return said(InetAddress.getLoopbackAddress(), port, "EHLO c\r\nMAIL FROM:<>\r\nQUIT\r\n");
    }

    private static String said(InetAddress address, int port, String text) throws IOException {
        try (Socket socket = new Socket(address, port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void listensWhileActiveAndAgainAfterADeactivation() throws Exception {
        MailResourceAdapter adapter = new MailResourceAdapter();
        adapter.start(NO_CONTEXT);
        int port = freePort();
        SmtpActivationSpec spec = spec(port);
        spec.validate();
        for (int i = 0; i < 2; i++) {
            adapter.endpointActivation(factory, spec);
            assertThat(adapter.getPorts()).containsExactly(port);
            assertThat(ManagementFactory.getPlatformMBeanServer()
                            .getAttribute(new ObjectName("org.wildpost:type=Listeners"), "Ports"))
                    .isEqualTo(new Integer[] {port});
            assertThat(talk(port))
                    .startsWith("220 mx.demo.test")
                    .contains("250 2.1.0")
                    .endsWith("bye\r\n");
            adapter.endpointDeactivation(factory, spec);
            adapter.endpointDeactivation(factory, spec);
            assertThatThrownBy(() -> talk(port)).isInstanceOf(IOException.class);
        }
        // The name and the sender of each of the two sessions.
        assertThat(factory.created()).isEqualTo(4);
        assertThat(factory.released()).isEqualTo(4);
        adapter.endpointActivation(factory, spec);
        adapter.stop();
        assertThatThrownBy(() -> talk(port)).isInstanceOf(IOException.class);
    }

    @Test
    void greetsWithTheNameOfTheMomentAndWithItsOwnWhenNobodyAnswers() throws Exception {
        MailResourceAdapter adapter = new MailResourceAdapter();
        int port = freePort();
        SmtpActivationSpec spec = spec(port);
        adapter.endpointActivation(factory, spec);
        try {
            name.set(Optional.of("typed.example"));
            assertThat(talk(port)).startsWith("220 typed.example ").contains("\n250-typed.example\r\n");
            name.set(Optional.of("renamed.example"));
            assertThat(talk(port)).startsWith("220 renamed.example ");
            factory.suspend();
            assertThat(talk(port)).startsWith("220 mx.demo.test ");
        } finally {
            adapter.endpointDeactivation(factory, spec);
        }
    }

    @Test
    void releasesEveryPortWhenOneIsTaken() throws Exception {
        MailResourceAdapter adapter = new MailResourceAdapter();
        int free = freePort();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SmtpActivationSpec spec = spec(free);
            spec.setSubmissionPort(taken.getLocalPort());
            assertThatThrownBy(() -> adapter.endpointActivation(factory, spec))
                    .isInstanceOf(ResourceException.class)
                    .hasMessageContaining("127.0.0.1 port " + taken.getLocalPort());
            assertThat(adapter.getPorts()).isEmpty();
        }
        new ServerSocket(free, 1, InetAddress.getLoopbackAddress()).close();
    }

    @Test
    void movesEveryPortByTheOffset() throws Exception {
        MailResourceAdapter adapter = new MailResourceAdapter();
        int port = freePort();
        SmtpActivationSpec spec = spec(port - 1_000);
        spec.setPortOffset(1_000);
        adapter.endpointActivation(factory, spec);
        try {
            assertThat(adapter.getPorts()).containsExactly(port);
        } finally {
            adapter.endpointDeactivation(factory, spec);
        }
    }

    @Test
    void endsAConnectionAfterTheTotalTimeThatIsConfigured() throws Exception {
        MailResourceAdapter adapter = new MailResourceAdapter();
        int port = freePort();
        SmtpActivationSpec spec = spec(port);
        spec.setTotalSeconds(1);
        adapter.endpointActivation(factory, spec);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            assertThat(endOf(socket)).isLessThan(Duration.ofSeconds(10));
        } finally {
            adapter.endpointDeactivation(factory, spec);
        }
    }

    @Test
    void listensForLmtpAtAnAddressOfItsOwnAndBelievesProxiesOnTheOthers() throws Exception {
        MailResourceAdapter adapter = new MailResourceAdapter();
        int mx = freePort();
        int lmtp = freePort();
        SmtpActivationSpec spec = spec(mx);
        spec.setLmtpPort(lmtp);
        spec.setLmtpBind("127.0.0.2");
        spec.setProxyNetworks("127.0.0.0/8");
        spec.validate();
        adapter.endpointActivation(factory, spec);
        try {
            assertThat(adapter.getPorts()).containsExactlyInAnyOrder(mx, lmtp);
            assertThat(said(InetAddress.getByName("127.0.0.2"), lmtp, "QUIT\r\n"))
                    .startsWith("220 mx.demo.test LMTP");
            assertThat(said(InetAddress.getLoopbackAddress(), mx, "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nQUIT\r\n"))
                    .startsWith("220 mx.demo.test ESMTP");
            assertThatThrownBy(() -> said(InetAddress.getLoopbackAddress(), lmtp, "QUIT\r\n"))
                    .isInstanceOf(IOException.class);
        } finally {
            adapter.endpointDeactivation(factory, spec);
        }
    }

    /** How long the server takes until it closes. */
    private static Duration endOf(Socket socket) throws IOException {
        long start = System.nanoTime();
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void wantsASpecificationOfMail() {
        ActivationSpec other = (ActivationSpec) Proxy.newProxyInstance(
                ActivationSpec.class.getClassLoader(),
                new Class<?>[] {ActivationSpec.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        assertThatThrownBy(() -> new MailResourceAdapter().endpointActivation(factory, other))
                .isInstanceOf(ResourceException.class);
    }

    @Test
    void namesThePropertyThatIsWrong() {
        SmtpActivationSpec none = spec(0);
        assertThatThrownBy(none::validate)
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("mxPort");
        SmtpActivationSpec high = spec(65_000);
        high.setPortOffset(1_000);
        assertThatThrownBy(high::validate).hasMessageContaining("mxPort");
        SmtpActivationSpec nobody = spec(25);
        nobody.setMaxConnectionsPerAddress(0);
        assertThatThrownBy(nobody::validate).hasMessageContaining("maxConnectionsPerAddress");
    }
}
