// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.https;

import java.net.InetAddress;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/** Answers the library's question for addresses with those that {@link org.wildpost.core.dns.DnsResolver} found, and asks nobody. */
record KnownAddresses(List<InetAddress> addresses) implements DnsResolver {
    KnownAddresses {
        addresses = List.copyOf(addresses);
    }

    @Override
    public InetAddress[] resolve(String host) {
        return addresses.toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
