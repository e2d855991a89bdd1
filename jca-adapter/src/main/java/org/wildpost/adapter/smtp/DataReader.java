// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import org.wildpost.adapter.net.Connection;

/**
 * Reads the octets of a message. Its end is CRLF, dot, CRLF and nothing else (RFC 5321 §4.1.1.4): whatever another server might take for an end, with a CR or
 * LF alone, stays data, and the message is refused for it later, so that nothing can be smuggled behind it.
 */
final class DataReader {
    private static final int BUFFER = 32 * 1024;

    /** Beyond the limit times this a client is not listened to any longer. */
    private static final int PATIENCE = 2;

    private enum State {
        LINE_START,
        IN_LINE,
        CR,
        DOT,
        DOT_CR
    }

    private final Connection connection;
    private final long limit;
    private long seen;

    /**
     * @param limit octets of a message
     */
    DataReader(Connection connection, long limit) {
        this.connection = connection;
        this.limit = limit;
    }

    /** Whether the message was larger than the limit; then what was written is cut off. */
    boolean tooBig() {
        return seen > limit;
    }

    /** A client sends far more than it may: talking on makes no sense. */
    static final class FarTooBigException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Copies the message that follows DATA, dots unstuffed (RFC 5321 §4.5.2). */
    void copyUntilDot(OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        State state = State.LINE_START;
        while (true) {
            int read = connection.read(buffer, 0, buffer.length);
            if (read < 0) {
                throw new EOFException("the client is gone in the middle of a message");
            }
            int span = state == State.DOT || state == State.DOT_CR ? -1 : 0;
            for (int i = 0; i < read; i++) {
                byte octet = buffer[i];
                switch (state) {
                    case IN_LINE -> {
                        if (octet == '\r') {
                            state = State.CR;
                        }
                    }
                    case LINE_START -> {
                        if (octet == '.') {
                            write(out, buffer, span, i);
                            span = -1;
                            state = State.DOT;
                        } else {
                            state = octet == '\r' ? State.CR : State.IN_LINE;
                        }
                    }
                    case CR -> state = octet == '\n' ? State.LINE_START : octet == '\r' ? State.CR : State.IN_LINE;
                    case DOT -> {
                        if (octet == '\r') {
                            state = State.DOT_CR;
                        } else {
                            span = i;
                            state = State.IN_LINE;
                        }
                    }
                    case DOT_CR -> {
                        if (octet == '\n') {
                            connection.unread(buffer, i + 1, read - i - 1);
                            return;
                        }
                        write(out, new byte[] {'\r'}, 0, 1);
                        span = i;
                        state = octet == '\r' ? State.CR : State.IN_LINE;
                    }
                }
            }
            write(out, buffer, span, read);
        }
    }

    /** Copies one chunk of BDAT (RFC 3030 §2). */
    void copy(long length, OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
        long left = length;
        while (left > 0) {
            int read = connection.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the client is gone in the middle of a chunk");
            }
            write(out, buffer, 0, read);
            left -= read;
        }
    }

    private void write(OutputStream out, byte[] buffer, int from, int to) throws IOException {
        if (from < 0 || from >= to) {
            return;
        }
        seen += to - from;
        if (seen <= limit) {
            out.write(buffer, from, to - from);
        } else if (seen > limit * PATIENCE + BUFFER) {
            throw new FarTooBigException();
        }
    }
}
