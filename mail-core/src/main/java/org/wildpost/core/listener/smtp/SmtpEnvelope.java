// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import java.time.Instant;
import java.util.List;

/**
 * The envelope at the end of data.
 *
 * @param recipients every forward-path that was accepted, in order; never empty
 * @param received   when the last octet arrived
 * @param options    what MAIL asked for
 */
public record SmtpEnvelope(
        SmtpClient client,
        ReversePath reversePath,
        List<ForwardPath> recipients,
        Instant received,
        MailOptions options) {
    public SmtpEnvelope {
        recipients = List.copyOf(recipients);
    }

    /** Whether the transaction used SMTPUTF8 (RFC 6531 §3.4). */
    public boolean smtpUtf8() {
        return options.smtpUtf8();
    }
}
