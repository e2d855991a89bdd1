// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Who is at the other end of a connection.
 *
 * @param address the remote address
 * @param port    the remote port
 * @param tls     the negotiated TLS, empty over plain text
 */
public record Peer(InetAddress address, int port, Optional<Tls> tls) {
    /**
     * @param protocol such as {@code TLSv1.3}
     * @param cipher   the cipher suite's IANA name
     */
    public record Tls(String protocol, String cipher) {}
}
