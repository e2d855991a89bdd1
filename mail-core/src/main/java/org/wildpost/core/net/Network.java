// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.net;

import java.net.InetAddress;

/**
 * All addresses that begin with the same bits (RFC 4632 §3.1, RFC 4291 §2.3).
 *
 * @param address the first of them: every bit behind the prefix is 0
 * @param prefix  how many bits are the same
 */
public record Network(InetAddress address, int prefix) {
    public Network {
        byte[] octets = address.getAddress();
        if (prefix < 0 || prefix > octets.length * Byte.SIZE) {
            throw new IllegalArgumentException("a prefix of " + prefix + " bits does not fit " + text(address));
        }
        for (int bit = prefix; bit < octets.length * Byte.SIZE; bit++) {
            if (bit(octets, bit)) {
                throw new IllegalArgumentException(
                        text(address) + "/" + prefix + " has bits behind its prefix: write the first address of it");
            }
        }
    }

    /**
     * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or one address alone.
     *
     * @throws IllegalArgumentException when it is not that; the message says what is wrong
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress first = NumericAddress.parse(address)
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' is not a network such as 192.0.2.0/24"));
        if (slash < 0) {
            return new Network(first, first.getAddress().length * Byte.SIZE);
        }
        String bits = text.substring(slash + 1);
        if (!bits.matches("0|[1-9][0-9]{0,2}")) {
            throw new IllegalArgumentException("'" + text + "' is not a network such as 192.0.2.0/24");
        }
        return new Network(first, Integer.parseInt(bits));
    }

    /** Whether the address is in it; an address of the other family never is. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            if (bit(mine, bit) != bit(theirs, bit)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text(address) + "/" + prefix;
    }

    private static String text(InetAddress address) {
        return address.getHostAddress();
    }

    private static boolean bit(byte[] octets, int index) {
        return (octets[index / Byte.SIZE] >> Byte.SIZE - 1 - index % Byte.SIZE & 1) == 1;
    }
}
