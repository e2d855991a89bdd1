// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.util.function.Predicate;
import org.wildpost.core.address.DomainName;

/**
 * Who wants addresses to be expanded, and what they may.
 *
 * @param insider whether it is a user of this server
 * @param relays  the domains elsewhere to which they may send directly
 */
record Asking(boolean insider, Predicate<DomainName> relays) {}
