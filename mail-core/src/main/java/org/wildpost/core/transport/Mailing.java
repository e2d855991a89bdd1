// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;

/**
 * A message for one transaction.
 *
 * @param recipients never empty, no more than {@link SmtpConnection#recipientLimit}
 * @param needsEight whether the octets have 8-bit characters (RFC 6152)
 * @param needsUtf8  whether header or envelope need SMTPUTF8 (RFC 6531 §3.2)
 */
public record Mailing(
        ReversePath reversePath,
        MailOptions options,
        List<ForwardPath> recipients,
        Content content,
        boolean needsEight,
        boolean needsUtf8) {
    public Mailing {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a transaction has a recipient");
        }
        needsUtf8 |= reversePath.address().filter(a -> a.international()).isPresent()
                || recipients.stream().anyMatch(r -> r.address().international());
    }

    /** The octets, as often as they are asked for. */
    public interface Content {
        /** Octets in all. */
        long size();

        /** A fresh stream; the caller closes it. */
        InputStream open() throws IOException;
    }

    /** Whether TLS must be proved and passed on (RFC 8689 §4.2.1); a notification is sent all the same (§5). */
    public boolean requireTls() {
        return options.requireTls() && reversePath.address().isPresent();
    }

    boolean binary() {
        return options.body() == MailOptions.Body.BINARY;
    }

    /** The same message in seven bits. */
    Mailing inSevenBits(Content other) {
        return new Mailing(reversePath, options, recipients, other, false, needsUtf8);
    }

    /** This message for others. */
    public Mailing to(List<ForwardPath> others) {
        return new Mailing(reversePath, options, others, content, needsEight, needsUtf8);
    }
}
