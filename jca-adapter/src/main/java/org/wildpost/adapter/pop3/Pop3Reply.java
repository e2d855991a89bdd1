// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.util.List;

/** What the session answers; {@link Pop3Writer} puts it on the wire. */
sealed interface Pop3Reply {
    /**
     * One line.
     *
     * @param text   the line without its end, beginning with the status indicator (RFC 1939 §3)
     * @param effect what follows it
     */
    record Line(String text, Effect effect) implements Pop3Reply {}

    /** A status line and a list, ended by a dot. */
    record Lines(String first, List<String> rest) implements Pop3Reply {
        public Lines {
            rest = List.copyOf(rest);
        }
    }

    /**
     * A status line and a message, dot-stuffed and ended by a dot.
     *
     * @param bodyLines lines of the body to send (TOP), {@link Long#MAX_VALUE} for all
     */
    record Content(String first, Slices slices, long bodyLines) implements Pop3Reply {}

    /** What a line does to the session. */
    enum Effect {
        NONE,
        /** Counts against the errors that a session may make. */
        ERROR,
        /** TLS begins. */
        TLS,
        /** The connection ends. */
        CLOSE
    }

    /** A message in slices, pulled as fast as the client reads. */
    @FunctionalInterface
    interface Slices {
        /**
         * The next octets, none at the end.
         *
         * @throws java.io.IOException when the rest cannot be had: the message was begun, so only closing tells the client
         */
        byte[] next() throws java.io.IOException;
    }

    static Pop3Reply ok(String text) {
        return new Line("+OK " + text, Effect.NONE);
    }

    static Pop3Reply error(String text) {
        return new Line("-ERR " + text, Effect.ERROR);
    }

    static Pop3Reply close(String text) {
        return new Line(text, Effect.CLOSE);
    }
}
