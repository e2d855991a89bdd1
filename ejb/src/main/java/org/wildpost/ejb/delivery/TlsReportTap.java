// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import org.wildpost.ejb.tlsreport.ReceivedReports;

/** Keeps what other servers report about TLS (RFC 8460 §5.3); such a message goes on like any other. */
record TlsReportTap(ReceivedReports reports) implements Filter {
    @Override
    public Verdict judge(Delivery delivery) {
        if (!delivery.submitted()) {
            reports.consider(delivery.envelope().reversePath(), delivery.message(), delivery.index());
        }
        return PASS;
    }
}
