// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import org.jspecify.annotations.Nullable;
import org.wildpost.core.message.Flags;

/**
 * What a message's row says about its header.
 *
 * @param arrived  the internal date in seconds since 1970
 * @param envelope encoded; null for a message that was known before, for it does not change
 */
public record StoredSummary(long uid, Flags flags, long modSeq, long arrived, long size, byte @Nullable [] envelope) {}
