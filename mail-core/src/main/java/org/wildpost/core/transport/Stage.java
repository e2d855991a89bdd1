// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.time.Duration;

/** Where a talk stands, and how long that may take; the times are those that RFC 5321 §4.5.3.2 asks for where it names one. */
public enum Stage {
    /** Until the connection stands. The RFC names no time; a host that is up answers much sooner. */
    CONNECT("the connection", Duration.ofSeconds(30)),
    /** RFC 5321 §4.5.3.2.1 */
    GREETING("the greeting", Duration.ofMinutes(5)),
    /** As for the greeting. */
    HELLO("EHLO", Duration.ofMinutes(5)),
    /** As for the greeting. */
    START_TLS("STARTTLS", Duration.ofMinutes(5)),
    /** The handshake as a whole; there is no wait of people or disks in it. */
    HANDSHAKE("the TLS handshake", Duration.ofMinutes(1)),
    /** For each step; servers slow down who guesses. */
    LOGIN("AUTH", Duration.ofMinutes(5)),
    /** As for MAIL. */
    RESET("RSET", Duration.ofMinutes(5)),
    /** RFC 5321 §4.5.3.2.2 */
    MAIL("MAIL FROM", Duration.ofMinutes(5)),
    /** RFC 5321 §4.5.3.2.3 */
    RECIPIENT("RCPT TO", Duration.ofMinutes(5)),
    /** RFC 5321 §4.5.3.2.4 */
    DATA("DATA", Duration.ofMinutes(2)),
    /** For each block of the message to be taken by the network (RFC 5321 §4.5.3.2.5). */
    CONTENT("the message", Duration.ofMinutes(3)),
    /** RFC 5321 §4.5.3.2.6 */
    END_OF_DATA("the end of the message", Duration.ofMinutes(10)),
    /** Nothing depends on the answer any more. */
    QUIT("QUIT", Duration.ofSeconds(2));

    private final String words;
    private final Duration patience;

    Stage(String words, Duration patience) {
        this.words = words;
        this.patience = patience;
    }

    /** What is waited for, in words. */
    String words() {
        return words;
    }

    /** How long, when nobody decides otherwise. */
    public Duration patience() {
        return patience;
    }
}
