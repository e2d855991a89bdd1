// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.DomainId;
import org.wildpost.persistence.domain.Domain;

/**
 * A domain as administrators see it.
 *
 * @param accounts  how many accounts it has
 * @param aliasOf   the domain in which every address is looked up instead
 * @param forwardTo the domain that gets, under the same local part, what nobody has here
 * @param catchAll  the address that gets what nobody has here
 */
public record DomainView(
        DomainId id,
        DomainName name,
        boolean disabled,
        long accounts,
        Optional<DomainName> aliasOf,
        Optional<DomainName> forwardTo,
        Optional<EmailAddress> catchAll,
        Instant createdAt,
        Instant updatedAt) {
    static DomainView of(Domain domain, long accounts) {
        return new DomainView(
                domain.id(),
                domain.name(),
                domain.disabled(),
                accounts,
                domain.aliasOf().map(Domain::name),
                domain.forwardTo(),
                domain.catchAll(),
                domain.createdAt(),
                domain.updatedAt());
    }
}
