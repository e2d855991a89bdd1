// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import org.wildpost.core.address.DomainName;

/** The domains that this server takes mail for without having their mailboxes: as a backup, or in front of another server. Safe for all threads. */
public interface RelayDomains {
    /** Whether strangers' mail for the domain is taken and passed on. */
    boolean relays(DomainName domain);
}
