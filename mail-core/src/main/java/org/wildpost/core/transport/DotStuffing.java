// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

/**
 * Writes a message as DATA wants it: a dot in front of lines that begin with one, and a dot alone at the end (RFC 5321 §4.5.2). A CR or LF that stands alone
 * becomes a blank: a lenient server would take it for a line end, and what follows for something that this client said (RFC 5321 §2.3.8). For one
 * message and one thread.
 */
final class DotStuffing {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] END = {'.', '\r', '\n'};

    private enum State {
        LINE_START,
        IN_LINE,
        /** A CR was seen and not written yet. */
        CR
    }

    private final Wire wire;
    private State state = State.LINE_START;

    DotStuffing(Wire wire) {
        this.wire = wire;
    }

    /** The next octets of the message. */
    void write(byte[] octets, int length) throws TalkException {
        int span = 0;
        int i = 0;
        if (state == State.CR && length > 0) {
            boolean lineEnd = octets[0] == '\n';
            endLine(lineEnd);
            i = lineEnd ? 1 : 0;
            span = i;
        }
        while (i < length) {
            byte octet = octets[i];
            if (octet == '\r' && i + 1 < length && octets[i + 1] == '\n') {
                state = State.LINE_START;
                i += 2;
            } else if (octet == '\r' || octet == '\n') {
                wire.write(octets, span, i - span);
                i++;
                span = i;
                if (octet == '\r' && i == length) {
                    state = State.CR;
                } else {
                    endLine(false);
                }
            } else {
                if (octet == '.' && state == State.LINE_START) {
                    wire.write(octets, span, i - span);
                    span = i;
                    wire.write('.');
                }
                state = State.IN_LINE;
                i = skip(octets, i + 1, length);
            }
        }
        wire.write(octets, span, length - span);
    }

    /** The message's end; nothing is sent yet. */
    void finish() throws TalkException {
        if (state == State.CR) {
            endLine(false);
        }
        if (state == State.IN_LINE) {
            endLine(true);
        }
        wire.write(END, 0, END.length);
    }

    private void endLine(boolean proper) throws TalkException {
        if (proper) {
            wire.write(LINE_END, 0, LINE_END.length);
            state = State.LINE_START;
        } else {
            wire.write(' ');
            state = State.IN_LINE;
        }
    }

    private static int skip(byte[] octets, int from, int length) {
        int i = from;
        while (i < length && octets[i] != '\r' && octets[i] != '\n') {
            i++;
        }
        return i;
    }
}
