// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.sasl.Secret;

/** A command that was understood (RFC 5321 §4.1.1 and the extensions that are offered). */
sealed interface SmtpCommand {
    /** How a client greets, and what it speaks from then on. */
    enum Dialect {
        /** Plain SMTP: no extensions. */
        HELO,
        EHLO,
        /** LMTP (RFC 2033 §4.1). */
        LHLO
    }

    /** EHLO, HELO and LHLO. */
    record Hello(String name, Dialect dialect) implements SmtpCommand {}

    /** MAIL FROM. */
    record Mail(ReversePath path, MailParameters parameters) implements SmtpCommand {}

    /** RCPT TO; no address for {@code <Postmaster>} without a domain (RFC 5321 §4.5.1). */
    record Recipient(Optional<EmailAddress> address, RecipientParameters parameters) implements SmtpCommand {}

    record Data() implements SmtpCommand {}

    /** RFC 3030 §2. */
    record Chunk(long size, boolean last) implements SmtpCommand {}

    /** RFC 4954 §4. */
    record Auth(String mechanism, Optional<Secret> initialResponse) implements SmtpCommand {}

    /** RFC 3207. */
    record StartTls() implements SmtpCommand {}

    /** Postfix's XCLIENT: a neighbour says for whom it speaks. */
    record Forwarded(List<XclientAttribute> attributes) implements SmtpCommand {
        public Forwarded {
            attributes = List.copyOf(attributes);
        }
    }

    record Reset() implements SmtpCommand {}

    record Noop() implements SmtpCommand {}

    record Verify() implements SmtpCommand {}

    record Expand() implements SmtpCommand {}

    record Help() implements SmtpCommand {}

    record Quit() implements SmtpCommand {}

    /** A browser, or somebody who makes one talk to us. */
    record HttpRequest() implements SmtpCommand {}

    record Unrecognised(String verb) implements SmtpCommand {}
}
