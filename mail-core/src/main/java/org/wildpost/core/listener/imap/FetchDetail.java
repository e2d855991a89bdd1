// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/** Columns of a fetch that cost something to read; UID, flags, MODSEQ, date, size and preview always come. */
public enum FetchDetail {
    ENVELOPE,
    STRUCTURE,
    /** What the message is beyond its mailbox, its conversation as far as that is known. */
    IDENTITY,
    /** The same, and the conversation is found out now where nobody asked before (RFC 8474 §5.2). */
    THREAD
}
