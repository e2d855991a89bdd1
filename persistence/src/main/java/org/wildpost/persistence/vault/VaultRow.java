// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.vault;

import java.time.Instant;
import org.wildpost.core.message.Flags;

/**
 * A message that was expunged.
 *
 * @param id       the row id that it had as a message, and has again
 * @param mailbox  the name of the mailbox where it was
 * @param size     octets
 * @param envelope encoded
 */
public record VaultRow(
        long id,
        String mailbox,
        Instant expungedAt,
        Instant internalDate,
        long size,
        Flags flags,
        byte[] envelope,
        String subject,
        String preview) {}
