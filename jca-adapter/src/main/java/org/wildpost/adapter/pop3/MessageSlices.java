// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.listener.pop3.Maildrop;
import org.wildpost.core.listener.pop3.Pop3Listener;
import org.wildpost.core.mime.DowngradedHeader;

/** Pulls one message. What it begins with is asked for by {@link #begin}, while a refusal can still be said. For one thread. */
final class MessageSlices implements Pop3Reply.Slices {
    /** Octets of a header that are held to be written anew in ASCII. */
    static final int HEADER_MAX = 4 * 1024 * 1024;

    private static final byte[] NOTHING = new byte[0];

    /** What can be done with a message. */
    enum Beginning {
        READY,
        /** Another session expunged it. */
        GONE,
        /** Its header is not ASCII and too long to be written anew. */
        NEEDS_UTF8
    }

    private final Endpoints<Pop3Listener> endpoints;
    private final Maildrop maildrop;
    private final Maildrop.Message message;
    private final int length;
    private final Runnable beforeMore;
    private byte[] ahead = NOTHING;
    private long offset;
    private long grown;

    /**
     * @param length     octets that one question asks for
     * @param beforeMore done before each slice but the first, for a slow client may need longer than a lease lasts
     */
    MessageSlices(
            Endpoints<Pop3Listener> endpoints,
            Maildrop maildrop,
            Maildrop.Message message,
            int length,
            Runnable beforeMore) {
        this.endpoints = endpoints;
        this.maildrop = maildrop;
        this.message = message;
        this.length = length;
        this.beforeMore = beforeMore;
    }

    /**
     * Pulls the first slice, or the whole header when it must be ASCII: a client that did not ask for UTF-8 gets a copy in its place (RFC 6856 §2.1,
     * RFC 6858 §2).
     */
    Beginning begin(boolean utf8) {
        Optional<byte[]> first = read(length);
        if (first.isEmpty()) {
            return Beginning.GONE;
        }
        ahead = first.get();
        return utf8 ? Beginning.READY : inAscii();
    }

    /** Octets that are sent, before dots are stuffed. */
    long size() {
        return message.size() + grown;
    }

    private Beginning inAscii() {
        int end = endOfHeader(ahead);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(ahead);
        while (end < 0 && offset < message.size() && header.size() < HEADER_MAX) {
            Optional<byte[]> more = read(Retrieval.SLICE).filter(some -> some.length > 0);
            if (more.isEmpty()) {
                return Beginning.GONE;
            }
            header.writeBytes(more.get());
            end = endOfHeader(header.toByteArray());
        }
        ahead = header.toByteArray();
        if (end < 0 && offset < message.size()) {
            return isAscii(ahead) ? Beginning.READY : Beginning.NEEDS_UTF8;
        }
        downgrade(end < 0 ? ahead.length : end);
        return Beginning.READY;
    }

    private void downgrade(int header) {
        byte[] original = Arrays.copyOf(ahead, header);
        if (isAscii(original)) {
            return;
        }
        byte[] written = DowngradedHeader.of(original);
        int rest = ahead.length - header;
        byte[] both = Arrays.copyOf(written, written.length + rest);
        System.arraycopy(ahead, header, both, written.length, rest);
        grown = (long) written.length - header;
        ahead = both;
    }

    /** The offset of the empty line behind the header; negative when it is not there yet. */
    private static int endOfHeader(byte[] octets) {
        boolean lineBegins = true;
        for (int i = 0; i < octets.length; i++) {
            if (lineBegins
                    && (octets[i] == '\n' || octets[i] == '\r' && i + 1 < octets.length && octets[i + 1] == '\n')) {
                return i;
            }
            lineBegins = octets[i] == '\n';
        }
        return -1;
    }

    private static boolean isAscii(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public byte[] next() throws IOException {
        byte[] now = ahead;
        if (now.length == 0 && offset < message.size()) {
            now = more();
        }
        ahead = NOTHING;
        return now;
    }

    private byte[] more() throws IOException {
        Optional<byte[]> octets;
        try {
            beforeMore.run();
            octets = read(length);
        } catch (Endpoints.ServiceUnavailableException e) {
            throw new IOException("the store went away while a message was sent", e);
        }
        return octets.filter(some -> some.length > 0)
                .orElseThrow(() -> new IOException("the message was expunged while it was sent"));
    }

    private Optional<byte[]> read(int most) {
        long from = offset;
        Optional<byte[]> octets = endpoints.ask(listener -> listener.content(maildrop, message.uid(), from, most));
        offset += octets.map(some -> some.length).orElse(0);
        return octets;
    }
}
