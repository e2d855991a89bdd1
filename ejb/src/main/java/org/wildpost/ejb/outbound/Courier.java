// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.util.List;

/**
 * Carries a message to the next hop. Finds the route, connects (or takes a connection that an earlier shipment left open), and speaks SMTP. The
 * caller holds no transaction and no database connection. Safe for all threads.
 */
public interface Courier {
    /**
     * Tries once.
     *
     * @return an outcome for each recipient of the shipment, in order; whatever the network does is an outcome, never an exception
     */
    List<Attempt> carry(Shipment shipment);
}
