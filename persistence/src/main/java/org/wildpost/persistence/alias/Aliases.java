// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.alias;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.DomainId;

/** What is asked about aliases. Addresses are compared in canonical form. Reads work with and without a transaction, the rest wants one. */
public interface Aliases {
    /** The alias of that address. */
    Optional<Alias> find(EmailAddress address);

    /** Aliases whose address or a target contains the text in whatever case, by address. */
    List<Alias> search(String text, int offset, int limit);

    /** How many {@link #search} would find. */
    long count(String text);

    /** How many a domain has. */
    long countOf(DomainId domain);

    /** Stores a new alias. */
    void add(Alias alias);

    /** Removes an alias. */
    void remove(Alias alias);

    /** Removes all aliases of a domain. */
    void removeAllOf(DomainId domain);
}
