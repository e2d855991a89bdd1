// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.io.IOException;
import org.wildpost.adapter.net.Connection;

/**
 * Writes a message as a multi-line reply (RFC 1939 §3): a dot before each dot that begins a line, and a dot alone at the end. A line feed that
 * stands alone goes out as CRLF, so that no client can take a dot behind it for the end. For one message and one thread.
 */
final class DotStuffing {
    private static final int BUFFER = 16 * 1024;

    /** The most that one octet becomes. */
    private static final int GROWTH = 3;

    private final Connection connection;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private byte last = '\n';
    private int column;
    private boolean inHeader = true;
    private long bodyLinesLeft;

    /**
     * @param bodyLines lines of the body to send after the header and the empty line
     */
    DotStuffing(Connection connection, long bodyLines) {
        this.connection = connection;
        this.bodyLinesLeft = bodyLines;
    }

    /** Takes the next octets; returns whether more are wanted. */
    boolean write(byte[] octets) throws IOException {
        for (byte octet : octets) {
            if (full()) {
                return false;
            }
            if (filled > BUFFER - GROWTH) {
                drain();
            }
            put(octet);
        }
        return !full();
    }

    /** Ends the message. */
    void end() throws IOException {
        if (column > 0) {
            put((byte) '\n');
        }
        drain();
        connection.write(".\r\n");
    }

    private void put(byte octet) {
        if (column == 0 && octet == '.') {
            buffer[filled++] = '.';
        }
        if (octet == '\n' && last != '\r') {
            buffer[filled++] = '\r';
        }
        buffer[filled++] = octet;
        if (octet == '\n') {
            lineEnded();
        } else {
            column++;
        }
        last = octet;
    }

    private void lineEnded() {
        boolean empty = column == 0 || column == 1 && last == '\r';
        if (!inHeader) {
            bodyLinesLeft--;
        } else if (empty) {
            inHeader = false;
        }
        column = 0;
    }

    private boolean full() {
        return !inHeader && column == 0 && bodyLinesLeft <= 0;
    }

    private void drain() throws IOException {
        connection.write(buffer, 0, filled);
        filled = 0;
    }
}
