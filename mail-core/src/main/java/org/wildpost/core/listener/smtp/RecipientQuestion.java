// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import org.wildpost.core.address.EmailAddress;

/**
 * RCPT TO.
 *
 * @param path   the forward-path; {@code <Postmaster>} without a domain arrives as postmaster at this server's host name (RFC 5321 §4.5.1)
 * @param before how many recipients of this transaction were accepted before
 */
public record RecipientQuestion(
        SmtpClient client, ReversePath reversePath, MailOptions options, ForwardPath path, int before) {
    /** The address that is asked for. */
    public EmailAddress recipient() {
        return path.address();
    }
}
