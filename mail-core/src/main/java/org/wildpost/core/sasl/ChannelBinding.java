// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.util.Optional;

/** What a login can be bound to, so that nobody in the middle can use it: the TLS under it (RFC 5056, RFC 5929 §4, RFC 9266 §2). */
public interface ChannelBinding {
    /** There is no TLS. */
    ChannelBinding NONE = new ChannelBinding() {
        @Override
        public boolean offered() {
            return false;
        }

        @Override
        public Optional<byte[]> data(String type) {
            return Optional.empty();
        }
    };

    /** The hash of the server's certificate (RFC 5929 §4). */
    String SERVER_END_POINT = "tls-server-end-point";

    /** Octets exported from the keys of the TLS connection (RFC 9266 §2). */
    String EXPORTER = "tls-exporter";

    /** Whether there is TLS to bind to: a client that says that the server offers no binding was then lied to (RFC 5802 §6). */
    boolean offered();

    /**
     * The octets of a kind of binding.
     *
     * @param type its registered name, such as {@link #EXPORTER}
     * @return empty when this connection has none of the kind
     */
    Optional<byte[]> data(String type);
}
