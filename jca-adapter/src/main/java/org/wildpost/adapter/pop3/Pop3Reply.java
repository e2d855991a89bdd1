// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.util.List;

/** What the session answers; {@link Pop3Writer} puts it on the wire. */
sealed interface Pop3Reply {
    /**
     * A status line (RFC 1939 §3).
     *
     * @param mark   what programs read: the status indicator and what stands behind it, with the space before the words if there are any
     * @param phrase what people read
     * @param values what stands in the phrase
     */
    record Status(String mark, Phrase phrase, List<Object> values) {
        public Status {
            values = List.copyOf(values);
        }

        static Status ok(Phrase phrase, Object... values) {
            return new Status("+OK ", phrase, List.of(values));
        }

        /** The line without its end. */
        String in(Pop3Language language) {
            return mark + phrase.in(language, values);
        }
    }

    /** One line, and what follows it. */
    record Line(Status status, Effect effect) implements Pop3Reply {}

    /** A status line and a list, ended by a dot. */
    record Lines(Status first, List<String> rest) implements Pop3Reply {
        public Lines {
            rest = List.copyOf(rest);
        }
    }

    /**
     * A status line and a message, dot-stuffed and ended by a dot.
     *
     * @param bodyLines lines of the body to send (TOP), {@link Long#MAX_VALUE} for all
     */
    record Content(Status first, Slices slices, long bodyLines) implements Pop3Reply {}

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

    static Pop3Reply ok(Phrase phrase, Object... values) {
        return new Line(Status.ok(phrase, values), Effect.NONE);
    }

    /** A positive line for programs alone. */
    static Pop3Reply data(String text) {
        return new Line(new Status("+OK " + text, Phrase.NONE, List.of()), Effect.NONE);
    }

    static Pop3Reply error(Phrase phrase, Object... values) {
        return new Line(new Status("-ERR ", phrase, List.of(values)), Effect.ERROR);
    }

    /**
     * A negative line.
     *
     * @param code a response code in its brackets (RFC 2449 §8.1)
     */
    static Pop3Reply error(String code, Phrase phrase, Effect effect) {
        return new Line(new Status("-ERR " + code + " ", phrase, List.of()), effect);
    }
}
