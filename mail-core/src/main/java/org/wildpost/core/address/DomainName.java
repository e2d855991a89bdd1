// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.address;

import java.net.IDN;
import java.util.Locale;

/**
 * A domain name in its one normal form: A-labels in lower case (RFC 5890 §2.3.2.1), without a closing dot, or an address literal in brackets.
 *
 * @param ascii the normal form
 */
public record DomainName(String ascii) implements Comparable<DomainName> {
    /** Octets that a domain may have on the wire (RFC 5321 §4.5.3.1.2). */
    public static final int MAX_LENGTH = 255;

    /**
     * Parses a domain written with A-labels or U-labels.
     *
     * @throws AddressException when it is not a domain name
     */
    public static DomainName parse(String text) {
        return AddressParser.domain(text, 0);
    }

    /** The name with U-labels, for people. */
    public String unicode() {
        return ascii.startsWith("[") ? ascii : IDN.toUnicode(ascii, IDN.ALLOW_UNASSIGNED);
    }

    @Override
    public int compareTo(DomainName other) {
        return ascii.compareTo(other.ascii);
    }

    @Override
    public String toString() {
        return ascii;
    }

    static DomainName ofNormal(String ascii) {
        return new DomainName(ascii.toLowerCase(Locale.ROOT));
    }
}
