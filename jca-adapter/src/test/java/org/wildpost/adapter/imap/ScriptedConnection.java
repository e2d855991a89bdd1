// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.wildpost.adapter.net.Connection;
import org.wildpost.core.listener.Peer;

/** A connection without a socket: a test puts octets in and looks at what comes out. */
final class ScriptedConnection implements Connection {
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> incoming = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream outgoing = new ByteArrayOutputStream();
    private final Object lock = new Object();
    private byte[] chunk = END;
    private int position;
    private boolean ended;
    private volatile Duration timeout = Duration.ofSeconds(20);
    private volatile boolean secure;
    private volatile boolean draining;
    private volatile boolean closed;
    private volatile boolean compressed;

    ScriptedConnection(boolean secure) {
        this.secure = secure;
    }

    void send(String latin1) {
        send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] octets) {
        if (octets.length > 0) {
            incoming.add(octets.clone());
        }
    }

    void endOfInput() {
        incoming.add(END);
    }

    /** As the real one: who waits for a line wakes up. */
    void drain() {
        draining = true;
        incoming.add(END);
    }

    boolean closed() {
        return closed;
    }

    String output() {
        synchronized (lock) {
            return outgoing.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** What came since the last call, up to a line that begins with this; fails after five seconds. */
    String await(String text) {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        synchronized (lock) {
            while (true) {
                String all = outgoing.toString(StandardCharsets.ISO_8859_1);
                int at = all.indexOf(text);
                int end = at < 0 ? -1 : all.indexOf("\r\n", at);
                if (end >= 0) {
                    outgoing.reset();
                    outgoing.writeBytes(all.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1));
                    return all.substring(0, end + 2);
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("waited for <" + text + ">, there is <" + all + ">");
                }
                try {
                    lock.wait(Math.max(1, left / 1_000_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** Everything up to the end of the last whole line, once one of these texts is in it; fails after five seconds. */
    String awaitEither(String... texts) {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        synchronized (lock) {
            while (true) {
                String all = outgoing.toString(StandardCharsets.ISO_8859_1);
                for (String text : texts) {
                    int at = all.startsWith(text) ? 0 : all.indexOf("\r\n" + text);
                    if (at >= 0 && all.indexOf("\r\n", at + 2) >= 0) {
                        outgoing.reset();
                        return all;
                    }
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("waited for " + String.join(" or ", texts) + ", there is <" + all + ">");
                }
                try {
                    lock.wait(Math.max(1, left / 1_000_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** The next line without its end; fails after five seconds. */
    String nextLine() {
        String line = await("");
        return line.substring(0, line.length() - 2);
    }

    @Override
    public Peer peer() {
        return new Peer(
                InetAddress.getLoopbackAddress(),
                40_000,
                secure ? Optional.of(new Peer.Tls("TLSv1.3", "TLS_AES_128_GCM_SHA256")) : Optional.empty());
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public Line readLine(int maxOctets) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        while (true) {
            int b = next();
            if (b < 0) {
                throw new EOFException("the client is gone");
            }
            if (b == '\n') {
                break;
            }
            line.write(b);
            tooLong |= line.size() > maxOctets + 1;
        }
        if (tooLong) {
            String text = line.toString(StandardCharsets.ISO_8859_1).replaceAll("\r$", "");
            throw new LineTooLongException(maxOctets, text.substring(0, 100), text.substring(text.length() - 100));
        }
        byte[] octets = line.toByteArray();
        boolean crlf = octets.length > 0 && octets[octets.length - 1] == '\r';
        return new Line(crlf ? java.util.Arrays.copyOf(octets, octets.length - 1) : octets, crlf);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int first = next();
        if (first < 0) {
            return -1;
        }
        buffer[offset] = (byte) first;
        int more = Math.min(length - 1, chunk.length - position);
        System.arraycopy(chunk, position, buffer, offset + 1, more);
        position += more;
        return more + 1;
    }

    private int next() throws IOException {
        if (position == chunk.length) {
            if (closed) {
                throw new IOException("closed");
            }
            if (ended) {
                return -1;
            }
            try {
                byte[] taken = incoming.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
                if (taken == null || draining && taken.length == 0) {
                    throw new SocketTimeoutException("silence");
                }
                chunk = taken;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            position = 0;
            ended = chunk.length == 0;
            if (ended) {
                return -1;
            }
        }
        return chunk[position++] & 0xff;
    }

    @Override
    public boolean inputBuffered() {
        return position < chunk.length;
    }

    @Override
    public void write(String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        write(octets, 0, octets.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        synchronized (lock) {
            outgoing.write(bytes, offset, length);
            lock.notifyAll();
        }
    }

    @Override
    public void flush() {
        // Everything is out already.
    }

    /** Compressed in name only: what is compressed is not what these tests look at. */
    @Override
    public void startCompression() {
        compressed = true;
    }

    @Override
    public boolean compressed() {
        return compressed;
    }

    @Override
    public void startTls() {
        secure = true;
    }

    @Override
    public void idleTimeout(Duration wanted) {
        timeout = wanted;
    }

    @Override
    public boolean draining() {
        return draining;
    }

    @Override
    public void close() {
        closed = true;
        incoming.add(END);
    }
}
