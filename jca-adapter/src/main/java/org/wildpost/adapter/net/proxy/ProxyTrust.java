// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net.proxy;

import java.time.Duration;
import org.wildpost.core.net.Networks;

/**
 * Which proxies are believed, and what their header may cost.
 *
 * @param networks     from these each connection must begin with a header; from all others none is looked for
 * @param headerTime   how long the whole header may take
 * @param headerOctets octets of a header of version 2, its extensions included
 */
public record ProxyTrust(Networks networks, Duration headerTime, int headerOctets) {
    /** Long enough for a lost packet to be sent again (section 2: at least 3 seconds). */
    public static final Duration HEADER_TIME = Duration.ofSeconds(5);

    /** Room for a client's certificate name and whatever else proxies add. */
    public static final int HEADER_OCTETS = 4_096;

    /** The fixed part and the longest addresses (section 2.2, local sockets): less would refuse headers without extensions. */
    public static final int LEAST_HEADER_OCTETS = 16 + 216;

    /** Nobody is believed. */
    public static final ProxyTrust NONE = new ProxyTrust(Networks.NONE, HEADER_TIME, HEADER_OCTETS);
}
