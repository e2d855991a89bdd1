// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/** The answer to SELECT and EXAMINE. */
public sealed interface OpenResult {
    /**
     * @param status      the counters when it was opened
     * @param snapshot    the messages, of that moment or later
     * @param firstRecent messages from this UID on are {@code \Recent} in this session
     */
    record Opened(MailboxStatus status, MailboxSnapshot snapshot, long firstRecent) implements OpenResult {}

    record NoSuchMailbox() implements OpenResult {}
}
