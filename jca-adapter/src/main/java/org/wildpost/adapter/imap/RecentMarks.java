// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.LinkedHashMap;
import java.util.Map;
import org.wildpost.core.id.MailboxId;

/**
 * Up to which UID the sessions of a node that may write were told of the messages of mailboxes: a message is {@code \Recent} in the first of them
 * alone (RFC 3501 §2.3.2). The mark of the mailbox that was not asked for longest goes first; what lies above it may be recent once more. Safe for
 * all threads.
 */
final class RecentMarks {
    /** Mailboxes whose marks are kept. */
    static final int MAILBOXES = 10_000;

    private final Map<MailboxId, Long> told = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * A session is told of messages.
     *
     * @return the first UID that no other session was told of, at least {@code from}
     */
    synchronized long claim(MailboxId mailbox, long from, long upTo) {
        long before = told(mailbox);
        told.put(mailbox, Math.max(before, upTo));
        if (told.size() > MAILBOXES) {
            told.remove(told.keySet().iterator().next());
        }
        return Math.max(from, before + 1);
    }

    /** The greatest UID that a session was told of, 0 when none is known. */
    synchronized long told(MailboxId mailbox) {
        return told.getOrDefault(mailbox, 0L);
    }
}
