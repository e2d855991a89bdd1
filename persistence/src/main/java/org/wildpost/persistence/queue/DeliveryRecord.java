// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.time.Instant;

/**
 * What is kept of a recipient that left the queue.
 *
 * @param id          that of its entry
 * @param deliveryId  what the client was told
 * @param sender      the reverse-path, "" for the null one
 * @param destination the recipient's domain
 * @param messageId   the Message-ID field, or ""
 * @param size        octets
 * @param status      the enhanced status code
 * @param reply       the last words of the remote, or ours
 * @param attempts    how many there were
 */
public record DeliveryRecord(
        long id,
        String deliveryId,
        String sender,
        String recipient,
        String destination,
        String messageId,
        String subject,
        long size,
        Instant created,
        Instant ended,
        DeliveryOutcome outcome,
        String status,
        String reply,
        int attempts) {}
