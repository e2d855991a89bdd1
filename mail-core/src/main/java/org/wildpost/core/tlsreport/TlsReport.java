// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.tlsreport;

import java.time.Instant;
import java.util.List;

/**
 * What became of TLS on the way to a domain over some time (RFC 8460 §4.1).
 *
 * @param organization who reports
 * @param contact      whom to ask
 * @param id           unique for who reports
 * @param begin        from when
 * @param end          until when
 */
public record TlsReport(
        String organization, String contact, String id, Instant begin, Instant end, List<PolicyResult> policies) {
    public TlsReport {
        policies = List.copyOf(policies);
    }

    /**
     * What became of one policy.
     *
     * @param type     {@code tlsa}, {@code sts} or {@code no-policy-found}
     * @param policy   its lines or records
     * @param domain   whose policy it is, A-labels
     * @param mxHosts  patterns of hosts
     * @param failures sessions that failed; the details may tell of fewer
     */
    public record PolicyResult(
            String type,
            List<String> policy,
            String domain,
            List<String> mxHosts,
            long successes,
            long failures,
            List<FailureDetail> details) {
        public PolicyResult {
            policy = List.copyOf(policy);
            mxHosts = List.copyOf(mxHosts);
            details = List.copyOf(details);
        }
    }

    /**
     * Sessions that failed alike; what nobody said is empty.
     *
     * @param resultType  of {@link ResultType}, or what others call theirs
     * @param sessions    how many
     * @param information where more is told
     */
    public record FailureDetail(
            String resultType,
            String sendingIp,
            String receivingMx,
            String receivingHelo,
            String receivingIp,
            long sessions,
            String information,
            String reason) {}
}
