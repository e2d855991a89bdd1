// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.sasl.ChannelBinding;
import org.wildpost.core.tls.ReloadingTls;

/** A connection over a socket. Reading and writing as {@link Connection} says; {@link #drain()} and {@link #close()} are for every thread. */
public final class SocketConnection implements Connection {
    /** Octets of a buffer of a connection that is busy: those of a TLS record (RFC 8446 §5.1). */
    private static final int BUFFER = 16 * 1024;
    /** Octets of a buffer of a connection that waits or says little: there may be thousands. */
    private static final int SMALL = 1024;

    private static final char LATIN_1_LAST = 0xff;

    private static final int MILLIS_MAX = Integer.MAX_VALUE;

    private final Socket raw;
    private final Supplier<SSLContext> tls;
    private final long begun = System.nanoTime();
    private volatile Socket socket;
    private InputStream in;
    private OutputStream out;
    private @Nullable InflatingInput inflating;
    private Peer peer;

    private byte[] input = new byte[SMALL];
    private int position;
    private int limit;

    private byte[] output = new byte[SMALL];
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
        @Nullable LongLine tooLong = null;
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
            if (tooLong == null && begunLine.length + taken > maxOctets + 1) {
                tooLong = new LongLine();
                tooLong.add(begunLine, 0, begunLine.length);
            }
            if (tooLong == null) {
                int length = begunLine.length;
                begunLine = Arrays.copyOf(begunLine, length + taken);
                System.arraycopy(input, start, begunLine, length, taken);
            } else {
                begunLine = new byte[0];
                tooLong.add(input, start, taken);
            }
            if (end < limit) {
                if (tooLong != null) {
                    throw tooLong.tooLong(maxOctets);
                }
                boolean crlf = begunLine.length > 0 && begunLine[begunLine.length - 1] == '\r';
                int length = begunLine.length - (crlf ? 1 : 0);
                if (length > maxOctets) {
                    LongLine byOne = new LongLine();
                    byOne.add(begunLine, 0, begunLine.length);
                    throw byOne.tooLong(maxOctets);
                }
                return new Line(crlf ? Arrays.copyOf(begunLine, length) : begunLine, crlf);
            }
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (position == limit) {
            if (length >= BUFFER) {
                int read = in.read(buffer, offset, length);
                if (read != 0) {
                    return read;
                }
            } else if (readInput(BUFFER) < 0) {
                return -1;
            }
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
        if (inflating != null) {
            inflating.rest();
        }
        // Whoever sends lines faster than a small buffer takes them gets a great one, until it waits again.
        if (readInput(limit == input.length ? BUFFER : SMALL) < 0) {
            if (draining) {
                // Our own doing: the session shall say its farewell.
                throw new SocketTimeoutException("the server is going down");
            }
            throw new EOFException("the client is gone");
        }
    }

    private int readInput(int size) throws IOException {
        if (input.length != size) {
            input = new byte[size];
        }
        position = 0;
        limit = 0;
        int read = in.read(input, 0, size);
        limit = Math.max(read, 0);
        return read;
    }

    @Override
    public boolean inputBuffered() {
        return position < limit;
    }

    @Override
    public void write(String text) throws IOException {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (pending == output.length) {
                makeRoom();
            }
            char c = text.charAt(i);
            // Cut to an octet, another character could become the end of a line.
            output[pending++] = c <= LATIN_1_LAST ? (byte) c : (byte) '?';
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (pending == 0 && left >= BUFFER) {
                send(bytes, from, left);
                return;
            }
            if (left > output.length - pending) {
                makeRoom();
            }
            int some = Math.min(left, output.length - pending);
            System.arraycopy(bytes, from, output, pending, some);
            pending += some;
            from += some;
            left -= some;
        }
    }

    /** Room for an octet at least; what is sent are whole buffers. */
    private void makeRoom() throws IOException {
        if (output.length < BUFFER) {
            output = Arrays.copyOf(output, BUFFER);
        } else if (pending == BUFFER) {
            sendPending();
        }
    }

    @Override
    public void flush() throws IOException {
        sendPending();
        writingSince = System.nanoTime();
        try {
            out.flush();
        } finally {
            writingSince = 0;
        }
        if (output.length > SMALL) {
            output = new byte[SMALL];
        }
    }

    private void sendPending() throws IOException {
        if (pending > 0) {
            send(output, 0, pending);
            pending = 0;
        }
    }

    private void send(byte[] octets, int offset, int length) throws IOException {
        writingSince = System.nanoTime();
        try {
            out.write(octets, offset, length);
        } finally {
            writingSince = 0;
        }
    }

    @Override
    public void startCompression() {
        if (inflating != null || inputBuffered()) {
            throw new IllegalStateException("compression begins once, and with nothing before it");
        }
        inflating = new InflatingInput(in);
        in = inflating;
        out = new DeflatingOutput(out);
    }

    @Override
    public void endCompression() throws IOException {
        InflatingInput packed = inflating;
        if (packed == null) {
            throw new IllegalStateException("nothing is compressed");
        }
        in = packed.below();
        packed.close();
        inflating = null;
        if (out instanceof DeflatingOutput deflating) {
            deflating.close();
            out = deflating.below();
        }
    }

    @Override
    public boolean compressed() {
        return inflating != null;
    }

    @Override
    public void startTls() throws IOException {
        if (inputBuffered() || compressed()) {
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
            if (out instanceof DeflatingOutput deflating) {
                deflating.finish();
            }
            if (socket instanceof SSLSocket secured) {
                secured.shutdownOutput();
            }
        } catch (IOException e) {
            System.getLogger("org.wildpost.net").log(System.Logger.Level.TRACE, "the client did not wait", e);
        } finally {
            writingSince = 0;
        }
    }

    /** Nothing is read or written any more: lets go what the streams hold beside the socket. For the session's thread. */
    void release() {
        if (inflating != null) {
            inflating.close();
            try {
                out.close();
            } catch (IOException e) {
                System.getLogger("org.wildpost.net").log(System.Logger.Level.TRACE, "closing", e);
            }
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
