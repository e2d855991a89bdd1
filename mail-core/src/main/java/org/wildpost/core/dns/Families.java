// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** A and AAAA as one answer (RFC 3596): secure when both are. Stateless. */
final class Families {
    private Families() {}

    static DnsAnswer<InetAddress> together(DnsAnswer<InetAddress> four, DnsAnswer<InetAddress> six) {
        List<InetAddress> addresses = new ArrayList<>(six.recordsOrNone());
        addresses.addAll(four.recordsOrNone());
        if (!addresses.isEmpty()) {
            return new DnsAnswer.Found<>(addresses, isSecure(four) && isSecure(six), Math.min(ttl(four), ttl(six)));
        }
        if (four instanceof DnsAnswer.Failed<InetAddress> || six instanceof DnsAnswer.Failed<InetAddress>) {
            return four instanceof DnsAnswer.Failed<InetAddress> ? four : six;
        }
        return new DnsAnswer.None<>(exists(four) || exists(six), isSecure(four) && isSecure(six));
    }

    /** A family that nobody knows proves nothing and disproves nothing: its addresses are not used. */
    private static boolean isSecure(DnsAnswer<InetAddress> answer) {
        return switch (answer) {
            case DnsAnswer.Found<InetAddress> found -> found.secure();
            case DnsAnswer.None<InetAddress> none -> none.secure();
            case DnsAnswer.Failed<InetAddress> _ -> true;
        };
    }

    private static long ttl(DnsAnswer<InetAddress> answer) {
        return answer instanceof DnsAnswer.Found<InetAddress> found ? found.ttl() : Long.MAX_VALUE;
    }

    private static boolean exists(DnsAnswer<InetAddress> answer) {
        return answer instanceof DnsAnswer.None<InetAddress> none && none.nameExists();
    }
}
