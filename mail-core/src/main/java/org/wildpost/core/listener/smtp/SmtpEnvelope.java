// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import java.time.Instant;
import java.util.List;
import org.wildpost.core.address.EmailAddress;

/**
 * The envelope at the end of data.
 *
 * @param recipients every forward-path that was accepted, in order; never empty
 * @param received   when the last octet arrived
 * @param smtpUtf8   whether the transaction used SMTPUTF8
 */
public record SmtpEnvelope(
        SmtpClient client, ReversePath reversePath, List<EmailAddress> recipients, Instant received, boolean smtpUtf8) {
    public SmtpEnvelope {
        recipients = List.copyOf(recipients);
    }
}
