// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where somebody comes from, as throttling counts it: an IPv4 address, or the /64 of an IPv6 address, for one host has all of that
 * (RFC 4291 §2.5.4).
 */
record Origin(String prefix) {
    private static final int IPV6_PREFIX_OCTETS = 8;

    static Origin of(InetAddress address) {
        byte[] octets = address.getAddress();
        int kept = address instanceof Inet6Address ? IPV6_PREFIX_OCTETS : octets.length;
        return new Origin(HexFormat.of().formatHex(Arrays.copyOf(octets, kept)));
    }
}
