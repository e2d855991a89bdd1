// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import jakarta.ejb.Asynchronous;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Writes counters every minute, and sends reports when they are due; a report that somebody takes slowly keeps no counter waiting. */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ReportTimer {
    @Inject
    TlsResults results;

    @Inject
    DailyReports reports;

    /** Every minute. */
    @Schedule(hour = "*", minute = "*", second = "17", persistent = false)
    public void flush() {
        results.flush();
    }

    /** Every quarter of an hour; each report is claimed by one node. */
    @Schedule(hour = "*", minute = "8/15", persistent = false)
    public void send() {
        reports.send();
    }

    /** When an operator says so; returns at once, for others may take their reports slowly. */
    @Asynchronous
    public void sendNow() {
        reports.sendNow();
    }
}
