// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.wildpost.core.address.DomainName;
import org.wildpost.ejb.outbound.RelayDomains;

/** {@link RelayDomains} from the operators' tables, in memory. */
@ApplicationScoped
public class RelayedDomains implements RelayDomains {
    @Inject
    RouteTables tables;

    @Override
    public boolean relays(DomainName domain) {
        return tables.now().relay(domain).isPresent();
    }
}
