// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import org.wildpost.core.acl.Rights;
import org.wildpost.core.id.MailboxRef;

/** The answer to SELECT and EXAMINE. */
public sealed interface OpenResult {
    /**
     * @param ref         the mailbox in all further questions
     * @param status      the counters when it was opened
     * @param snapshot    the messages, of that moment or later
     * @param firstRecent messages from this UID on are {@code \Recent} in this session
     * @param rights      what the account may do with it
     */
    record Opened(MailboxRef ref, MailboxStatus status, MailboxSnapshot snapshot, long firstRecent, Rights rights)
            implements OpenResult {
        /** Opened by its owner. */
        public Opened(MailboxRef ref, MailboxStatus status, MailboxSnapshot snapshot, long firstRecent) {
            this(ref, status, snapshot, firstRecent, Rights.ALL);
        }
    }

    record NoSuchMailbox() implements OpenResult {}

    /** RFC 5530 NOPERM: the account may know of the mailbox, but not do this with it (RFC 4314 §4). */
    record NoPermission() implements OpenResult {}
}
