// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/** The answer to REPLACE (RFC 8508 §3): only {@link Replaced} changed anything. */
public sealed interface ReplaceResult {
    /** Committed: the new message is there and the old one is gone, with what APPENDUID says (RFC 8508 §3.4). */
    record Replaced(long uidValidity, long uid) implements ReplaceResult {}

    /** There is nothing to replace any more. */
    record NoSuchMessage() implements ReplaceResult {}

    /** Answered with TRYCREATE. */
    record NoSuchMailbox() implements ReplaceResult {}

    /** RFC 9208 §4.3. */
    record OverQuota() implements ReplaceResult {}

    /** RFC 5530 §3, UNAVAILABLE. */
    record NoRoom() implements ReplaceResult {}

    /**
     * RFC 5530 CANNOT.
     *
     * @param reason for the person, ASCII
     */
    record NotAllowed(String reason) implements ReplaceResult {}

    /** RFC 5530 NOPERM: the account may know of the mailbox, but not do this with it (RFC 4314 §4). */
    record NoPermission() implements ReplaceResult {}
}
