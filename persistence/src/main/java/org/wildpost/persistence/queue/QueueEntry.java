// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.listener.smtp.ForwardPath;

/**
 * One recipient of a queued message.
 *
 * @param id            of the row; ascending with time
 * @param message       the row of its message
 * @param destination   under which it is picked: the recipient's domain, that of a reroute, or {@link #HERE}
 * @param path          the recipient and what was asked for it
 * @param attempts      how often it was tried
 * @param nextAttemptAt not before this moment
 * @param expiresAt     after this moment it goes back
 * @param noticeAt      when the sender is told that it is late
 * @param lastStatus    the enhanced status of the last try, or ""
 * @param lastText      the words of the last try, or ""
 * @param reroute       the next hop that an operator named
 */
public record QueueEntry(
        long id,
        long message,
        String destination,
        ForwardPath path,
        int attempts,
        Instant nextAttemptAt,
        Instant expiresAt,
        Optional<Instant> noticeAt,
        String lastStatus,
        String lastText,
        Optional<NextHop> reroute) {
    /** The destination of recipients of this server, whose message is held; no domain and no next hop is written so. */
    public static final String HERE = "local:held";

    /** Whether the recipient is of this server. */
    public boolean here() {
        return destination.equals(HERE);
    }

    /** A host and port to go to instead of the ordinary route. */
    public record NextHop(String host, int port) {
        /** The destination of entries that go there; no domain is written so. */
        public String destination() {
            return host + ":" + port;
        }
    }
}
