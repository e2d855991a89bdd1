// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.adapter.net.proxy.ProxyTrust;
import org.wildpost.core.net.Networks;

/** A listener behind proxies: whom it believes, whom it closes, and whose places are counted. */
@Timeout(60)
class ProxiedListenerTest {
    private static final String ONE = "PROXY TCP4 192.0.2.7 198.51.100.1 4711 25\r\n";
    private static final byte[] TWO = HexFormat.of()
            .parseHex("0d0a0d0a000d0a515549540a"
                    + "2121002420010db800000000000000000000000100000000000000000000000000000001" + "12670019");

    static final ProxyTrust LOOPBACK = trust("127.0.0.0/8", Duration.ofSeconds(20));

    /** Says whom it takes the client for, then repeats a line. */
    static void tellPeer(Connection connection) throws IOException {
        connection.idleTimeout(Duration.ofSeconds(20));
        connection.write(connection.peer().address().getHostAddress() + " "
                + (connection.peer().port() == 4711 ? "4711" : "other") + (connection.secure() ? " secure" : "")
                + "\r\n");
        connection.flush();
        connection.write(connection.readLine(100).latin1() + "\r\n");
    }

    @Test
    void tellsTheClientThatTheProxyNames() throws IOException {
        try (LoopbackListener server = listener(LOOPBACK, false, 10)) {
            try (LineClient client = server.client()) {
                client.write(ONE + "next\r\n");
                assertThat(client.readToEnd()).isEqualTo("192.0.2.7 4711\r\nnext\r\n");
            }
            try (LineClient client = server.client()) {
                client.write(TWO).write("next\r\n");
                assertThat(client.readToEnd()).isEqualTo("2001:db8:0:0:0:0:0:1 4711\r\nnext\r\n");
            }
        }
    }

    @Test
    void readsTheHeaderBeforeTlsAndKeepsTheClientAfterIt() throws IOException {
        try (LoopbackListener server = listener(LOOPBACK, true, 10);
                LineClient client = server.client()) {
            client.write(ONE).startTls().write("next\r\n");
            assertThat(client.readToEnd()).isEqualTo("192.0.2.7 4711 secure\r\nnext\r\n");
        }
    }

    @Test
    void takesAHeaderWithoutAddressesForTheProxysOwn() throws IOException {
        byte[] local = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "20000000");
        try (LoopbackListener server = listener(LOOPBACK, false, 10)) {
            for (byte[] header : List.of(local, "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII))) {
                try (LineClient client = server.client()) {
                    client.write(header).write("next\r\n");
                    assertThat(client.readToEnd()).isEqualTo("127.0.0.1 other\r\nnext\r\n");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EHLO c\r\n",
                "PROXY TCP4 192.0.2.7\r\n",
                "PROXY TCP4 here there 1 2\r\n",
                "\r\n\r\n",
                "GET / HTTP/1.1\r\n"
            })
    void closesAProxyThatDoesNotSayWhoItIs(String begin) throws IOException {
        try (LoopbackListener server = listener(LOOPBACK, false, 10);
                LineClient client = server.client()) {
            client.write(begin);
            client.finish();
            assertThat(heard(client)).isEmpty();
        }
    }

    @Test
    void looksForNoHeaderFromOthers() throws IOException {
        try (LoopbackListener server = listener(trust("192.0.2.0/24", Duration.ofSeconds(20)), false, 10);
                LineClient client = server.client()) {
            assertThat(client.readLine()).isEqualTo("127.0.0.1 other");
            client.write(ONE);
            assertThat(client.readToEnd()).isEqualTo(ONE);
        }
    }

    @Test
    void waitsForTheWholeHeaderOnlySoLong() throws Exception {
        try (LoopbackListener server = listener(trust("127.0.0.0/8", Duration.ofMillis(300)), false, 10);
                LineClient client = server.client()) {
            long begun = System.nanoTime();
            Thread drip = Thread.ofVirtual().start(() -> {
                try {
                    for (String octet : ONE.split("")) {
                        client.write(octet);
                        TimeUnit.MILLISECONDS.sleep(50);
                    }
                } catch (IOException | InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(heard(client)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
            drip.interrupt();
            drip.join();
        }
    }

    @Test
    void countsThePlacesOfTheClientNotOfTheProxy() throws IOException {
        ConnectionLimits limits = new ConnectionLimits(10, 1);
        try (LoopbackListener server = LoopbackListener.with(
                        LoopbackListener.settings(false).behind(LOOPBACK), limits, ProxiedListenerTest::tellPeer);
                LineClient first = server.client();
                LineClient second = server.client();
                LineClient again = server.client()) {
            first.write(ONE);
            assertThat(first.readLine()).isEqualTo("192.0.2.7 4711");
            second.write(ONE.replace("192.0.2.7", "192.0.2.8"));
            assertThat(second.readLine()).isEqualTo("192.0.2.8 4711");
            again.write(ONE);
            assertThat(heard(again)).isEqualTo("421 4.7.0 too many\r\n");
            first.write("bye\r\n");
            assertThat(first.readToEnd()).isEqualTo("bye\r\n");
            second.write("bye\r\n");
            assertThat(second.readToEnd()).isEqualTo("bye\r\n");
            awaitEmpty(limits);
            try (LineClient later = server.client()) {
                later.write(ONE);
                assertThat(later.readLine()).isEqualTo("192.0.2.7 4711");
            }
        }
    }

    @Test
    void countsConnectionsThatSayNothingYet() throws IOException {
        ConnectionLimits limits = new ConnectionLimits(2, 10);
        try (LoopbackListener server = LoopbackListener.with(
                        LoopbackListener.settings(false).behind(LOOPBACK), limits, ProxiedListenerTest::tellPeer);
                LineClient silent = server.client();
                LineClient silentToo = server.client()) {
            try (LineClient third = server.client()) {
                assertThat(third.readLine()).isEqualTo("421 4.7.0 too many");
            }
            silent.finish();
            silentToo.finish();
            assertThat(heard(silent) + heard(silentToo)).isEmpty();
            awaitEmpty(limits);
        }
    }

    /** All that the server says; a reset, because it closed with octets unread, is an end too. */
    static String heard(LineClient client) throws IOException {
        try {
            return client.readToEnd();
        } catch (SocketException reset) {
            return "";
        }
    }

    static void awaitEmpty(ConnectionLimits limits) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (limits.open() > 0) {
            assertThat(System.nanoTime()).as("all places were given back").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static ProxyTrust trust(String networks, Duration time) {
        return new ProxyTrust(Networks.parse(networks), time, ProxyTrust.HEADER_OCTETS);
    }

    private static LoopbackListener listener(ProxyTrust trust, boolean implicitTls, int places) throws IOException {
        return LoopbackListener.with(
                LoopbackListener.settings(implicitTls).behind(trust),
                new ConnectionLimits(places, places),
                ProxiedListenerTest::tellPeer);
    }
}
