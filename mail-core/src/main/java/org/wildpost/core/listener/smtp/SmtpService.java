// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

/** What a listening port is for. */
public enum SmtpService {
    /** Port 25: mail from other servers, for recipients of ours. */
    MX,
    /** Ports 465 and 587: mail from our own owners, after login (RFC 6409, RFC 8314). */
    SUBMISSION,
    /** Local delivery: a reply for each recipient (RFC 2033); from trusted networks only. */
    LMTP
}
