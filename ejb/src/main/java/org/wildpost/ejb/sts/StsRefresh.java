// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.sts;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Refreshes policies ahead of their end. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StsRefresh {
    private static final Logger LOG = System.getLogger(StsRefresh.class.getName());

    @Inject
    StsPolicies policies;

    /** Four times an hour; each policy is claimed by one node. */
    @Schedule(hour = "*", minute = "3/15", persistent = false)
    public void refresh() {
        int fetched = policies.refresh();
        LOG.log(Level.DEBUG, () -> fetched + " MTA-STS policies were refreshed");
    }
}
