// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.domain;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.id.DomainId;

/** What is asked about hosted domains. Reads work with and without a transaction, the rest wants one. */
public interface Domains {
    /** A domain with the number of its accounts. */
    record Counted(Domain domain, long accounts) {}

    /** The domain of that name. */
    Optional<Domain> find(DomainName name);

    /** The domain of that name, with the number of its accounts. */
    Optional<Counted> findCounted(DomainName name);

    /** Whether the domain is hosted here, disabled or not; one look-up in an index. */
    boolean exists(DomainName name);

    /** Whether another domain stands for this one. */
    boolean hasAliases(DomainId domain);

    /** Domains whose name contains the text, by name. */
    List<Counted> search(String text, int offset, int limit);

    /** How many {@link #search} would find. */
    long count(String text);

    /** Stores a new domain. */
    void add(Domain domain);

    /** Removes a domain that has no account any more. */
    void remove(Domain domain);

    /**
     * Lets one transaction at a time change domains and accounts, on all nodes, until it ends: so that rules over several rows (names are
     * taken once, one administrator stays) hold without a retry.
     */
    void lockAdministration();
}
