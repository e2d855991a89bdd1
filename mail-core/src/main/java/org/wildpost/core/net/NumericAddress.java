// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses written as numbers, read strictly: no names, no zones, no shortened or octal forms. An IPv4 address in IPv6 clothes is an IPv4 address. */
public final class NumericAddress {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    /** RFC 4291 §2.2; which of these are addresses the JDK decides. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]{1,44}");

    private NumericAddress() {}

    /** Reads an IPv4 or IPv6 address; empty when it is neither. */
    public static Optional<InetAddress> parse(String text) {
        return v4(text).or(() -> v6(text));
    }

    /** Reads four decimal numbers with dots between them and without leading zeros; empty when it is not that. */
    public static Optional<InetAddress> v4(String text) {
        if (!IPV4.matcher(text).matches()) {
            return Optional.empty();
        }
        String[] numbers = text.split("\\.");
        byte[] octets = new byte[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            octets[i] = (byte) Integer.parseInt(numbers[i]);
        }
        return Optional.of(of(octets));
    }

    /** Reads an IPv6 address (RFC 4291 §2.2); empty when it is not that. */
    public static Optional<InetAddress> v6(String text) {
        if (!IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Inet6Address.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The address of 4 or 16 octets.
     *
     * @throws IllegalArgumentException for another number of octets
     */
    public static InetAddress of(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 octets", e);
        }
    }
}
