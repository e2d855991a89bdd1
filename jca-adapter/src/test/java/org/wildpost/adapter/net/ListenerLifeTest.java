// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wildpost.adapter.net.proxy.ProxyTrust;

/** What {@link MailListener} does around its sessions: places, ends, threads. */
@Timeout(60)
class ListenerLifeTest {
    /** Greets, answers each line with itself, says farewell when the server goes down. */
    private static void echo(Connection connection) throws IOException {
        connection.write("hello\r\n");
        connection.flush();
        connection.idleTimeout(Duration.ofSeconds(30));
        try {
            while (true) {
                String line = readLine(connection);
                if (line.equals("tls")) {
                    connection.write("go\r\n");
                    connection.flush();
                    connection.startTls();
                } else if (line.equals("bye")) {
                    connection.write("bye\r\n");
                    return;
                } else {
                    connection.write(line + (connection.secure() ? " secure" : "") + "\r\n");
                    connection.flush();
                }
            }
        } catch (SocketTimeoutException e) {
            connection.write(connection.draining() ? "farewell\r\n" : "idle\r\n");
            connection.flush();
        }
    }

    private static String readLine(Connection connection) throws IOException {
        try {
            return connection.readLine(10).latin1();
        } catch (Connection.LineTooLongException e) {
            return "too long";
        }
    }

    @Test
    void takesLinesOfExactlyTheLimitAndSkipsLongerOnes() throws IOException {
        try (LoopbackListener server = LoopbackListener.plain(ListenerLifeTest::echo);
                LineClient client = server.client()) {
            client.write("0123456789\r\n01234567890\r\n" + "x".repeat(50_000) + "\r\n0123456789\nnext\r\n");
            for (String expected : new String[] {"hello", "0123456789", "too long", "too long", "0123456789", "next"}) {
                assertThat(client.readLine()).isEqualTo(expected);
            }
        }
    }

