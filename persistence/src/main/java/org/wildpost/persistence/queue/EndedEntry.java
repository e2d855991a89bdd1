// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.time.Instant;

/**
 * An entry that leaves the queue for good.
 *
 * @param status   the enhanced status code (RFC 3463)
 * @param reply    the remote's words, or ours
 * @param attempts how often it was tried in all
 */
public record EndedEntry(
        QueueEntry entry,
        QueuedMessage message,
        DeliveryOutcome outcome,
        String status,
        String reply,
        Instant ended,
        int attempts) {}
