// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.util.List;
import org.wildpost.ejb.outbound.Attempt;
import org.wildpost.persistence.queue.DeliveryOutcome;

/** What is to be recorded of a consignment that this node has claimed; after it the node has it no more. */
sealed interface Ending {
    Consignment consignment();

    /**
     * It was tried.
     *
     * @param attempts  one for each entry, in order
     * @param rests     nobody answers: the destination rests
     * @param recovered somebody answers again
     */
    record Tried(Consignment consignment, List<Attempt> attempts, boolean rests, boolean recovered) implements Ending {
        public Tried {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * It leaves the queue without a try.
     *
     * @param outcome EXPIRED, BOUNCED or DELETED
     * @param reply   why, in words
     */
    record Over(Consignment consignment, DeliveryOutcome outcome, String status, String reply) implements Ending {}

    /** It goes back as it was. */
    record Back(Consignment consignment) implements Ending {}
}
