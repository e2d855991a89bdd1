// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/** The answer to COPY and MOVE. */
public sealed interface CopyResult {
    /**
     * Committed (RFC 9051 §7.1 COPYUID).
     *
     * @param sourceUids the messages that still existed, ascending
     * @param targetUids their new UIDs, at the same index
     */
    record Copied(long uidValidity, long[] sourceUids, long[] targetUids) implements CopyResult {}

    /** Answered with TRYCREATE. */
    record NoSuchMailbox() implements CopyResult {}

    record OverQuota() implements CopyResult {}

    /** RFC 5530 NOPERM: the account may know of the mailbox, but not do this with it (RFC 4314 §4). */
    record NoPermission() implements CopyResult {}
}
