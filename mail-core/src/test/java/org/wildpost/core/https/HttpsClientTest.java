// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.https;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.dns.ZoneResolver;
import org.wildpost.core.trust.Authorities;
import org.wildpost.core.trust.TestCertificates;

/** RFC 9110, RFC 9112: against the JDK's server, and against octets as they come. */
@Timeout(120)
class HttpsClientTest {
    private static final int MAX = 1000;

    private final TestCertificates root = TestCertificates.authority("root");
    private final ZoneResolver dns = new ZoneResolver("""
            www.example.org A 127.0.0.1
            two.example.org A 127.0.0.1
            two.example.org AAAA ::ffff:0:1
            other.example.org A 127.0.0.1
            """);
    private final HttpsClient client = new HttpsClient(dns, Authorities.of(root.chain()), Duration.ofSeconds(20), MAX);

    @SuppressWarnings("UnusedVariable") // null until a test starts one
    private HttpsServer server;

    private SSLServerSocket raw;

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.stop(0);
        }
        if (raw != null) {
            raw.close();
        }
    }

    @Test
    void getsWhatIsThere() throws IOException {
        int port = serve(root.host("www.example.org"), exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "Text/Plain; charset=utf-8");
            byte[] body = ("you asked " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + " of "
                            + exchange.getRequestHeaders().getFirst("Host"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });

        assertThat(client.get(uri("www.example.org", port, "/a/b?c=d")))
                .isInstanceOfSatisfying(HttpsAnswer.Response.class, response -> {
                    assertThat(response.status()).isEqualTo(200);
                    assertThat(response.contentType()).isEqualTo("text/plain");
                    assertThat(new String(response.body(), StandardCharsets.UTF_8))
                            .isEqualTo("you asked GET /a/b?c=d of www.example.org:" + port);
                });
    }

    @Test
    void postsABody() throws IOException {
        int port = serve(root.host("www.example.org"), exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean good = exchange.getRequestMethod().equals("POST")
                    && exchange.getRequestHeaders().getFirst("Content-Type").equals("application/tlsrpt+gzip")
                    && new String(body, StandardCharsets.UTF_8).equals("hello");
            exchange.sendResponseHeaders(good ? 201 : 400, 0);
            exchange.getResponseBody().write("chunked".getBytes(StandardCharsets.UTF_8));
        });

        assertThat(client.post(
                        uri("www.example.org", port, "/"),
                        "application/tlsrpt+gzip",
                        "hello".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(HttpsAnswer.Response.class, response -> {
                    assertThat(response.status()).isEqualTo(201);
                    assertThat(response.body()).asString().isEqualTo("chunked");
                });
    }

    @Test
    void followsNoRedirect() throws IOException {
        int port = serve(root.host("www.example.org"), exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(301, -1);
        });

        assertThat(client.get(uri("www.example.org", port, "/")))
                .isInstanceOfSatisfying(
                        HttpsAnswer.Response.class,
                        response -> assertThat(response.status()).isEqualTo(301));
    }

    @Test
    void believesOnlyAGoodCertificate() throws IOException {
        for (TestCertificates bad : List.of(
                root.host("other.example.org"),
                root.expired("www.example.org"),
                TestCertificates.selfSigned("www.example.org"),
                TestCertificates.authority("another").host("www.example.org"))) {
            int port = serve(bad, exchange -> exchange.sendResponseHeaders(200, -1));

            assertThat(stage(client.get(uri("www.example.org", port, "/")))).isEqualTo(HttpsAnswer.Stage.TLS);
            stop();
        }
    }

    @Test
    void asksTheResolverAloneForNames() throws IOException {
        int port = serve(
                root.host("www.example.org", "two.example.org"), exchange -> exchange.sendResponseHeaders(204, -1));

        assertThat(stage(client.get(uri("localhost", port, "/")))).isEqualTo(HttpsAnswer.Stage.NAME);
        dns.fail("other.example.org", "A", "SERVFAIL");
        assertThat(stage(client.get(uri("other.example.org", port, "/")))).isEqualTo(HttpsAnswer.Stage.NAME);
        assertThat(client.get(uri("two.example.org", port, "/"))).isInstanceOf(HttpsAnswer.Response.class);
    }

    @Test
    void saysWhenNobodyIsThere() throws IOException {
        int port = serve(root.host("www.example.org"), exchange -> {});
        stop();

        assertThat(stage(client.get(uri("www.example.org", port, "/")))).isEqualTo(HttpsAnswer.Stage.CONNECT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK~Content-Length: 2~~hi                                    | 200 hi",
                "HTTP/1.0 200 OK~~to the end                                              | 200 to the end",
                "HTTP/1.1 404 ~Content-Length: 0~~                                        | 404",
                "HTTP/1.1 103 Early Hints~Link: x~~HTTP/1.1 200 OK~Content-Length: 1~~x   | 200 x",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~hi~3;x=y~ yo~0~~           | 200 hi yo",
                "HTTP/1.1 204 No Content~~                                                | 204",
                // A quirk of the library: a head may end with the connection, of which TLS says that it is the end.
                "HTTP/1.1 200 OK~                                                         | 200"
            })
    void readsAnswers(String answer, String expected) throws IOException {
        HttpsAnswer.Response response = (HttpsAnswer.Response)
                client.get(uri("www.example.org", serveOctets(answer.replace("~", "\r\n")), "/"));

        assertThat((response.status() + " " + new String(response.body(), StandardCharsets.UTF_8)).strip())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "220 mx.example.org ESMTP~",
                "HTTP/2 200~~",
                "HTTP/1.1 2000 OK~~",
                "HTTP/1.1 200 OK~no colon~~",
                "HTTP/1.1 200 OK~Content-Length: 3~~hi",
                "HTTP/1.1 200 OK~Content-Length: 1001~~",
                "HTTP/1.1 200 OK~Content-Length: 99999999999~~",
                "HTTP/1.1 200 OK~Content-Length: -1~~",
                "HTTP/1.1 200 OK~Content-Length: 2, 2~~hi",
                "HTTP/1.1 200 OK~Transfer-Encoding: gzip~~x",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~zz~hi~",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~fffffff~hi",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~hiX~0~~",
                "HTTP/1.1 100 Continue~~HTTP/1.1 100 Continue~~HTTP/1.1 100 Continue~~HTTP/1.1 100 C~~HTTP/1.1 100 C~~HTTP/1.1 100 C~~"
            })
    void refusesWhatIsNoAnswer(String answer) throws IOException {
        int port = serveOctets(answer.replace("~", "\r\n"));
        assertThat(stage(client.get(uri("www.example.org", port, "/")))).isEqualTo(HttpsAnswer.Stage.ANSWER);
    }

    @Test
    void refusesWhatIsTooLarge() throws IOException {
        int endless = serveOctets("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(MAX + 1));
        assertThat(stage(client.get(uri("www.example.org", endless, "/")))).isEqualTo(HttpsAnswer.Stage.ANSWER);
        stop();
        int field = serveOctets("HTTP/1.1 200 OK\r\nX: " + "x".repeat(Exchange.MAX_LINE) + "\r\n\r\n");
        assertThat(stage(client.get(uri("www.example.org", field, "/")))).isEqualTo(HttpsAnswer.Stage.ANSWER);
        stop();
        int fields = serveOctets("HTTP/1.1 200 OK\r\n" + "X: x\r\n".repeat(Exchange.MAX_FIELDS + 1) + "\r\n");
        assertThat(stage(client.get(uri("www.example.org", fields, "/")))).isEqualTo(HttpsAnswer.Stage.ANSWER);
    }

    @Test
    void waitsForNobodyLongerThanItSays() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        int port = serve(root.host("www.example.org"), exchange -> await(end));
        HttpsClient hasty = new HttpsClient(dns, Authorities.of(root.chain()), Duration.ofMillis(800), MAX);
        Instant began = Instant.now();
        try {
            assertThat(stage(hasty.get(uri("www.example.org", port, "/")))).isEqualTo(HttpsAnswer.Stage.ANSWER);
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(10));
        } finally {
            end.countDown();
        }
    }

    @Test
    void waitsForNobodyWhoSaysAnOctetNowAndThen() throws IOException {
        HttpsClient hasty = new HttpsClient(dns, Authorities.of(root.chain()), Duration.ofMillis(800), MAX);
        for (String beginning : List.of("HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\n\r\n")) {
            CountDownLatch end = new CountDownLatch(1);
            int port = serveRaw(out -> {
                out.write(beginning.getBytes(StandardCharsets.US_ASCII));
                while (!end.await(50, TimeUnit.MILLISECONDS)) {
                    out.write('x');
                }
            });
            Instant began = Instant.now();
            try {
                HttpsAnswer answer = hasty.get(uri("www.example.org", port, "/"));
                assertThat(stage(answer)).isEqualTo(HttpsAnswer.Stage.ANSWER);
                assertThat(((HttpsAnswer.Failed) answer).reason()).contains("took longer than 1 s");
                assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(10));
            } finally {
                end.countDown();
                stop();
            }
        }
    }

    @Test
    void answersWheneverItsTimeEnds() throws IOException {
        int port = serve(root.host("www.example.org"), exchange -> exchange.sendResponseHeaders(204, -1));
        for (int micros = 0; micros < 20_000; micros += 100) {
            HttpsClient hasty =
                    new HttpsClient(dns, Authorities.of(root.chain()), Duration.ofNanos(micros * 1_000L), MAX);
            assertThat(hasty.get(uri("www.example.org", port, "/"))).isNotNull();
        }
    }

    @Test
    void waitsForNoHandshakeWithoutEnd() throws IOException {
        HttpsClient hasty = new HttpsClient(dns, Authorities.of(root.chain()), Duration.ofMillis(800), MAX);
        Instant began = Instant.now();
        // Connections are taken by the kernel, and nobody says a word.
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(stage(hasty.get(uri("www.example.org", silent.getLocalPort(), "/"))))
                    .isEqualTo(HttpsAnswer.Stage.TLS);
        }
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(4));
    }

    /** What is left of it is not even read away. */
    @Test
    void leavesABodyWithoutEnd() throws IOException {
        int port = serveRaw(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(new byte[1000]);
            }
        });
        Instant began = Instant.now();

        HttpsAnswer answer = client.get(uri("www.example.org", port, "/"));

        assertThat(stage(answer)).isEqualTo(HttpsAnswer.Stage.ANSWER);
        assertThat(((HttpsAnswer.Failed) answer).reason()).contains("more than " + MAX + " octets");
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void speaksTlsWhateverTheSchemeSays() throws IOException {
        int port = serve(root.host("www.example.org"), exchange -> exchange.sendResponseHeaders(204, -1));

        assertThat(client.get(URI.create("http://www.example.org:" + port + "/")))
                .isInstanceOf(HttpsAnswer.Response.class);
    }

    private int serve(TestCertificates certificate, Script script) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
        server.createContext("/", exchange -> {
            try (exchange) {
                script.answer(exchange);
            }
        });
        server.start();
        return server.getAddress().getPort();
    }

    /** Serves one connection. */
    private int serveOctets(String octets) throws IOException {
        return serveRaw(out -> out.write(octets.getBytes(StandardCharsets.US_ASCII)));
    }

    private int serveRaw(RawScript script) throws IOException {
        SSLServerSocket listening = (SSLServerSocket) root.host("www.example.org")
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        raw = listening;
        Thread.ofVirtual().start(() -> {
            try (Socket socket = listening.accept()) {
                byte[] request = new byte[4096];
                int read = socket.getInputStream().read(request);
                assertThat(read).isPositive();
                script.answer(socket.getOutputStream());
            } catch (IOException | InterruptedException e) {
                // The client went away, as some tests want.
                System.getLogger("test").log(System.Logger.Level.TRACE, "over", e);
            }
        });
        return listening.getLocalPort();
    }

    private interface RawScript {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    private interface Script {
        void answer(HttpExchange exchange) throws IOException;
    }

    private static HttpsAnswer.Stage stage(HttpsAnswer answer) {
        assertThat(answer).isInstanceOf(HttpsAnswer.Failed.class);
        HttpsAnswer.Failed failed = (HttpsAnswer.Failed) answer;
        assertThat(failed.reason()).isNotBlank().doesNotContain("\n");
        return failed.stage();
    }

    private static URI uri(String host, int port, String rest) {
        return URI.create("https://" + host + ":" + port + rest);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
