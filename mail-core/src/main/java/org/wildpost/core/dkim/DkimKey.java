// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dkim;

import java.security.PrivateKey;
import java.util.regex.Pattern;
import org.wildpost.core.address.DomainName;

/**
 * A key that a domain signs with.
 *
 * @param domain   the signing domain ({@code d=}, RFC 6376 §3.5)
 * @param selector where below {@code _domainkey} its public half stands ({@code s=}, RFC 6376 §3.1)
 */
public record DkimKey(DomainName domain, String selector, DkimAlgorithm algorithm, PrivateKey key) {
    /** Sub-domain labels (RFC 6376 §3.1, RFC 5321 §4.1.2). */
    private static final Pattern SELECTOR =
            Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*");

    public DkimKey {
        if (!SELECTOR.matcher(selector).matches()) {
            throw new IllegalArgumentException("not a selector: " + selector);
        }
    }

    /** The name of the key record (RFC 6376 §3.6.2.1). */
    public String recordName() {
        return selector + "._domainkey." + domain.ascii();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return recordName() + " " + algorithm.tag();
    }
}
