// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.wildpost.core.listener.smtp.MailOptions;

/**
 * What stands behind the reverse-path of MAIL, as it was written: nothing is known yet of the session and the time.
 *
 * @param size       octets (RFC 1870 §6)
 * @param body       RFC 6152 §2, RFC 3030 §3
 * @param smtpUtf8   RFC 6531 §3.4
 * @param returned   RET (RFC 3461 §4.3)
 * @param envelopeId ENVID, decoded (RFC 3461 §4.4)
 * @param requireTls RFC 8689 §2
 * @param priority   RFC 6710 §3
 * @param hold       RFC 4865 §3
 * @param by         RFC 2852 §4
 * @param used       the extensions to which these belong
 */
record MailParameters(
        OptionalLong size,
        Optional<MailOptions.Body> body,
        boolean smtpUtf8,
        Optional<MailOptions.Returned> returned,
        Optional<String> envelopeId,
        boolean requireTls,
        OptionalInt priority,
        Optional<Hold> hold,
        Optional<By> by,
        Set<SmtpExtension> used) {
    MailParameters {
        used = Set.copyOf(used);
    }

    /** How long a message is kept back. */
    sealed interface Hold {
        /** HOLDFOR. */
        record For(Duration interval) implements Hold {}

        /** HOLDUNTIL. */
        record Until(Instant moment) implements Hold {}

        /** The moment of release for a message that comes now. */
        default Instant from(Instant now) {
            return switch (this) {
                case For(Duration interval) -> now.plus(interval);
                case Until(Instant moment) -> moment;
            };
        }
    }

    /**
     * BY.
     *
     * @param time may be negative: the deadline has passed
     */
    record By(Duration time, MailOptions.DeliverBy.Mode mode, boolean trace) {}

    /**
     * What a listener is told.
     *
     * @param now             the moment of the command
     * @param highestPriority what this client gets at most when it asks for a priority
     */
    MailOptions options(Instant now, int highestPriority) {
        return new MailOptions(
                smtpUtf8,
                body.orElse(MailOptions.Body.SEVEN_BIT),
                returned,
                envelopeId,
                requireTls,
                priority.isPresent() ? Math.min(priority.getAsInt(), highestPriority) : MailOptions.NONE.priority(),
                hold.map(wanted -> wanted.from(now)),
                by.map(wanted -> new MailOptions.DeliverBy(now.plus(wanted.time()), wanted.mode(), wanted.trace())));
    }
}
