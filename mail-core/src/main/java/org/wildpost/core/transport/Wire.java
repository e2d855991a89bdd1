// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The octets of a connection to another server, buffered both ways, and the time that they may take. For one thread; {@link #closeIfExpired} and
 * {@link #close} are for all.
 */
final class Wire implements AutoCloseable {
    /** Octets that go out at once; most messages fit. */
    static final int OUTPUT = 32 * 1024;

    private static final int INPUT = 8 * 1024;

    private final Socket raw;
    private final Watchdog watchdog;
    private final TransportSettings settings;
    private final byte[] input = new byte[INPUT];
    private final byte[] output = new byte[OUTPUT];
    private InputStream in;
    private OutputStream out;
    private int position;
    private int limit;
    private int pending;
    private Stage stage = Stage.GREETING;
    private Deadline shipment;
    private volatile @Nullable Deadline expiry;
    private volatile boolean expired;

    /** Takes over a connected socket. */
    Wire(Socket connected, Watchdog watchdog, TransportSettings settings, Deadline shipment) throws IOException {
        this.raw = connected;
        this.watchdog = watchdog;
        this.settings = settings;
        this.shipment = shipment;
        this.in = connected.getInputStream();
        this.out = connected.getOutputStream();
        watchdog.guard(this);
    }

    TransportSettings settings() {
        return settings;
    }

    InetSocketAddress remote() {
        return new InetSocketAddress(raw.getInetAddress(), raw.getPort());
    }

    InetAddress local() {
        return raw.getLocalAddress();
    }

    /** Another shipment uses this connection. */
    void begin(Deadline deadline) {
        shipment = deadline;
    }

    /** Nobody uses this connection now; it may wait as long as it likes. */
    void rest() {
        expiry = null;
    }

    /** From now on the time of this stage runs. */
    void enter(Stage next) {
        stage = next;
        expiry = Deadline.in(settings.patience(next)).or(shipment);
    }

    /** The next octet. */
    int read() throws TalkException {
        if (position == limit) {
            fill();
        }
        return input[position++] & 0xff;
    }

    private void fill() throws TalkException {
        int read;
        try {
            read = in.read(input, 0, INPUT);
        } catch (IOException e) {
            throw failure(e);
        }
        if (read < 0) {
            throw expired ? TalkException.expired(stage, this) : TalkException.closed(stage);
        }
        position = 0;
        limit = read;
    }

    /** Whether the peer said something that nobody has read yet. */
    boolean inputWaiting() throws TalkException {
        try {
            return position < limit || in.available() > 0;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Appends text to what goes out next. */
    void write(String text) throws TalkException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        write(octets, 0, octets.length);
    }

    void write(byte[] octets, int offset, int length) throws TalkException {
        int from = offset;
        int left = length;
        while (left > OUTPUT - pending) {
            int taken = OUTPUT - pending;
            System.arraycopy(octets, from, output, pending, taken);
            pending = OUTPUT;
            flush();
            from += taken;
            left -= taken;
        }
        System.arraycopy(octets, from, output, pending, left);
        pending += left;
    }

    void write(int octet) throws TalkException {
        if (pending == OUTPUT) {
            flush();
        }
        output[pending++] = (byte) octet;
    }

    /** Sends what was written, in one piece. */
    void flush() throws TalkException {
        if (stage == Stage.CONTENT) {
            // Its time is that of a block, not of the whole message.
            enter(stage);
        }
        int length = pending;
        pending = 0;
        try {
            out.write(output, 0, length);
            out.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Everything from here on goes through TLS. */
    void secured(SSLSocket socket) throws IOException {
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** The socket below any TLS. */
    Socket raw() {
        return raw;
    }

    /** What went wrong, in words. */
    TalkException failure(IOException cause) {
        return expired ? TalkException.expired(stage, this) : TalkException.lost(stage, cause);
    }

    /** Whether it was the shipment's time that ended, and not that of the stage. */
    boolean shipmentOver() {
        return shipment.passed();
    }

    void closeIfExpired() {
        Deadline end = expiry;
        if (end != null && end.passed()) {
            expired = true;
            close();
        }
    }

    /** Without a word, and without waiting for anything: the socket below TLS is closed. */
    @Override
    public void close() {
        watchdog.release(this);
        try {
            raw.close();
        } catch (IOException e) {
            System.getLogger("org.wildpost.transport").log(System.Logger.Level.TRACE, "closing", e);
        }
    }
}
