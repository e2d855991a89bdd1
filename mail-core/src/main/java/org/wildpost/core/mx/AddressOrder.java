// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mx;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** In what order the addresses of one host are tried. Stateless. */
public final class AddressOrder {
    /** Addresses of a host that are tried at most; two is the least that RFC 5321 §5.1 wants. */
    public static final int MAX_ADDRESSES = 6;

    private AddressOrder() {}

    /**
     * The families in turn, IPv6 first (RFC 8305 §4), each in an order by chance (RFC 5321 §5.1): a family that does not work here costs one try and not all of them.
     * What no host can have (unspecified, multicast) is left out.
     */
    public static List<InetAddress> of(List<InetAddress> addresses, RandomGenerator random) {
        List<InetAddress> six = new ArrayList<>();
        List<InetAddress> four = new ArrayList<>();
        for (InetAddress address : addresses) {
            if (!address.isAnyLocalAddress() && !address.isMulticastAddress()) {
                (address instanceof Inet6Address ? six : four).add(address);
            }
        }
        Collections.shuffle(six, random);
        Collections.shuffle(four, random);
        List<InetAddress> ordered = new ArrayList<>();
        for (int i = 0; i < Math.max(six.size(), four.size()); i++) {
            addIfThere(ordered, six, i);
            addIfThere(ordered, four, i);
        }
        return List.copyOf(ordered.subList(0, Math.min(ordered.size(), MAX_ADDRESSES)));
    }

    private static void addIfThere(List<InetAddress> ordered, List<InetAddress> family, int index) {
        if (index < family.size()) {
            ordered.add(family.get(index));
        }
    }
}
