// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.dkim;

import java.time.Instant;
import java.util.List;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dkim.DkimAlgorithm;

/** What is asked about the keys of domains. Reads work with and without a transaction, the rest wants one. */
public interface SigningKeys {
    /** What signing needs of a key. */
    record Active(String selector, DkimAlgorithm algorithm, byte[] sealed) {}

    /** The keys that an enabled domain signs with; one query over an index. */
    List<Active> active(DomainName domain);

    /** All keys of a domain, the newest first. */
    List<SigningKey> of(DomainName domain);

    /** Keys that wait for their record, of all domains. */
    List<SigningKey> pending();

    /** Keys that were retired before this moment, of all domains. */
    List<SigningKey> retiredBefore(Instant moment);

    /** Stores a new key. */
    void add(SigningKey key);

    /** Removes a key. */
    void remove(SigningKey key);
}
