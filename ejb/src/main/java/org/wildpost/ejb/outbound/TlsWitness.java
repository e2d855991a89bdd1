// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.net.InetAddress;
import org.wildpost.core.transport.TlsSighting;

/** Is told of TLS on each fresh connection, for reports (RFC 8460). Returns at once and never throws. Safe for all threads. */
public interface TlsWitness {
    /** A connection was made, and TLS on it was tried or was not on offer. */
    void saw(Encounter encounter);

    /**
     * @param shipment for which the connection was made
     * @param local    the address called from
     * @param remote   the address called
     * @param policy   as {@link Reach.At#policy} names it
     */
    record Encounter(
            Shipment shipment, NextHop hop, InetAddress local, InetAddress remote, String policy, TlsSighting tls) {}
}
