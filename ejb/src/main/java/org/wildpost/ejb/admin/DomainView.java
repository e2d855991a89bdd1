// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.time.Instant;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.id.DomainId;
import org.wildpost.persistence.domain.Domain;

/**
 * A domain as administrators see it.
 *
 * @param accounts how many accounts it has
 */
public record DomainView(
        DomainId id, DomainName name, boolean disabled, long accounts, Instant createdAt, Instant updatedAt) {
    static DomainView of(Domain domain, long accounts) {
        return new DomainView(
                domain.id(), domain.name(), domain.disabled(), accounts, domain.createdAt(), domain.updatedAt());
    }
}
