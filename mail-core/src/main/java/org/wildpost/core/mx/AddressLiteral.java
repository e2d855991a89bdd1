// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mx;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wildpost.core.address.DomainName;

/** Address literals: {@code [192.0.2.1]} and {@code [IPv6:2001:db8::1]} (RFC 5321 §4.1.3). Stateless. */
public final class AddressLiteral {
    private static final Pattern FOUR = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final String IPV6 = "ipv6:";

    private AddressLiteral() {}

    /** Whether it looks like one, whatever stands in the brackets. */
    public static boolean isLiteral(DomainName domain) {
        return domain.ascii().startsWith("[");
    }

    /** The address; empty when it is a name, or no address stands in the brackets. */
    public static Optional<InetAddress> read(DomainName domain) {
        String text = domain.ascii();
        if (!text.startsWith("[") || !text.endsWith("]")) {
            return Optional.empty();
        }
        String inner = text.substring(1, text.length() - 1).toLowerCase(Locale.ROOT);
        try {
            if (inner.startsWith(IPV6)) {
                return Optional.<InetAddress>of(Inet6Address.ofLiteral(inner.substring(IPV6.length())))
                        .filter(Inet6Address.class::isInstance);
            }
            return FOUR.matcher(inner).matches() ? Optional.of(Inet4Address.ofLiteral(inner)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
