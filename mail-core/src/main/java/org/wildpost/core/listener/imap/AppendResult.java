// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/** The answer to APPEND. */
public sealed interface AppendResult {
    /** Committed, with what APPENDUID says (RFC 9051 §7.1). */
    record Appended(long uidValidity, long uid) implements AppendResult {}

    /** RFC 9051 §6.3.12: answered with TRYCREATE. */
    record NoSuchMailbox() implements AppendResult {}

    /** RFC 9208 §4.3. */
    record OverQuota() implements AppendResult {}

    /** The server's disk is nearly full, whatever the quota: RFC 5530 §3, UNAVAILABLE. */
    record NoRoom() implements AppendResult {}

    /** RFC 5530 NOPERM: the account may know of the mailbox, but not do this with it (RFC 4314 §4). */
    record NoPermission() implements AppendResult {}
}
