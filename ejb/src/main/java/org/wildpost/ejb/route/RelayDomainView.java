// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.persistence.transport.RelayDomain;

/**
 * A relay domain as administrators see it.
 *
 * @param host empty: those of its exchangers that are nearer than this server
 */
public record RelayDomainView(
        DomainName name, Optional<DomainName> host, int port, boolean disabled, Instant createdAt, Instant updatedAt) {
    static RelayDomainView of(RelayDomain domain) {
        return new RelayDomainView(
                domain.name(),
                domain.target().host(),
                domain.target().port(),
                domain.target().disabled(),
                domain.createdAt(),
                domain.updatedAt());
    }
}
