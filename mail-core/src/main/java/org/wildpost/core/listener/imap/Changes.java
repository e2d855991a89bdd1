// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.List;
import org.wildpost.core.message.Flags;

/**
 * What happened to a mailbox since a modification sequence; read in one snapshot of the database.
 *
 * @param exists        false when the mailbox is gone
 * @param complete      false when tombstones of that time were given up, so that more may be gone than is said
 * @param highestModSeq the sequence that this answer brings its reader to
 * @param uidNext       the UID that the next message will have at least
 * @param changed       new and changed messages, ascending by UID; new ones have UIDs that the reader has not seen
 * @param expunged      UIDs that are gone, ascending
 */
public record Changes(
        boolean exists, boolean complete, long highestModSeq, long uidNext, List<Changed> changed, long[] expunged) {
    public Changes {
        changed = List.copyOf(changed);
    }

    /** Of a mailbox that is gone. */
    public static Changes gone(long highestModSeq) {
        return new Changes(false, true, highestModSeq, 0, List.of(), new long[0]);
    }

    /** One message's state. */
    public record Changed(long uid, Flags flags, long modSeq) {}
}
