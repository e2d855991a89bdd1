// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.persistence.transport.SenderOrigin;

/**
 * As whom this server calls, as administrators see it.
 *
 * @param senderDomain empty: for all domains that have none of their own
 * @param helo         empty: the server's own name
 * @param source       an IPv4 address, empty: the system chooses
 * @param source6      the same for IPv6
 */
public record OriginView(
        long id,
        Optional<DomainName> senderDomain,
        Optional<DomainName> helo,
        Optional<InetAddress> source,
        Optional<InetAddress> source6,
        Instant createdAt,
        Instant updatedAt) {
    static OriginView of(SenderOrigin origin) {
        return new OriginView(
                origin.id(),
                origin.sender(),
                origin.call().helo(),
                origin.call().source().map(InetAddress.class::cast),
                origin.call().source6().map(InetAddress.class::cast),
                origin.createdAt(),
                origin.updatedAt());
    }
}
