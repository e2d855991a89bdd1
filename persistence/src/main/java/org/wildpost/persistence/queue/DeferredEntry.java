// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import java.time.Instant;

/**
 * An entry that was tried and goes on waiting.
 *
 * @param next   not before this moment
 * @param status the enhanced status code (RFC 3463)
 * @param reply  the remote's words, or ours
 */
public record DeferredEntry(QueueEntry entry, Instant next, String status, String reply) {}
