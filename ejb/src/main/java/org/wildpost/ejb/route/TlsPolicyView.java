// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.time.Instant;
import java.util.List;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.persistence.transport.TlsPolicy;

/**
 * A TLS policy as administrators see it.
 *
 * @param domain with a dot in front: all domains below it
 */
public record TlsPolicyView(
        String domain, TlsLevel level, List<DomainName> names, Instant createdAt, Instant updatedAt) {
    static TlsPolicyView of(TlsPolicy policy) {
        return new TlsPolicyView(
                policy.domain(),
                policy.demand().level(),
                policy.demand().names(),
                policy.createdAt(),
                policy.updatedAt());
    }
}
