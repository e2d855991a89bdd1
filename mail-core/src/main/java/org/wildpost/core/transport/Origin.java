// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Optional;

/**
 * As whom this server calls.
 *
 * @param helo   the argument of EHLO: a domain name or an address literal (RFC 5321 §4.1.1.1)
 * @param source the IPv4 address to call from; empty: the system chooses. When one family has a source, a next hop is called at addresses of
 *               families that have one only, so that mail never leaves from an address that nobody named
 * @param source6 the same for IPv6
 */
public record Origin(String helo, Optional<Inet4Address> source, Optional<Inet6Address> source6) {
    /** Calls from whatever address the system chooses. */
    public static Origin anywhere(String helo) {
        return new Origin(helo, Optional.empty(), Optional.empty());
    }
}
