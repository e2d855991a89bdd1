// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of one recipient in one try; kept in the record of its delivery.
 *
 * @param began    when
 * @param took     how long
 * @param host     the next hop's name, when one was chosen
 * @param address  its address and port, when a connection was tried
 * @param tls      what was negotiated
 * @param policy   which rule decided about TLS, such as {@code dane}, {@code sts:enforce}, {@code opportunistic}
 * @param outcome  the end of it
 */
public record Attempt(
        Instant began,
        Duration took,
        Optional<String> host,
        Optional<String> address,
        Optional<Tls> tls,
        String policy,
        Outcome outcome) {
    /**
     * The facts of TLS.
     *
     * @param verified by whom the peer's name was proved: {@code dane}, {@code pkix}, or {@code none}
     */
    public record Tls(String protocol, String cipher, String verified) {}

    /** The end of a try. */
    public sealed interface Outcome {
        /** The enhanced status code (RFC 3463), for notifications. */
        String status();

        /** The remote's words, or ours when it said nothing; one line. */
        String text();
    }

    /**
     * The next hop took it.
     *
     * @param relayedDsn      whether the next hop was asked for the notifications (RFC 3461 §5.2.2), so that we owe none for success
     * @param watchesDeadline whether it looks at the sender's deadline, or there is none to look at (RFC 2852 §4.1.4)
     */
    public record Delivered(String status, String text, boolean relayedDsn, boolean watchesDeadline)
            implements Outcome {}

    /**
     * Not now.
     *
     * @param scope whom else it would hit if it were tried now
     */
    public record Deferred(String status, String text, Scope scope) implements Outcome {}

    /** Never. */
    public record Failed(String status, String text) implements Outcome {}

    /** How far a deferral reaches. */
    public enum Scope {
        /** This recipient alone, such as a full mailbox. */
        RECIPIENT,
        /** This message, such as one that a filter does not like now. */
        MESSAGE,
        /** Everything for the destination: nobody answers there. */
        DESTINATION
    }
}
