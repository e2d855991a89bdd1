// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net.proxy;

import java.net.InetAddress;

/** What a proxy said about a connection. */
public sealed interface ProxyHeader {
    /**
     * The connection of a client behind the proxy.
     *
     * @param source      the client
     * @param destination what the client connected to
     */
    record Proxied(InetAddress source, int sourcePort, InetAddress destination, int destinationPort)
            implements ProxyHeader {}

    /** The proxy's own connection (LOCAL), or of a client of which it cannot say more (UNKNOWN, UNSPEC, a local socket): the addresses are the real ones. */
    record Direct() implements ProxyHeader {}
}
