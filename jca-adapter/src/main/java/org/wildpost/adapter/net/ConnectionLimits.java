// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections there may be at once, over all ports of a protocol. An IPv6 client counts by its /64, for it has all of that. Safe for all threads.
 */
public final class ConnectionLimits {
    private static final int IPV6_PREFIX_OCTETS = 8;

    private final int total;
    private final int perAddress;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<String, Integer> byAddress = new ConcurrentHashMap<>();

    public ConnectionLimits(int total, int perAddress) {
        this.total = total;
        this.perAddress = perAddress;
    }

    /** Takes a place; false when there is none. */
    boolean enter(InetAddress address) {
        if (!enterUnnamed()) {
            return false;
        }
        if (!name(address)) {
            leaveUnnamed();
            return false;
        }
        return true;
    }

    /** Takes a place for a client whose address a proxy has yet to tell; false when there is none. */
    boolean enterUnnamed() {
        if (open.incrementAndGet() > total) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Says who took a place; false when that address has all that it may have, and the place stays unnamed. */
    boolean name(InetAddress address) {
        if (byAddress.merge(key(address), 1, Integer::sum) > perAddress) {
            forget(address);
            return false;
        }
        return true;
    }

    /** Gives the place back. */
    void leave(InetAddress address) {
        forget(address);
        leaveUnnamed();
    }

    /** Gives the place of an unnamed client back. */
    void leaveUnnamed() {
        open.decrementAndGet();
    }

    private void forget(InetAddress address) {
        byAddress.computeIfPresent(key(address), (_, count) -> count == 1 ? null : count - 1);
    }

    /** How many there are now. */
    public int open() {
        return open.get();
    }

    private static String key(InetAddress address) {
        byte[] octets = address.getAddress();
        return HexFormat.of()
                .formatHex(address instanceof Inet6Address ? Arrays.copyOf(octets, IPV6_PREFIX_OCTETS) : octets);
    }
}
