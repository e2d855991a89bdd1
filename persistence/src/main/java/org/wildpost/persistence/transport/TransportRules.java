// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.transport;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.DomainName;

/** What is asked about the ways out that an operator set. Reads work with and without a transaction, the rest wants one. */
public interface TransportRules {
    /** A part of a list, and how many there are in all. */
    record Part<T>(List<T> rows, long total) {
        public Part {
            rows = List.copyOf(rows);
        }
    }

    /** All routes. */
    List<OutgoingRoute> routes();

    /** Routes one of whose domains or whose host contains the text, by recipient and sender. */
    Part<OutgoingRoute> routes(String text, int offset, int limit);

    Optional<OutgoingRoute> route(long id);

    /** The route of exactly this pair. */
    Optional<OutgoingRoute> route(Optional<DomainName> sender, Optional<DomainName> recipient);

    /** All origins. */
    List<SenderOrigin> origins();

    /** Origins whose domain contains the text, by domain. */
    Part<SenderOrigin> origins(String text, int offset, int limit);

    Optional<SenderOrigin> origin(long id);

    /** The origin of exactly this domain. */
    Optional<SenderOrigin> origin(Optional<DomainName> sender);

    /** All relay domains. */
    List<RelayDomain> relayDomains();

    /** Relay domains whose name contains the text, by name. */
    Part<RelayDomain> relayDomains(String text, int offset, int limit);

    Optional<RelayDomain> relayDomain(DomainName name);

    /** All TLS policies. */
    List<TlsPolicy> tlsPolicies();

    /** TLS policies whose domain contains the text, by domain. */
    Part<TlsPolicy> tlsPolicies(String text, int offset, int limit);

    Optional<TlsPolicy> tlsPolicy(String domain);

    /** Stores a new entity of this package. */
    void add(Object rule);

    /** Removes an entity of this package. */
    void remove(Object rule);
}
