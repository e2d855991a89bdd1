// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Optional;

/**
 * What a client adds to SELECT and EXAMINE.
 *
 * @param condstore whether it looks at modification sequences (RFC 7162 §3.1.8)
 * @param resync    what it knows of the mailbox from earlier
 */
record SelectParameters(boolean condstore, Optional<Resync> resync) {
    static final SelectParameters NONE = new SelectParameters(false, Optional.empty());

    /**
     * RFC 7162 §3.2.5.
     *
     * @param uidValidity the mailbox that it knows; of another it knows nothing
     * @param modSeq      up to which it knows everything
     * @param knownUids   the messages that it has, all when empty
     * @param match       some of its messages
     */
    record Resync(long uidValidity, long modSeq, Optional<SequenceSet> knownUids, Optional<Match> match) {}

    /**
     * Sequence numbers and the UIDs that they stood for, ascending, as many of one as of the other (RFC 7162 §3.2.5.2).
     *
     * @param sequences sequence numbers
     * @param uids      the UID of each
     */
    record Match(long[] sequences, long[] uids) {}
}
