// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.stream.Collectors;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;

/** Writes MAIL and RCPT with the parameters that the server understands; the others are left out. */
final class MailCommands {
    private final Mailing mailing;
    private final Extensions extensions;
    private final Instant now;

    MailCommands(Mailing mailing, Extensions extensions, Instant now) {
        this.mailing = mailing;
        this.extensions = extensions;
        this.now = now;
    }

    /** MAIL FROM (RFC 5321 §4.1.1.2), without its line end. */
    String mail() {
        MailOptions options = mailing.options();
        StringBuilder line = new StringBuilder(128)
                .append("MAIL FROM:<")
                .append(mailing.reversePath())
                .append('>');
        if (extensions.has(Extension.SIZE)) {
            line.append(" SIZE=").append(mailing.content().size());
        }
        if (mailing.binary()) {
            line.append(" BODY=BINARYMIME");
        } else if (mailing.needsEight() && extensions.has(Extension.EIGHT_BIT)) {
            line.append(" BODY=8BITMIME");
        }
        if (mailing.needsUtf8()) {
            line.append(" SMTPUTF8");
        }
        if (options.requireTls() && extensions.has(Extension.REQUIRE_TLS)) {
            line.append(" REQUIRETLS");
        }
        if (options.priority() != 0 && extensions.has(Extension.PRIORITY)) {
            line.append(" MT-PRIORITY=").append(options.priority());
        }
        options.deliverBy().filter(this::tells).ifPresent(by -> deliverBy(line, by));
        if (extensions.has(Extension.DSN)) {
            options.returned()
                    .ifPresent(part -> line.append(" RET=")
                            .append(
                                    switch (part) {
                                        case FULL -> "FULL";
                                        case HEADERS -> "HDRS";
                                    }));
            options.envelopeId()
                    .filter(Xtext::isAscii)
                    .ifPresent(id -> line.append(" ENVID=").append(Xtext.of(id)));
        }
        return line.toString();
    }

    /** Whether the server that takes the message looks at the sender's deadline from now on, where there is one; one that passed needs no look any more. */
    boolean deadlineWatched() {
        return mailing.options()
                .deliverBy()
                .filter(by -> !extensions.has(Extension.DELIVER_BY) || secondsLeft(by, now) > 0 && !tells(by))
                .isEmpty();
    }

    /** A notice that the server cannot give in time is not asked for. */
    private boolean tells(MailOptions.DeliverBy by) {
        return extensions.has(Extension.DELIVER_BY) && secondsLeft(by, now) >= extensions.leastDeliverBy();
    }

    /** The seconds that are left (RFC 2852 §4). */
    private void deliverBy(StringBuilder line, MailOptions.DeliverBy by) {
        line.append(" BY=")
                .append(secondsLeft(by, now))
                .append(by.mode() == MailOptions.DeliverBy.Mode.RETURN ? ";R" : ";N");
        if (by.trace()) {
            line.append('T');
        }
    }

    static long secondsLeft(MailOptions.DeliverBy by, Instant now) {
        return Duration.between(now, by.deadline()).toSeconds();
    }

    /** RCPT TO (RFC 5321 §4.1.1.3) with the parameters of RFC 3461 §4, without its line end. */
    String recipient(ForwardPath path) {
        StringBuilder line =
                new StringBuilder(96).append("RCPT TO:<").append(path.address()).append('>');
        if (extensions.has(Extension.DSN)) {
            if (path.notice().given()) {
                line.append(" NOTIFY=").append(events(path.notice()));
            }
            path.original().ifPresent(original -> original(line, original));
        }
        return line.toString();
    }

    private static String events(ForwardPath.Notify notice) {
        return notice.events().isEmpty()
                ? "NEVER"
                : EnumSet.copyOf(notice.events()).stream().map(Enum::name).collect(Collectors.joining(","));
    }

    private void original(StringBuilder line, ForwardPath.OriginalRecipient original) {
        String type = original.type();
        if (type.toLowerCase(Locale.ROOT).equals("utf-8")) {
            line.append(" ORCPT=").append(type).append(';').append(Xtext.utf8(original.address(), mailing.needsUtf8()));
        } else if (Xtext.isAscii(original.address())) {
            line.append(" ORCPT=").append(type).append(';').append(Xtext.of(original.address()));
        }
    }
}
