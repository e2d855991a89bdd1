// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The client's half of a compressed connection (RFC 4978 §4, RFC 1951). What it gives is bounded by who reads, not by what the client packed: nothing is unpacked
 * ahead. While the client is silent, the decompressor with its window of 32 KiB is let go, as long as so little came that it can be made again from what
 * was seen. For one thread.
 */
final class InflatingInput extends InputStream {
    /** Octets of the client's that are kept to make the decompressor again; a client that sent more has its own for good. */
    static final int HISTORY = 8 * 1024;

    private static final int BUFFER = 4 * 1024;

    /** How a flush ends: an empty stored block (RFC 1951 §3.2.4), at which the decompressor knows nothing but its window. */
    private static final int FLUSHED = 0x0000_FFFF;

    private final InputStream in;
    private @Nullable Inflater inflater;
    private byte[] packed = {};
    private byte @Nullable [] history = {};
    private int received;
    private int lastFour = FLUSHED;
    private boolean drained = true;
    private boolean closed;

    InflatingInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = 0;
        while (n == 0) {
            n = read(one, 0, 1);
        }
        return n < 0 ? -1 : one[0] & 0xff;
    }

    /** As of a stream, but 0 when something came that brought no octet, so that the caller can look at the clock. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the connection is closed");
        }
        int n = inflate(target, offset, length);
        if (n != 0 || length == 0) {
            return n;
        }
        int taken = receive();
        if (taken < 0) {
            return -1;
        }
        awake().setInput(packed, 0, taken);
        return inflate(target, offset, length);
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        Inflater current = inflater;
        if (current == null) {
            return 0;
        }
        try {
            int n = current.inflate(target, offset, length);
            drained = n < length;
            if (n == 0 && (current.finished() || current.needsDictionary())) {
                return -1;
            }
            remember(target, offset, n);
            return n;
        } catch (DataFormatException e) {
            throw new IOException("the client does not send what deflate makes", e);
        }
    }

    /** Waits for octets; without a buffer for them while the client is silent. */
    private int receive() throws IOException {
        if (packed.length > 0) {
            return noted(in.read(packed, 0, packed.length));
        }
        int first = in.read();
        if (first < 0) {
            return -1;
        }
        packed = new byte[BUFFER];
        packed[0] = (byte) first;
        int more = Math.min(in.available(), packed.length - 1);
        int n = more > 0 ? in.read(packed, 1, more) : 0;
        return noted(1 + Math.max(0, n));
    }

    private int noted(int n) {
        received = Math.max(0, n);
        for (int i = Math.max(0, n - 4); i < n; i++) {
            lastFour = lastFour << 8 | packed[i] & 0xff;
        }
        return n;
    }

    private Inflater awake() {
        Inflater current = inflater;
        if (current == null) {
            current = new Inflater(true);
            byte[] seen = history;
            if (seen != null && seen.length > 0) {
                current.setDictionary(seen);
            }
            inflater = current;
        }
        return current;
    }

    private void remember(byte[] octets, int offset, int length) {
        byte[] seen = history;
        if (seen == null || length == 0) {
            return;
        }
        if (seen.length + length > HISTORY) {
            history = null;
            return;
        }
        byte[] more = Arrays.copyOf(seen, seen.length + length);
        System.arraycopy(octets, offset, more, seen.length, length);
        history = more;
    }

    /** The client may be silent for long: lets go what can be made again. */
    void rest() {
        Inflater current = inflater;
        if (current != null && history != null && drained && lastFour == FLUSHED && current.getRemaining() == 0) {
            current.end();
            inflater = null;
            packed = new byte[0];
        }
    }

    /** The stream below, with what was read of it and not unpacked yet. */
    InputStream below() {
        int left = inflater == null ? 0 : inflater.getRemaining();
        return left == 0 ? in : new SequenceInputStream(new ByteArrayInputStream(packed, received - left, left), in);
    }

    /** Whether it holds a decompressor now. */
    boolean isAwake() {
        return inflater != null;
    }

    /** Ends it; the stream below stays open. */
    @Override
    public void close() {
        closed = true;
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
