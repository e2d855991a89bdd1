// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.sending.SendingCounters;

/** Forgets what was sent so long ago that no limit looks at it. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class UsageSweep {
    private static final Logger LOG = System.getLogger(UsageSweep.class.getName());

    @Inject
    Database database;

    InstantSource clock = InstantSource.system();

    /** Every hour; what two nodes do at once has the same result. */
    @Schedule(hour = "*", minute = "41", persistent = false)
    public void sweep() {
        int gone = database.transaction(connection -> new SendingCounters(connection).sweep(clock.instant()));
        LOG.log(Level.DEBUG, () -> gone + " hours of what accounts sent were forgotten");
    }
}
