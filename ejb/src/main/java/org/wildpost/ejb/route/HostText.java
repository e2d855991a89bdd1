// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.mx.AddressLiteral;

/** Hosts as people type them: a name, or an address with or without the brackets of a literal (RFC 5321 §4.1.3). Stateless. */
public final class HostText {
    private static final Pattern FOUR = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private HostText() {}

    /** The host; empty when it is none. An address becomes a literal. */
    public static Optional<DomainName> parse(String text) {
        String host = text.strip();
        try {
            if (FOUR.matcher(host).matches()) {
                host = "[" + host + "]";
            } else if (host.indexOf(':') >= 0 && !host.startsWith("[IPv6:") && !host.startsWith("[ipv6:")) {
                String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
                host = "[IPv6:" + Inet6Address.ofLiteral(bare).getHostAddress() + "]";
            }
            DomainName name = DomainName.parse(host);
            Optional<InetAddress> literal = AddressLiteral.read(name);
            return AddressLiteral.isLiteral(name) && literal.isEmpty() ? Optional.empty() : Optional.of(name);
        } catch (AddressException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
