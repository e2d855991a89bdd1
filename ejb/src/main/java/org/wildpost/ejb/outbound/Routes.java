// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

/**
 * Knows the ways out: reroutes, smarthosts, relay domains, mail exchangers, and what TLS must be on them. Asks the domain name system and tables,
 * holds no transaction on return, and answers within the resolver's time limits; never throws for what the network does. Safe for all threads.
 */
public interface Routes {
    /** Where the shipment goes; its {@code reroute} comes first. */
    Route find(Shipment shipment);

    /** How one of the hosts of its route is reached. Asked when the host's turn comes, so that nothing is looked up for hosts that nobody needs. */
    Reach reach(Shipment shipment, NextHop hop);
}
