// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import org.wildpost.core.address.EmailAddress;

/**
 * RCPT TO.
 *
 * @param recipient the forward-path; {@code <Postmaster>} without a domain arrives as postmaster at this server's host name (RFC 5321 §4.5.1)
 */
public record RecipientQuestion(SmtpClient client, ReversePath reversePath, EmailAddress recipient) {}
