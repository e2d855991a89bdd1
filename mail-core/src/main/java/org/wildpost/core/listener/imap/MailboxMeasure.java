// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/** What is counted only when somebody asks, for no counter is kept. */
public enum MailboxMeasure {
    /** Messages that are {@code \Recent} to the next session that selects the mailbox read-write (RFC 3501 §6.3.10). */
    RECENT,
    /** Octets of the messages with {@code \Deleted} (RFC 9208 §4.1.4). */
    DELETED_SIZE
}
