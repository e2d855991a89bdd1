// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

/** A typed answer to a question of an SMTP session; the adapter puts it on the wire. */
public sealed interface SmtpVerdict {
    /**
     * Yes.
     *
     * @param detail appended to the 250 text, such as the delivery's id; may be empty
     */
    record Accept(String detail) implements SmtpVerdict {}

    /**
     * No, for good (5yz).
     *
     * @param code     the reply code (RFC 5321 §4.2.3)
     * @param enhanced the enhanced status code (RFC 3463), such as {@code 5.1.1}
     * @param text     what is wrong and how to mend it, ASCII, no internals
     */
    record Refuse(int code, String enhanced, String text) implements SmtpVerdict {
        public Refuse {
            if (code < 500 || code > 599 || !enhanced.startsWith("5.")) {
                throw new IllegalArgumentException("a refusal is 5yz: " + code + " " + enhanced);
            }
        }
    }

    /** Not now (4yz); the client tries again. */
    record Defer(int code, String enhanced, String text) implements SmtpVerdict {
        public Defer {
            if (code < 400 || code > 499 || !enhanced.startsWith("4.")) {
                throw new IllegalArgumentException("a deferral is 4yz: " + code + " " + enhanced);
            }
        }
    }
}
