// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.util.Optional;
import java.util.OptionalLong;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.sasl.Secret;

/** A command that was understood (RFC 5321 §4.1.1 and the extensions that are offered). */
sealed interface SmtpCommand {
    /** EHLO and HELO. */
    record Hello(String name, boolean extended) implements SmtpCommand {}

    /**
     * MAIL FROM.
     *
     * @param size     RFC 1870
     * @param smtpUtf8 RFC 6531
     */
    record Mail(ReversePath path, OptionalLong size, boolean smtpUtf8) implements SmtpCommand {}

    /** RCPT TO; empty for {@code <Postmaster>} without a domain (RFC 5321 §4.5.1). */
    record Recipient(Optional<EmailAddress> address) implements SmtpCommand {}

    record Data() implements SmtpCommand {}

    /** RFC 3030 §2. */
    record Chunk(long size, boolean last) implements SmtpCommand {}

    /** RFC 4954 §4. */
    record Auth(String mechanism, Optional<Secret> initialResponse) implements SmtpCommand {}

    /** RFC 3207. */
    record StartTls() implements SmtpCommand {}

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
