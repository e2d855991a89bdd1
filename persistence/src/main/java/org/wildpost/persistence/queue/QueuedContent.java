// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.queue;

import org.jspecify.annotations.Nullable;

/**
 * A message as it is read to be carried.
 *
 * @param octets those of the blob, when they are few; null: they are read piece by piece
 */
public record QueuedContent(QueuedMessage message, byte @Nullable [] octets) {}
