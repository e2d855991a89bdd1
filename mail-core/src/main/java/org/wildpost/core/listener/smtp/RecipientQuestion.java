// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import org.wildpost.core.address.EmailAddress;

/**
 * RCPT TO.
 *
 * @param path   the forward-path; {@code <Postmaster>} without a domain arrives as postmaster at this server's host name (RFC 5321 §4.5.1)
 * @param before how many recipients of this transaction were accepted before
 * @param declaredSize octets of the message as MAIL declared them (RFC 1870), 0 when it did not
 */
public record RecipientQuestion(
        SmtpClient client,
        ReversePath reversePath,
        MailOptions options,
        ForwardPath path,
        int before,
        long declaredSize) {
    /** The address that is asked for. */
    public EmailAddress recipient() {
        return path.address();
    }
}
