// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.io.IOException;
import java.util.Optional;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.listener.pop3.Maildrop;
import org.wildpost.core.listener.pop3.Pop3Listener;

/** Pulls one message. The first slice is asked for by {@link #begin()}, while a refusal can still be said. For one thread. */
final class MessageSlices implements Pop3Reply.Slices {
    private static final byte[] NOTHING = new byte[0];

    private final Endpoints<Pop3Listener> endpoints;
    private final Maildrop maildrop;
    private final Maildrop.Message message;
    private final int length;
    private final Runnable beforeMore;
    private byte[] ahead = NOTHING;
    private long offset;

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

    /** Pulls the first slice; false when another session expunged the message. */
    boolean begin() {
        Optional<byte[]> first = read();
        ahead = first.orElse(NOTHING);
        return first.isPresent();
    }

    @Override
    public byte[] next() throws IOException {
        byte[] now = ahead;
        if (now.length == 0 && offset < message.size()) {
            now = more();
        }
        ahead = NOTHING;
        offset += now.length;
        return now;
    }

    private byte[] more() throws IOException {
        Optional<byte[]> octets;
        try {
            beforeMore.run();
            octets = read();
        } catch (Endpoints.ServiceUnavailableException e) {
            throw new IOException("the store went away while a message was sent", e);
        }
        return octets.filter(some -> some.length > 0)
                .orElseThrow(() -> new IOException("the message was expunged while it was sent"));
    }

    private Optional<byte[]> read() {
        long from = offset;
        return endpoints.ask(listener -> listener.content(maildrop, message.uid(), from, length));
    }
}
