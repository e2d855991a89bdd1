// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** A server on loopback that plays what a test wrote down, well-behaved or not. Each connection plays the next part, the last part is played for all that follow. */
public final class ScriptedServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    /** What the server does with one connection; the connection closes at its end. */
    @FunctionalInterface
    public interface Part {
        void play(Peer client) throws IOException;
    }

    private final ServerSocket listener;
    private final List<Part> parts;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    private ScriptedServer(InetAddress address, int port, List<Part> parts) throws IOException {
        this.parts = parts;
        this.listener = new ServerSocket(port, 0, address);
        threads.add(Thread.ofVirtual().start(this::accept));
    }

    public static ScriptedServer playing(Part... parts) throws IOException {
        return playingAt(InetAddress.getLoopbackAddress(), 0, parts);
    }

    /** At an address of loopback that a test needs; port 0: any. */
    public static ScriptedServer playingAt(InetAddress address, int port, Part... parts) throws IOException {
        return new ScriptedServer(address, port, List.of(parts));
    }

    public int port() {
        return listener.getLocalPort();
    }

    public InetAddress address() {
        return listener.getInetAddress();
    }

    /** Every line that was read, of all connections. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    public int connections() {
        return connections.get();
    }

    /** What went wrong in a part, but for clients that went away; {@link #close} fails when there is something. */
    public List<Throwable> faults() {
        return List.copyOf(faults);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Part part = parts.get(Math.min(connections.getAndIncrement(), parts.size() - 1));
                threads.add(Thread.ofVirtual().start(() -> play(part, socket)));
            }
        } catch (IOException e) {
            // closed by the test
            System.getLogger("test").log(System.Logger.Level.TRACE, "no more", e);
        }
    }

    private void play(Part part, Socket socket) {
        try (socket) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            part.play(new Peer(socket));
        } catch (EOFException | SocketException | SSLException e) {
            System.getLogger("test").log(System.Logger.Level.TRACE, "the client went away", e);
        } catch (IOException | RuntimeException | AssertionError e) {
            faults.add(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!faults.isEmpty()) {
            throw new AssertionError("the client did not play its part", faults.getFirst());
        }
    }

    /** The client, as the server sees it. */
    public final class Peer {
        private Socket socket;
        private InputStream in;
        private OutputStream out;

        private Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        public Socket socket() {
            return socket;
        }

        /** The next line, without its CRLF. */
        public String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int octet = octet(); octet != '\n'; octet = octet()) {
                line.write(octet);
            }
            String text = line.toString(StandardCharsets.UTF_8);
            if (!text.endsWith("\r")) {
                throw new IOException("a line ended with LF alone: " + text);
            }
            heard.add(text.substring(0, text.length() - 1));
            return heard.getLast();
        }

        /** The next line, which begins so. */
        public String expect(String prefix) throws IOException {
            String line = line();
            if (!line.startsWith(prefix)) {
                throw new IOException("expected " + prefix + " but the client said " + line);
            }
            return line;
        }

        private int octet() throws IOException {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException();
            }
            return octet;
        }

        /** Octets up to and with the dot alone, as they came. */
        public byte[] message() throws IOException {
            byte[] end = {'\r', '\n', '.', '\r', '\n'};
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            int matched = 2;
            while (matched < end.length) {
                int octet = octet();
                all.write(octet);
                matched = octet == end[matched] ? matched + 1 : octet == '\r' ? 1 : 0;
            }
            return all.toByteArray();
        }

        public byte[] octets(int count) throws IOException {
            byte[] octets = in.readNBytes(count);
            if (octets.length < count) {
                throw new EOFException();
            }
            return octets;
        }

        /** Says lines, each with CRLF. */
        public void say(String... lines) throws IOException {
            raw(String.join("\r\n", lines) + "\r\n");
        }

        public void raw(String octets) throws IOException {
            out.write(octets.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** Whether the client stays silent for a moment, waiting for a reply. */
        public boolean silent() throws IOException {
            socket.setSoTimeout(100);
            try {
                return in.read() < 0;
            } catch (SocketTimeoutException e) {
                return true;
            } finally {
                socket.setSoTimeout(PATIENCE_MILLIS);
            }
        }

        /** Takes a message for one recipient, pipelined or not. */
        public byte[] takeMessage() throws IOException {
            toTheMessage();
            byte[] message = message();
            say("250 2.0.0 taken");
            return message;
        }

        /** Takes the envelope for one recipient and says 354. */
        public void toTheMessage() throws IOException {
            expect("MAIL FROM:");
            say("250 ok");
            expect("RCPT TO:");
            say("250 ok");
            expect("DATA");
            say("354 go");
        }

        /** Greets and takes EHLO, offering these. */
        public void welcome(String... keywords) throws IOException {
            say("220 mx.example.org ESMTP");
            hello(keywords);
        }

        /** Takes EHLO, offering these. */
        public void hello(String... keywords) throws IOException {
            expect("EHLO ");
            StringBuilder reply = new StringBuilder("250");
            String last = "mx.example.org greets you";
            for (String keyword : keywords) {
                reply.append('-').append(last).append("\r\n250");
                last = keyword;
            }
            raw(reply.append(' ').append(last).append("\r\n").toString());
        }

        /** Says that TLS begins, and begins it. */
        public SSLSocket startTls(SSLContext context) throws IOException {
            expect("STARTTLS");
            say("220 go");
            return secure(context, false);
        }

        /**
         * Does the handshake.
         *
         * @param protocols that it speaks; none: the usual ones
         */
        public SSLSocket secure(SSLContext context, boolean needClientCertificate, String... protocols)
                throws IOException {
            SSLSocket secured =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
            secured.setUseClientMode(false);
            secured.setNeedClientAuth(needClientCertificate);
            if (protocols.length > 0) {
                secured.setEnabledProtocols(protocols);
            }
            secured.startHandshake();
            socket = secured;
            in = new BufferedInputStream(secured.getInputStream());
            out = secured.getOutputStream();
            return secured;
        }
    }

    /** The name that the client asked for in its handshake. */
    public static List<String> namesAsked(SSLSocket socket) {
        return ((javax.net.ssl.ExtendedSSLSession) socket.getSession())
                .getRequestedServerNames().stream()
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .toList();
    }
}
