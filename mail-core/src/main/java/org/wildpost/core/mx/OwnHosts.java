// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mx;

import java.net.InetAddress;
import java.util.Set;
import org.wildpost.core.address.DomainName;

/**
 * What this server is called and where it is reached: to recognise itself among the exchangers of a domain.
 *
 * @param names     all names that it greets with
 * @param addresses all addresses that lead to it, those of loopback and those of a translating router as well
 */
public record OwnHosts(Set<DomainName> names, Set<InetAddress> addresses) {
    public OwnHosts {
        names = Set.copyOf(names);
        addresses = Set.copyOf(addresses);
    }

    boolean isOwn(DomainName host) {
        return names.contains(host);
    }

    boolean isOwn(InetAddress address) {
        return addresses.contains(address) || address.isAnyLocalAddress();
    }
}