    @Test
    void endsTlsInOrderSoThatNothingSeemsCutOff() throws IOException {
        try (LoopbackListener server = LoopbackListener.implicitTls(ListenerLifeTest::echo);
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.listener().port());
                LineClient client = server.client().startTls()) {
            assertThat(socket.isConnected()).isTrue();
            client.write("bye\r\n");
            assertThat(client.readToEnd()).isEqualTo("hello\r\nbye\r\n");
        }
    }

    @Test
    void refusesTls11() throws IOException {
        try (LoopbackListener server = LoopbackListener.implicitTls(ListenerLifeTest::echo);
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.listener().port())) {
            // A ClientHello of TLS 1.1 with ECDHE_ECDSA_WITH_AES_128_CBC_SHA, by hand: the JDK's client no longer
            // speaks it.
            byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 4 + 2];
            byte[] head = {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2};
            System.arraycopy(head, 0, hello, 0, head.length);
            byte[] tail = {0, 0, 2, (byte) 0xc0, 0x09, 1, 0};
            System.arraycopy(tail, 0, hello, hello.length - tail.length, tail.length);
            socket.getOutputStream().write(hello);
            socket.setSoTimeout(10_000);
            byte[] alert = new DataInputStream(socket.getInputStream()).readNBytes(7);
            assertThat(alert[0]).as("an alert").isEqualTo((byte) 21);
            assertThat(Arrays.copyOfRange(alert, 5, 7))
                    .as("fatal: protocol version")
                    .containsExactly(2, 70);
        }
    }

    @Test
    void givesThePlaceOfAConnectionBackWhenItEnds() throws Exception {
        ConnectionLimits limits = new ConnectionLimits(1, 10);
        try (LoopbackListener server =
                LoopbackListener.with(LoopbackListener.settings(false), limits, ListenerLifeTest::echo)) {
            for (int i = 0; i < 20; i++) {
                try (LineClient client = server.client()) {
                    assertThat(client.readLine()).isEqualTo("hello");
                    assertThat(client.write("bye\r\n").readToEnd()).isEqualTo("bye\r\n");
                }
                Instant end = Instant.now().plusSeconds(10);
                while (limits.open() > 0) {
                    assertThat(Instant.now()).as("the place was given back").isBefore(end);
                    Thread.onSpinWait();
                }
            }
        }
        assertThat(limits.open()).isZero();
    }

    @Test
    void countsAnIpv6ClientByItsNetwork() throws IOException {
        ConnectionLimits limits = new ConnectionLimits(10, 1);
        assertThat(limits.enter(InetAddress.getByName("2001:db8::1"))).isTrue();
        assertThat(limits.enter(InetAddress.getByName("2001:db8::2"))).isFalse();
        assertThat(limits.enter(InetAddress.getByName("2001:db8:0:1::1"))).isTrue();
        limits.leave(InetAddress.getByName("2001:db8::1"));
        assertThat(limits.enter(InetAddress.getByName("2001:db8::2"))).isTrue();
        assertThat(limits.open()).isEqualTo(2);
    }

    @Test
    void saysFarewellToIdleClientsWhenItStops() throws Exception {
        LoopbackListener server = LoopbackListener.plain(ListenerLifeTest::echo);
        try (LineClient plain = server.client();
                LineClient secured = server.client()) {
            assertThat(plain.readLine()).isEqualTo("hello");
            secured.readLine();
            secured.write("tls\r\n").readLine();
            assertThat(secured.startTls().write("a\r\n").readLine()).isEqualTo("a secure");
            Thread stop = Thread.ofVirtual().start(() -> server.listener().stop(Duration.ofSeconds(20)));
            assertThat(plain.readToEnd()).isEqualTo("farewell\r\n");
            assertThat(secured.readToEnd()).isEqualTo("farewell\r\n");
            assertThat(stop.join(Duration.ofSeconds(10))).isTrue();
            assertThat(server.listener().isBound()).isFalse();
            assertThatThrownBy(server::client).isInstanceOf(IOException.class);
        }
    }

    @Test
    void letsABusySessionEndBeforeItStops() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicReference<String> said = new AtomicReference<>("");
        LoopbackListener server = LoopbackListener.plain(connection -> {
            busy.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            said.set(connection.draining() ? "draining" : "not draining");
            connection.write("done\r\n");
        });
        try (LineClient client = server.client()) {
            assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
            Thread stop = Thread.ofVirtual().start(() -> server.listener().stop(Duration.ofSeconds(20)));
            while (server.listener().isBound()) {
                Thread.onSpinWait();
            }
            assertThat(stop.join(Duration.ofMillis(100))).isFalse();
            go.countDown();
            assertThat(client.readToEnd()).isEqualTo("done\r\n");
            assertThat(stop.join(Duration.ofSeconds(10))).isTrue();
            assertThat(said.get()).isEqualTo("draining");
        }
    }

    @Test
    void endsConnectionsThatDoNotRead() throws IOException {
        ListenerSettings writing = new ListenerSettings(
                "test",
                "127.0.0.1",
                0,
                false,
                "",
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                Duration.ofMillis(300),
                ProxyTrust.NONE);
        CountDownLatch ended = new CountDownLatch(1);
        byte[] flood = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        try (LoopbackListener server = LoopbackListener.with(writing, new ConnectionLimits(10, 10), connection -> {
                    try {
                        while (true) {
                            connection.write(flood, 0, flood.length);
                        }
                    } finally {
                        ended.countDown();
                    }
                });
                LineClient deaf = server.client()) {
            assertThat(deaf).isNotNull();
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The read timeout of a socket begins anew with every octet. */
    @Test
    void doesNotWaitLongerForAHandshakeThatComesOctetByOctet() throws Exception {
        ListenerSettings hasty = new ListenerSettings(
                "test",
                "127.0.0.1",
                0,
                true,
                "",
                Duration.ofMillis(300),
                Duration.ofHours(1),
                Duration.ofMinutes(5),
                ProxyTrust.NONE);
        CountDownLatch talked = new CountDownLatch(1);
        try (LoopbackListener server =
                        LoopbackListener.with(hasty, new ConnectionLimits(10, 10), connection -> talked.countDown());
                LineClient client = server.client()) {
            // The head of a record of 500 octets, of which not all will come.
            client.write(new byte[] {22, 3, 1, 1, (byte) 0xf4, 1, 0, 1, (byte) 0xf0, 3, 3});
            Thread dripping = drip(client);
            assertThat(dripping.join(Duration.ofSeconds(10)))
                    .as("the server has closed")
                    .isTrue();
            assertThat(talked.getCount()).isOne();
        }
    }

    /** One octet every 50 ms for at most 15 s, for as long as the server takes them. */
    private static Thread drip(LineClient client) {
        return Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 300; i++) {
                    client.write(new byte[] {'x'});
                    Thread.sleep(50);
                }
            } catch (IOException | InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void runsSessionsOnVirtualThreadsWithTheAdaptersClassLoader() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        try (LoopbackListener server = LoopbackListener.plain(connection -> thread.set(Thread.currentThread()));
                LineClient client = server.client()) {
            assertThat(client.readToEnd()).isEmpty();
        }
        assertThat(thread.get().isVirtual()).isTrue();
        assertThat(thread.get().getContextClassLoader()).isSameAs(MailListener.class.getClassLoader());
    }
}
