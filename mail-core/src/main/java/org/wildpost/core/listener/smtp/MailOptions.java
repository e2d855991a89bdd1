// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import java.time.Instant;
import java.util.Optional;

/**
 * What the parameters of MAIL ask for, beyond path and size; what was not given has the value that its RFC names.
 *
 * @param smtpUtf8     addresses or header may be in UTF-8 (RFC 6531 §3.4)
 * @param body         what the octets are (RFC 6152 §2, RFC 3030 §3)
 * @param returned     how much of the message a notification of failure returns (RFC 3461 §4.3); empty: the server decides
 * @param envelopeId   ENVID, decoded from xtext (RFC 3461 §4.4)
 * @param requireTls   every hop must be over verified TLS (RFC 8689 §2)
 * @param priority     -9 to 9, higher is sooner (RFC 6710 §3)
 * @param releaseAt    not before this moment (RFC 4865 §3), computed from HOLDFOR or HOLDUNTIL
 * @param deliverBy    the deadline and what follows it (RFC 2852 §4)
 */
public record MailOptions(
        boolean smtpUtf8,
        Body body,
        Optional<Returned> returned,
        Optional<String> envelopeId,
        boolean requireTls,
        int priority,
        Optional<Instant> releaseAt,
        Optional<DeliverBy> deliverBy) {
    /** Nothing was asked for. */
    public static final MailOptions NONE = new MailOptions(
            false, Body.SEVEN_BIT, Optional.empty(), Optional.empty(), false, 0, Optional.empty(), Optional.empty());

    /** The lowest priority (RFC 6710 §3). */
    public static final int LOWEST_PRIORITY = -9;

    /** The highest priority (RFC 6710 §3). */
    public static final int HIGHEST_PRIORITY = 9;

    public MailOptions {
        if (priority < LOWEST_PRIORITY || priority > HIGHEST_PRIORITY) {
            throw new IllegalArgumentException("a priority is -9 to 9: " + priority);
        }
    }

    /** The BODY parameter. */
    public enum Body {
        SEVEN_BIT,
        EIGHT_BIT,
        /** No lines at all; only by BDAT (RFC 3030 §3). */
        BINARY
    }

    /** The RET parameter (RFC 3461 §4.3). */
    public enum Returned {
        FULL,
        HEADERS
    }

    /**
     * The BY parameter.
     *
     * @param deadline the moment, computed from the seconds that were given; may have passed
     * @param mode     what happens at the deadline
     * @param trace    every relay is to be told of (RFC 2852 §4, {@code T})
     */
    public record DeliverBy(Instant deadline, Mode mode, boolean trace) {
        /** RFC 2852 §4. */
        public enum Mode {
            /** The message goes back. */
            RETURN,
            /** The sender is told, and delivery goes on. */
            NOTIFY
        }
    }

    /** These options with SMTPUTF8 or without. */
    public MailOptions withSmtpUtf8(boolean wanted) {
        return new MailOptions(wanted, body, returned, envelopeId, requireTls, priority, releaseAt, deliverBy);
    }

    /** What a notification about the message goes under: REQUIRETLS (RFC 8689 §5) and the priority (RFC 6710 §4.6) stay. */
    public MailOptions ofNotification() {
        return new MailOptions(
                false,
                Body.SEVEN_BIT,
                Optional.empty(),
                Optional.empty(),
                requireTls,
                priority,
                Optional.empty(),
                Optional.empty());
    }

    /** These options after a hold, whether its moment came or somebody ended it before. */
    public MailOptions released() {
        return new MailOptions(smtpUtf8, body, returned, envelopeId, requireTls, priority, Optional.empty(), deliverBy);
    }

    /** These options with another body type: after the octets were made what a next step can take. */
    public MailOptions withBody(Body other) {
        return new MailOptions(smtpUtf8, other, returned, envelopeId, requireTls, priority, releaseAt, deliverBy);
    }
}
