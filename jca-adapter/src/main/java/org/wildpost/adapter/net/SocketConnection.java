// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.sasl.ChannelBinding;
import org.wildpost.core.tls.ReloadingTls;

/** A connection over a socket. Reading and writing as {@link Connection} says; {@link #drain()} and {@link #close()} are for every thread. */
public final class SocketConnection implements Connection {
    private static final int BUFFER = 8 * 1024;
    private static final int MILLIS_MAX = Integer.MAX_VALUE;

    private final Socket raw;
    private final Supplier<SSLContext> tls;
    private final long begun = System.nanoTime();
    private volatile Socket socket;
    private InputStream in;
    private OutputStream out;
    private Peer peer;

    private byte[] input = new byte[BUFFER];
    private int position;
    private int limit;

    private final byte[] output = new byte[BUFFER];
    private int pending;

    private volatile boolean draining;
    private volatile boolean awaitingLine;
    private volatile long writingSince;
    private volatile long shakingHandsSince;
    private Duration idleTimeout = Duration.ZERO;

    /**
     * Takes over an accepted socket.
     *
     * @param tls the context for handshakes that begin now
     */
    public SocketConnection(Socket accepted, Supplier<SSLContext> tls) throws IOException {
        this.raw = accepted;
        this.socket = accepted;
        this.tls = tls;
        this.in = accepted.getInputStream();
        this.out = accepted.getOutputStream();
        this.peer = new Peer(accepted.getInetAddress(), accepted.getPort(), Optional.empty());
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public ChannelBinding channelBinding() {
        return socket instanceof SSLSocket secured ? new TlsBinding(secured.getSession()) : ChannelBinding.NONE;
    }

    @Override
    public boolean secure() {
        return peer.tls().isPresent();
    }

    @Override
    public void represents(InetAddress address, int port) {
        peer = new Peer(address, port, peer.tls());
    }

    @Override
    public Line readLine(int maxOctets) throws IOException {
        awaitingLine = position == limit;
        try {
            return line(maxOctets);
        } finally {
            awaitingLine = false;
            timeout(idleTimeout);
        }
    }

    private Line line(int maxOctets) throws IOException {
        long since = System.nanoTime();
        byte[] begunLine = new byte[0];
        boolean tooLong = false;
        while (true) {
            if (position == limit) {
                fill(since);
            }
            int start = position;
            int end = start;
            while (end < limit && input[end] != '\n') {
                end++;
            }
            int taken = end - start;
            position = Math.min(end + 1, limit);
            // One more octet than allowed may be the CR of the line end.
            tooLong |= begunLine.length + taken > maxOctets + 1;
            if (!tooLong) {
                int length = begunLine.length;
                begunLine = Arrays.copyOf(begunLine, length + taken);
                System.arraycopy(input, start, begunLine, length, taken);
            } else {
                begunLine = new byte[0];
            }
            if (end < limit) {
                boolean crlf = !tooLong && begunLine.length > 0 && begunLine[begunLine.length - 1] == '\r';
                int length = begunLine.length - (crlf ? 1 : 0);
                if (tooLong || length > maxOctets) {
                    throw new LineTooLongException(maxOctets);
                }
                return new Line(crlf ? Arrays.copyOf(begunLine, length) : begunLine, crlf);
            }
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (position == limit) {
            if (length >= BUFFER) {
                return in.read(buffer, offset, length);
            }
            position = 0;
            limit = 0;
            int read = in.read(input, 0, input.length);
            if (read < 0) {
                return -1;
            }
            limit = read;
        }
        int taken = Math.min(length, limit - position);
        System.arraycopy(input, position, buffer, offset, taken);
        position += taken;
        return taken;
    }

    @Override
    public void unread(byte[] octets, int offset, int length) {
        if (length == 0) {
            return;
        }
        byte[] all = new byte[Math.max(BUFFER, length + limit - position)];
        System.arraycopy(octets, offset, all, 0, length);
        System.arraycopy(input, position, all, length, limit - position);
        limit = length + limit - position;
        position = 0;
        input = all;
    }

    /** Waits for more of a line that is waited for since then. */
    private void fill(long since) throws IOException {
        if (!idleTimeout.isZero()) {
            Duration left = idleTimeout.minusNanos(System.nanoTime() - since);
            if (!left.isPositive()) {
                throw new SocketTimeoutException("the line did not end in time");
            }
            timeout(left);
        }
        position = 0;
        limit = 0;
        int read = in.read(input, 0, input.length);
        if (read < 0) {
            if (draining) {
                // Our own doing: the session shall say its farewell.
                throw new SocketTimeoutException("the server is going down");
            }
            throw new EOFException("the client is gone");
        }
        limit = read;
    }

    @Override
    public boolean inputBuffered() {
        return position < limit;
    }

    @Override
    public void write(String text) throws IOException {
        int length = text.length();
        if (length > output.length - pending) {
            byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
            write(octets, 0, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            output[pending++] = (byte) (c < 0x100 ? c : '?');
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > output.length - pending) {
            send();
        }
        if (length >= output.length) {
            writingSince = System.nanoTime();
            try {
                out.write(bytes, offset, length);
            } finally {
                writingSince = 0;
            }
        } else {
            System.arraycopy(bytes, offset, output, pending, length);
            pending += length;
        }
    }

    @Override
    public void flush() throws IOException {
        send();
        out.flush();
    }

    private void send() throws IOException {
        if (pending > 0) {
            writingSince = System.nanoTime();
            try {
                out.write(output, 0, pending);
            } finally {
                writingSince = 0;
            }
            pending = 0;
        }
    }

    @Override
    public void startTls() throws IOException {
        if (inputBuffered()) {
            throw new IOException("octets came before the handshake");
        }
        SSLSocket secured = (SSLSocket) tls.get()
                .getSocketFactory()
                .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
        secured.setUseClientMode(false);
        secured.setEnabledProtocols(ReloadingTls.protocols());
        var parameters = secured.getSSLParameters();
        parameters.setUseCipherSuitesOrder(true);
        secured.setSSLParameters(parameters);
        socket = secured;
        shakingHandsSince = System.nanoTime();
        try {
            secured.startHandshake();
        } finally {
            shakingHandsSince = 0;
        }
        in = secured.getInputStream();
        out = secured.getOutputStream();
        SSLSession session = secured.getSession();
        peer = new Peer(
                peer.address(),
                peer.port(),
                Optional.of(new Peer.Tls(session.getProtocol(), session.getCipherSuite())));
    }

    @Override
    public void idleTimeout(Duration timeout) {
        idleTimeout = timeout;
        timeout(timeout);
    }

    private void timeout(Duration timeout) {
        try {
            socket.setSoTimeout(timeout.isZero() ? 0 : Math.clamp(timeout.toMillis(), 1, MILLIS_MAX));
        } catch (IOException e) {
            // The socket is closed: the next read says so.
            System.getLogger("org.wildpost.net").log(System.Logger.Level.TRACE, "no timeout", e);
        }
    }

    @Override
    public boolean draining() {
        return draining;
    }

    /** The server goes down: a session that only waits for a command wakes up, another goes on to its next chance. */
    void drain() {
        draining = true;
        if (awaitingLine) {
            try {
                raw.shutdownInput();
            } catch (IOException e) {
                close();
            }
        }
    }

    /** How long this connection exists. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** How long the write that is under way waits for a client that does not read; zero when none is. */
    Duration writing() {
        return since(writingSince);
    }

    /** How long the TLS handshake that is under way has taken; zero when none is. */
    Duration shakingHands() {
        return since(shakingHandsSince);
    }

    private static Duration since(long since) {
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /**
     * The last word of an orderly talk: what was written goes out, and over TLS the client is told that nothing follows (close_notify), so that it need not
     * suspect that the end was cut off. For the session's thread.
     */
    void farewell() {
        try {
            flush();
            writingSince = System.nanoTime();
            if (socket instanceof SSLSocket secured) {
                secured.shutdownOutput();
            }
        } catch (IOException e) {
            System.getLogger("org.wildpost.net").log(System.Logger.Level.TRACE, "the client did not wait", e);
        } finally {
            writingSince = 0;
        }
    }

    @Override
    public void close() {
        try {
            // The raw socket: closing TLS properly would wait for a client that does not read.
            raw.close();
        } catch (IOException e) {
            System.getLogger("org.wildpost.net").log(System.Logger.Level.TRACE, "closing", e);
        }
    }
}
