// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import java.time.Instant;
import org.wildpost.core.tlsreport.TlsReport;
import org.wildpost.persistence.transport.TlsReportRows;

/**
 * What somebody reported about one policy, as administrators see it.
 *
 * @param submitter the domain from which it came
 */
public record ReceivedReport(
        long id,
        String organization,
        String contact,
        String reportId,
        String submitter,
        Instant begin,
        Instant end,
        TlsReport.PolicyResult result,
        Instant receivedAt) {
    static ReceivedReport of(TlsReportRows.Received row) {
        TlsReport report = row.report();
        return new ReceivedReport(
                row.id(),
                report.organization(),
                report.contact(),
                report.id(),
                row.submitter(),
                report.begin(),
                report.end(),
                row.result(),
                row.receivedAt());
    }
}
