// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.time.Duration;

/**
 * What the courier asks of other servers and of its own patience.
 *
 * @param connections  to one next hop at a time
 * @param room         how long a shipment waits for one of them
 * @param idle         how long a connection waits for the next message before it is closed
 * @param messages     over one connection; some servers get suspicious
 * @param addresses    that one try calls, over all hosts of a route: a domain with a hundred exchangers must not keep a try busy for an hour
 * @param recipients   of one transaction; every server takes as many as this (RFC 5321 §4.5.3.1.8)
 */
record CourierLimits(int connections, Duration room, Duration idle, int messages, int addresses, int recipients) {
    /** What a server has that nobody configured. */
    static final CourierLimits DEFAULTS =
            new CourierLimits(20, Duration.ofMinutes(1), Duration.ofSeconds(10), 100, 5, 100);
}
