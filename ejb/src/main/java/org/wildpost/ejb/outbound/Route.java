// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.transport.ClientIdentity;
import org.wildpost.core.transport.Credentials;
import org.wildpost.core.transport.Origin;

/** Where a shipment goes. */
public sealed interface Route {
    /**
     * The mail exchangers of the destination (RFC 5321 §5.1).
     *
     * @param hops in the order in which they are tried; never empty
     */
    record Exchanges(List<NextHop> hops, Origin origin) implements Route {
        public Exchanges {
            hops = List.copyOf(hops);
            if (hops.isEmpty()) {
                throw new IllegalArgumentException("a domain without exchangers is Refused");
            }
        }
    }

    /**
     * One server that takes it all: a smarthost, a relay domain's host, or where an operator reroutes to.
     *
     * @param implicitTls whether TLS comes before the first word (RFC 8314 §3.3)
     * @param login       with which this server logs in there
     * @param identity    the certificate that it shows
     */
    record Smarthost(
            NextHop hop,
            Origin origin,
            boolean implicitTls,
            Optional<Credentials> login,
            Optional<ClientIdentity> identity)
            implements Route {}

    /**
     * Nowhere, for good: the domain does not exist or takes no mail (5.1.2, 5.1.10 RFC 7505), or the way ends at this server itself (5.4.6).
     */
    record Refused(Attempt.Failed outcome) implements Route {}

    /** Nobody knows now: the domain name system did not answer (4.4.3). */
    record Unknown(Attempt.Deferred outcome) implements Route {}
}
