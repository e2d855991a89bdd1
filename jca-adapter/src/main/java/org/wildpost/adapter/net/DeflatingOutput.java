// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Our half of a compressed connection (RFC 4978 §4, RFC 1951): each flush ends at a whole octet, so that the client can unpack all that was written. The
 * compressor, 256 KiB of memory, is lent from one flush to the next only: what follows does not refer to what was before, which the format allows. For one
 * thread.
 */
final class DeflatingOutput extends OutputStream {
    private static final int BUFFER = 8 * 1024;

    /** Compressors that wait for work; more are made when more connections write at once. */
    private static final BlockingQueue<Compressor> POOL =
            new ArrayBlockingQueue<>(Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));

    private final OutputStream out;
    private @Nullable Compressor compressor;

    private record Compressor(Deflater deflater, byte[] buffer) {
        static Compressor lend() {
            Compressor waiting = POOL.poll();
            // The fastest: the line is rarely slower than that, and the processor serves all.
            return waiting != null
                    ? waiting
                    : new Compressor(new Deflater(Deflater.BEST_SPEED, true), new byte[BUFFER]);
        }

        void giveBack() {
            deflater.reset();
            if (!POOL.offer(this)) {
                deflater.end();
            }
        }
    }

    DeflatingOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        Compressor current = awake();
        current.deflater().setInput(octets, offset, length);
        while (!current.deflater().needsInput()) {
            send(current, Deflater.NO_FLUSH);
        }
    }

    private Compressor awake() {
        Compressor current = compressor;
        if (current == null) {
            current = Compressor.lend();
            compressor = current;
        }
        return current;
    }

    private int send(Compressor current, int flush) throws IOException {
        int n = current.deflater().deflate(current.buffer(), 0, BUFFER, flush);
        out.write(current.buffer(), 0, n);
        return n;
    }

    @Override
    public void flush() throws IOException {
        Compressor current = compressor;
        if (current != null) {
            while (send(current, Deflater.SYNC_FLUSH) == BUFFER) {
                // There is more.
            }
            compressor = null;
            current.giveBack();
        }
        out.flush();
    }

    /** Says that nothing follows, so that the client need not suspect that the end was cut off. */
    void finish() throws IOException {
        Compressor current = awake();
        current.deflater().finish();
        while (!current.deflater().finished()) {
            send(current, Deflater.NO_FLUSH);
        }
        close();
        out.flush();
    }

    /** The stream below. */
    OutputStream below() {
        return out;
    }

    /** Whether it holds a compressor now. */
    boolean isAwake() {
        return compressor != null;
    }

    /** Ends it; the stream below stays open, and what was not flushed is lost. */
    @Override
    public void close() {
        if (compressor != null) {
            compressor.giveBack();
            compressor = null;
        }
    }
}
