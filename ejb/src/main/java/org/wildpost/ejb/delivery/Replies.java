// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import org.wildpost.core.listener.smtp.SmtpVerdict;

/** Every refusal and deferral of deliveries, with its codes (RFC 5321 §4.2.3, RFC 3463 §3). */
final class Replies {
    static final SmtpVerdict OK = new SmtpVerdict.Accept("");

    static final SmtpVerdict LOGIN_FIRST = new SmtpVerdict.Refuse(530, "5.7.0", "log in before you send");
    static final SmtpVerdict NO_RELAY =
            new SmtpVerdict.Refuse(550, "5.7.1", "no relaying: that domain is not served here; log in to send");
    static final SmtpVerdict UNKNOWN = new SmtpVerdict.Refuse(550, "5.1.1", "no such mailbox here");
    static final SmtpVerdict DISABLED = new SmtpVerdict.Refuse(550, "5.2.1", "this mailbox is disabled");
    static final SmtpVerdict CIRCLE =
            new SmtpVerdict.Refuse(554, "5.4.6", "the redirects of this address go in a circle");
    static final SmtpVerdict INTERNAL_ONLY = new SmtpVerdict.Refuse(
            550, "5.7.1", "this address takes mail of this server's own users only; log in to send");
    static final SmtpVerdict TOO_FAR = new SmtpVerdict.Refuse(550, "5.2.4", "this address stands for too many others");
    static final SmtpVerdict NOT_A_RETURN_PATH =
            new SmtpVerdict.Refuse(550, "5.7.1", "this return path was not made here");
    static final SmtpVerdict RETURN_PATH_EXPIRED = new SmtpVerdict.Refuse(550, "5.1.1", "this return path has expired");
    static final SmtpVerdict NOTIFICATIONS_ONLY =
            new SmtpVerdict.Refuse(550, "5.7.1", "a return path takes notifications only, from the null sender");
    static final SmtpVerdict TOO_MANY_HOPS =
            new SmtpVerdict.Refuse(554, "5.4.6", "the message passed too many servers: a loop");
    static final SmtpVerdict BEEN_HERE =
            new SmtpVerdict.Refuse(554, "5.4.6", "the message was redirected here before: a loop");

    static final SmtpVerdict REDIRECT_FAILS = new SmtpVerdict.Defer(
            451, "4.3.5", "this address leads to addresses that nobody has; its administrator must mend that");
    static final SmtpVerdict NO_ROOM =
            new SmtpVerdict.Defer(452, "4.3.1", "there is no room for mail now, try again later");
    static final SmtpVerdict FULL =
            new SmtpVerdict.Defer(452, "4.2.2", "the mailbox has no room for the message now, try again later");
    static final SmtpVerdict TOO_LARGE =
            new SmtpVerdict.Refuse(552, "5.2.2", "the message is more than the mailbox may have at all");
    static final SmtpVerdict TRY_LATER = new SmtpVerdict.Defer(451, "4.3.0", "not possible now, try again later");

    private Replies() {}

    /** The answer to a forward-path that ends nowhere. */
    static SmtpVerdict of(Problem problem) {
        return switch (problem) {
            case UNKNOWN -> UNKNOWN;
            case DISABLED -> DISABLED;
            case OUTSIDE -> NO_RELAY;
            case INTERNAL_ONLY -> INTERNAL_ONLY;
            case FULL -> FULL;
            case TOO_LARGE -> TOO_LARGE;
            case UNREACHABLE -> REDIRECT_FAILS;
            case CIRCLE -> CIRCLE;
            case TOO_FAR -> TOO_FAR;
            case BEEN_HERE -> BEEN_HERE;
        };
    }

    static SmtpVerdict tooLarge(long limit) {
        return new SmtpVerdict.Refuse(552, "5.3.4", "a message may have at most " + limit + " octets");
    }
}
