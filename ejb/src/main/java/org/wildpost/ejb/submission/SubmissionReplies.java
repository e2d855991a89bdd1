// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.persistence.sending.Ceilings.Scope;

/** Every refusal of what owners hand in, with its codes (RFC 5321 §4.2.3, RFC 3463 §3.8). */
final class SubmissionReplies {
    static final SmtpVerdict FROZEN = new SmtpVerdict.Refuse(
            550, "5.7.1", "sending is frozen for your account; ask your administrator to unfreeze it");

    static final SmtpVerdict GONE = new SmtpVerdict.Refuse(550, "5.7.1", "your account is gone");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    /** Characters of a foreign address that are said back. */
    private static final int MAX_ECHO = 100;

    private SubmissionReplies() {}

    static SmtpVerdict notYourAddress(EmailAddress own) {
        return new SmtpVerdict.Refuse(550, "5.7.1", "you may send as " + name(own) + " and its aliases only");
    }

    static SmtpVerdict notYourAuthor(String author, EmailAddress own) {
        return new SmtpVerdict.Refuse(
                550,
                "5.7.1",
                "the message is from " + printable(author) + ", but you may send as " + name(own)
                        + " and its aliases only; change From or Sender");
    }

    /** An hour's limit has room again soon, a day's is not waited for (RFC 3463 §3.8: X.7.1, not allowed). */
    static SmtpVerdict limit(SendingLimit limit, Scope scope, long ceiling, Instant now) {
        String whose = switch (scope) {
            case ACCOUNT -> "your account";
            case DOMAIN -> "your domain";
            case SERVER -> "this server";
        };
        String text = whose + " may have " + ceiling + " " + limit.words();
        return switch (limit.period()) {
            case HOUR ->
                new SmtpVerdict.Defer(
                        450,
                        "4.7.1",
                        text + "; try again after "
                                + TIME.format(now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS)));
            case DAY -> new SmtpVerdict.Refuse(550, "5.7.1", text + "; try again tomorrow");
        };
    }

    private static String name(EmailAddress own) {
        return own.international() ? "your own address" : own.toString();
    }

    /** A reply is ASCII on one line, whatever the message has. */
    private static String printable(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().limit(MAX_ECHO).forEach(c -> out.append(c > ' ' && c < 0x7f ? (char) c : '?'));
        return out.toString();
    }
}
