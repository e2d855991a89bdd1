// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.net.InetAddress;
import java.util.List;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.transport.TlsDemand;

/** How a next hop is reached. */
public sealed interface Reach {
    /**
     * By these addresses.
     *
     * @param addresses  in the order in which they are tried; never empty
     * @param serverName for the SNI extension of TLS: the host, or its TLSA base domain (RFC 7672 §8.1); not sent when it is an address literal
     * @param tls        what TLS must be
     * @param policy     which rule says so, for the record of attempts: {@code dane}, {@code sts:enforce}, {@code opportunistic} ...
     */
    record At(List<InetAddress> addresses, DomainName serverName, TlsDemand tls, String policy) implements Reach {
        public At {
            addresses = List.copyOf(addresses);
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("a host without addresses is Not reached");
            }
        }
    }

    /**
     * Not at all: it has no address, the domain name system did not answer, or a policy forbids it. The next host is tried; when none is left, a
     * deferral of any host outweighs failures.
     */
    record Not(Attempt.Outcome outcome, String policy) implements Reach {}
}
