// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.wildpost.core.address.DomainName;

/** Domains of others for which anybody may hand in mail here: relay domains and those that this server is a backup for. From memory; safe for all threads. */
@ApplicationScoped
public class RelayedDomains {
    @Inject
    RouteTables tables;

    /** Whether mail for the domain is taken and passed on. */
    public boolean contains(DomainName domain) {
        return tables.now().relay(domain).isPresent();
    }
}
