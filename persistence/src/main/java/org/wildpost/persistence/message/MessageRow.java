// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.Identity;

/**
 * A stored message without its bytes.
 *
 * @param size         octets of prefix and blob
 * @param prefixLength octets before the blob's, by which the structure's offsets move
 * @param envelope     encoded; null when not asked for
 * @param structure    encoded; null when not asked for
 * @param identity     present when asked for
 */
public record MessageRow(
        long uid,
        long id,
        Flags flags,
        long modSeq,
        Instant internalDate,
        long size,
        int prefixLength,
        byte @Nullable [] envelope,
        byte @Nullable [] structure,
        String preview,
        Optional<Identity> identity) {}
