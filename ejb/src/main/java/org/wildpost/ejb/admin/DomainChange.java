// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.util.Optional;

/**
 * What is to change of a domain; what is empty stays as it is, what is blank goes away. All as typed, nothing is checked yet.
 *
 * @param aliasOf   the domain in which every address is looked up instead
 * @param forwardTo the domain that gets what nobody has here
 * @param catchAll  the address that gets what nobody has here
 */
public record DomainChange(
        Optional<Boolean> disabled, Optional<String> aliasOf, Optional<String> forwardTo, Optional<String> catchAll) {
    /** Changes nothing. */
    public static final DomainChange NONE =
            new DomainChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Also disables or enables. */
    public DomainChange withDisabled(boolean nowDisabled) {
        return new DomainChange(Optional.of(nowDisabled), aliasOf, forwardTo, catchAll);
    }

    /** Also makes it another name of a domain. */
    public DomainChange withAliasOf(String domain) {
        return new DomainChange(disabled, Optional.of(domain), forwardTo, catchAll);
    }

    /** Also forwards what nobody has. */
    public DomainChange withForwardTo(String domain) {
        return new DomainChange(disabled, aliasOf, Optional.of(domain), catchAll);
    }

    /** Also catches what nobody has. */
    public DomainChange withCatchAll(String address) {
        return new DomainChange(disabled, aliasOf, forwardTo, Optional.of(address));
    }
}
