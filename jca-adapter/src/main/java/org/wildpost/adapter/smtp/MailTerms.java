// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.listener.smtp.MailOptions;

/**
 * On which terms MAIL and RCPT may use extensions where a session stands.
 *
 * @param extended whether the client greeted with EHLO or LHLO, and so was told of extensions (RFC 5321 §2.2.1)
 */
record MailTerms(SmtpExtension.Standing standing, boolean extended) {
    /** Why a command with parameters of these extensions is refused, if so. */
    Optional<SmtpReply> refusal(Set<SmtpExtension> used) {
        if (!extended && !used.isEmpty()) {
            return Optional.of(SmtpReply.NO_PARAMETERS);
        }
        return used.stream().allMatch(extension -> extension.isUsable(standing))
                ? Optional.empty()
                : Optional.of(SmtpReply.PARAMETER_NOT_OFFERED);
    }

    /** Why MAIL with these parameters is refused, if so. */
    Optional<SmtpReply> refusal(MailParameters asked, Instant now) {
        return refusal(asked.used())
                .or(() -> size(asked))
                .or(() -> hold(asked, now))
                .or(() -> deliverBy(asked))
                .or(() -> holdAndDeliverBy(asked, now));
    }

    /** Whether a priority was asked for that this client does not get. */
    boolean lowers(MailParameters asked) {
        return asked.priority().orElse(MailOptions.LOWEST_PRIORITY) > highestPriority();
    }

    MailOptions options(MailParameters asked, Instant now) {
        return asked.options(now, highestPriority());
    }

    private int highestPriority() {
        return standing.settings()
                .extensions()
                .highestPriority(standing.settings().service());
    }

    /** RFC 1870 §6.1. */
    private Optional<SmtpReply> size(MailParameters asked) {
        boolean tooBig = asked.size().orElse(0) > standing.settings().limits().messageSize();
        return tooBig ? Optional.of(SmtpReply.TOO_BIG) : Optional.empty();
    }

    /** RFC 4865 §4.2: neither too far away, nor in the past. */
    private Optional<SmtpReply> hold(MailParameters asked, Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        Instant latest = standing.settings().extensions().holdLatest(now);
        return asked.hold()
                .map(hold -> hold.from(second))
                .filter(release -> release.isBefore(second) || release.isAfter(latest))
                .map(impossible -> SmtpReply.HOLD_IMPOSSIBLE);
    }

    /** RFC 2852 §2, §4: min-by-time is about returns; a notice can be given at any time. */
    private Optional<SmtpReply> deliverBy(MailParameters asked) {
        boolean tooSoon = asked.by()
                .filter(by -> by.mode() == MailOptions.DeliverBy.Mode.RETURN)
                .filter(by ->
                        by.time().compareTo(standing.settings().extensions().deliverByLeast()) < 0)
                .isPresent();
        return tooSoon ? Optional.of(SmtpReply.DELIVER_BY_TOO_SOON) : Optional.empty();
    }

    /** RFC 4865 §5.2.2: what is held beyond its deadline could never be delivered in time. */
    private static Optional<SmtpReply> holdAndDeliverBy(MailParameters asked, Instant now) {
        boolean never = asked.hold().isPresent()
                && asked.by().isPresent()
                && asked.hold()
                        .get()
                        .from(now)
                        .isAfter(now.plus(asked.by().get().time()));
        return never ? Optional.of(SmtpReply.HELD_BEYOND_DEADLINE) : Optional.empty();
    }
}
