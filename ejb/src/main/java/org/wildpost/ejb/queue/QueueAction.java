// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.util.Optional;

/** What an operator does with entries of the queue. */
public sealed interface QueueAction {
    /** Stops them; what is being carried stops when it comes back. */
    record Hold() implements QueueAction {}

    /** Lets stopped ones go on; they expire as much later as they were stopped. */
    record Release() implements QueueAction {}

    /** Tries them at once, whatever the rest of their destination. */
    record Retry() implements QueueAction {}

    /** A host, or an address in brackets, and a port. */
    record Hop(String host, int port) {}

    /**
     * Sends them to another next hop, at once; those that are held for recipients of this server stay.
     *
     * @param hop empty: the ordinary way again
     */
    record Reroute(Optional<Hop> hop) implements QueueAction {}

    /**
     * Sends them back to their senders.
     *
     * @param reason what the senders are told
     */
    record Bounce(String reason) implements QueueAction {}

    /** Deletes them; nobody is told. */
    record Delete() implements QueueAction {}

    /**
     * What was done.
     *
     * @param done entries that it was done to
     * @param busy entries that were meant and are just being carried
     */
    record Result(int done, int busy) {
        Result plus(Result other) {
            return new Result(done + other.done, busy + other.busy);
        }
    }
}
