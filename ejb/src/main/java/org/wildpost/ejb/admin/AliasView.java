// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.time.Instant;
import java.util.List;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.persistence.alias.Alias;

/**
 * An alias as administrators see it.
 *
 * @param targets      the addresses that it stands for
 * @param internalOnly whether it takes mail of this server's own users only
 */
public record AliasView(
        EmailAddress email,
        List<EmailAddress> targets,
        boolean internalOnly,
        boolean disabled,
        Instant createdAt,
        Instant updatedAt) {
    public AliasView {
        targets = List.copyOf(targets);
    }

    static AliasView of(Alias alias) {
        return new AliasView(
                alias.address(),
                alias.targets(),
                alias.internalOnly(),
                alias.disabled(),
                alias.createdAt(),
                alias.updatedAt());
    }
}
