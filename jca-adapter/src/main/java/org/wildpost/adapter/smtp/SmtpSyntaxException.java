// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

/** A line is not a command; carries the reply that says so. */
final class SmtpSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient SmtpReply reply;

    SmtpSyntaxException(int code, String enhanced, String text) {
        super(text);
        this.reply = SmtpReply.error(code, enhanced, text);
    }

    /** An argument or parameter is malformed (RFC 5321 §4.2.2, RFC 3463 §3.6). */
    static SmtpSyntaxException argument(String text) {
        return new SmtpSyntaxException(501, "5.5.4", text);
    }

    SmtpReply reply() {
        return reply;
    }
}
