// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.sasl.ChannelBinding;

/**
 * One client's connection: framed reading, buffered writing, TLS. Reading is for one thread; writing and {@link #flush()} are for one thread
 * at a time (an IDLE watcher may write while the session's thread reads).
 */
public interface Connection extends AutoCloseable {
    /** The other end, with TLS as it is now. */
    Peer peer();

    /** Whether TLS is on. */
    boolean secure();

    /** What a login over this connection can be bound to. */
    default ChannelBinding channelBinding() {
        return ChannelBinding.NONE;
    }

    /**
     * Somebody who is believed says who is really at the other end: {@link #peer()} tells that from now on.
     *
     * @throws UnsupportedOperationException where nobody is believed
     */
    default void represents(InetAddress address, int port) {
        throw new UnsupportedOperationException("this connection is nobody else's");
    }

    /**
     * Reads up to the next LF.
     *
     * @param maxOctets octets before the line end that are taken; a longer line is skipped to its end and thrown
     * @throws LineTooLongException            the line was longer; the connection is usable, the line is consumed
     * @throws java.net.SocketTimeoutException the line did not end within the idle time: who sends an octet now and then is silent, too
     * @throws java.io.EOFException            the client is gone
     */
    Line readLine(int maxOctets) throws IOException;

    /** Reads at least one octet into the buffer and returns how many, -1 at the end. For literals, BDAT and DATA. */
    int read(byte[] buffer, int offset, int length) throws IOException;

    /**
     * Gives back octets that were read too far, so that they are read next; for data whose end is a mark in it.
     *
     * @throws UnsupportedOperationException where nothing can be given back
     */
    default void unread(byte[] octets, int offset, int length) {
        throw new UnsupportedOperationException("this connection takes nothing back");
    }

    /** Whether octets are waiting in our own buffer (more commands were pipelined, or were injected before STARTTLS). */
    boolean inputBuffered();

    /** Writes ASCII or Latin-1 text as it is. */
    void write(String text) throws IOException;

    void write(byte[] bytes, int offset, int length) throws IOException;

    void flush() throws IOException;

    /**
     * Puts TLS on, after the go-ahead was flushed. Octets that came before are an attack: the caller checks {@link #inputBuffered()} first.
     */
    void startTls() throws IOException;

    /**
     * Compresses what is written from now on, and takes what is read for compressed (RFC 4978 §4), after the go-ahead was flushed; above TLS. The caller checks
     * {@link #inputBuffered()} first.
     *
     * @throws UnsupportedOperationException where nothing can be compressed
     */
    default void startCompression() {
        throw new UnsupportedOperationException("this connection cannot be compressed");
    }

    /**
     * Ends that again, after the go-ahead was flushed (RFC 8437 §4.1): what the client sends from now on is no longer taken for compressed.
     *
     * @throws UnsupportedOperationException where nothing can be compressed
     */
    default void endCompression() throws IOException {
        throw new UnsupportedOperationException("this connection cannot be compressed");
    }

    /** Whether it is compressed. */
    default boolean compressed() {
        return false;
    }

    /** How long a line may take from now on, and how long any other read may wait. */
    void idleTimeout(Duration timeout);

    /** Whether the server drains: the session says its farewell (421, BYE) at the next chance. */
    boolean draining();

    /** Closes the socket; never throws. */
    @Override
    void close();

    /**
     * A line without its end.
     *
     * @param octets the octets before CRLF or LF
     * @param crlf   whether it ended in CRLF, not in a bare LF
     */
    record Line(byte[] octets, boolean crlf) {
        /** The line as Latin-1, one character per octet. */
        public String latin1() {
            return new String(octets, java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }

    /** A line was longer than the limit; it has been consumed. */
    final class LineTooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        /** Octets of its start and of its end that are kept. */
        public static final int KEPT = 128;

        private final String start;
        private final String end;

        /**
         * A line of which only its ends are known.
         *
         * @param start its first octets as Latin-1, at most {@value #KEPT}
         * @param end   its last octets likewise, without the line end
         */
        public LineTooLongException(int limit, String start, String end) {
            super("a line was longer than " + limit + " octets");
            this.start = start;
            this.end = end;
        }

        /** How it began: who asked can be answered. */
        public String start() {
            return start;
        }

        /** How it ended: what follows may belong to it. */
        public String end() {
            return end;
        }
    }
}
