// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import org.wildpost.core.address.DomainName;
import org.wildpost.core.tlsreport.ResultType;

/** Hears of policies that failed before there was a connection, for reports (RFC 8460 §4.3.2). Returns at once and never throws. Safe for all threads. */
@FunctionalInterface
public interface TlsFailures {
    /**
     * @param policy as {@link Reach} names it
     * @param reason one line
     */
    void failed(DomainName destination, DomainName host, String policy, ResultType type, String reason);
}
