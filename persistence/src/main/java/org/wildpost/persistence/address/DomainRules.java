// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.address;

import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;

/**
 * What a domain of ours does with its addresses; at most one of the rules is there.
 *
 * @param enabled   whether it takes mail
 * @param aliasOf   the domain in which every address is looked up instead
 * @param forwardTo the domain to which goes, under the same local part, what nobody has
 * @param catchAll  the address to which goes what nobody has
 */
public record DomainRules(
        boolean enabled,
        Optional<DomainName> aliasOf,
        Optional<DomainName> forwardTo,
        Optional<EmailAddress> catchAll) {}
