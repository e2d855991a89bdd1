// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.SmtpService;

/**
 * What the extensions of SMTP may be asked for.
 *
 * @param holdLongest      how long a message may be held (RFC 4865 §3, max-future-release-interval)
 * @param holdLast         a moment beyond which none is held, whatever the interval (RFC 4865 §3, max-future-release-date-time)
 * @param deliverByLeast   the shortest time for which a return is promised (RFC 2852 §2, min-by-time)
 * @param mails            MAIL commands of one session (RFC 9422 §4.1)
 * @param recipientDomains different domains of recipients in one session (RFC 9422 §4.3); 0: any number
 * @param mxPriority       the highest priority that a server without login may ask for (RFC 6710 §3)
 */
record ExtensionLimits(
        Duration holdLongest,
        Instant holdLast,
        Duration deliverByLeast,
        int mails,
        int recipientDomains,
        int mxPriority) {
    /** The greatest value of a limit that can be told (RFC 9422 §4): six digits. */
    static final int MOST = 999_999;

    /** What a server has that nobody configured. */
    static final ExtensionLimits DEFAULTS = new ExtensionLimits(
            Duration.ofDays(30), Instant.parse("9999-12-31T23:59:59Z"), Duration.ofMinutes(1), 10_000, 0, 0);

    /** Up to when a message that comes now may be held. */
    Instant holdLatest(Instant now) {
        Instant interval = now.truncatedTo(ChronoUnit.SECONDS).plus(holdLongest);
        return interval.isBefore(holdLast) ? interval : holdLast;
    }

    /** The highest priority that is honoured on a service; owners and neighbours may ask for all that there is. */
    int highestPriority(SmtpService service) {
        return service == SmtpService.MX ? mxPriority : MailOptions.HIGHEST_PRIORITY;
    }

    /** The limits that are told (RFC 9422 §3). */
    String limits(SmtpSettings.Limits limits) {
        return "MAILMAX=" + mails + " RCPTMAX=" + limits.recipients()
                + (recipientDomains > 0 ? " RCPTDOMAINMAX=" + recipientDomains : "");
    }
}
