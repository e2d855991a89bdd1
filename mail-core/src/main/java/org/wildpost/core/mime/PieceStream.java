// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import org.apache.james.mime4j.codec.QuotedPrintableOutputStream;

/** The octets of pieces, made while they are read. For one thread. */
final class PieceStream extends InputStream {
    private static final int BUFFER = 16 * 1024;

    private final InputStream source;
    private final Iterator<Piece> pieces;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private OutputStream encoder = made;
    private long left;
    private byte[] ready = new byte[0];
    private int position;

    PieceStream(InputStream source, List<Piece> pieces) {
        this.source = source;
        this.pieces = pieces.iterator();
    }

    @Override
    public int read() throws IOException {
        return fill() ? ready[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, ready.length - position);
        System.arraycopy(ready, position, octets, offset, count);
        position += count;
        return count;
    }

    /** Whether there is another octet. */
    private boolean fill() throws IOException {
        while (position == ready.length) {
            if (left > 0) {
                more();
            } else if (!next()) {
                return false;
            }
        }
        return true;
    }

    private boolean next() throws IOException {
        if (!pieces.hasNext()) {
            return false;
        }
        switch (pieces.next()) {
            case Piece.Copied(long octets) -> begin(octets, made);
            case Piece.Replaced(long skipped, byte[] octets) -> {
                source.skipNBytes(skipped);
                ready = octets;
                position = 0;
            }
            case Piece.Quoted(long octets) -> begin(octets, new QuotedPrintableOutputStream(made, false));
            case Piece.Based(long octets) ->
                begin(octets, Base64.getMimeEncoder().wrap(made));
        }
        return true;
    }

    private void begin(long octets, OutputStream through) {
        left = octets;
        encoder = through;
    }

    private void more() throws IOException {
        int count = source.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
            throw new EOFException("the message ends before its structure");
        }
        left -= count;
        encoder.write(buffer, 0, count);
        if (left == 0) {
            encoder.close();
        }
        ready = made.toByteArray();
        made.reset();
        position = 0;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
