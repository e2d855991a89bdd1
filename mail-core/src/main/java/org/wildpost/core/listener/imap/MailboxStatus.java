// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.Optional;
import org.wildpost.core.id.MailboxId;

/**
 * A mailbox and its counters, from its row alone.
 *
 * @param uidValidity   RFC 9051 §2.3.1.1
 * @param uidNext       the UID that the next message will have at least
 * @param highestModSeq RFC 7162 §3.1.2
 * @param messages      how many messages
 * @param unseen        how many without {@code \Seen}
 * @param deleted       how many with {@code \Deleted} (RFC 9051 §6.3.11)
 * @param recentFrom    messages with a UID from here on are {@code \Recent} to the next session that selects read-write (RFC 3501 §2.3.2)
 * @param size          octets of all messages (RFC 8438)
 */
public record MailboxStatus(
        MailboxId id,
        MailboxName name,
        Optional<SpecialUse> specialUse,
        long uidValidity,
        long uidNext,
        long highestModSeq,
        long messages,
        long unseen,
        long deleted,
        long recentFrom,
        long size) {}
