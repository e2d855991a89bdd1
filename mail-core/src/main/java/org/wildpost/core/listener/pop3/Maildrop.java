// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.pop3;

import java.util.List;
import org.wildpost.core.id.MailboxRef;

/**
 * INBOX as a POP3 session sees it: frozen, under a lease that no other POP3 session gets meanwhile (RFC 1939 §4).
 *
 * @param lease    the right to this maildrop; it ends by itself when not renewed for {@value #LEASE_SECONDS} seconds
 * @param messages ascending by UID
 */
public record Maildrop(MailboxRef mailbox, String lease, List<Message> messages) {
    /** Seconds after which a lease that nobody renewed is free again. */
    public static final int LEASE_SECONDS = 900;

    public Maildrop {
        messages = List.copyOf(messages);
    }

    /**
     * @param uniqueId what UIDL shows: never changes, never comes again (RFC 1939 §7)
     * @param size     octets
     */
    public record Message(long uid, String uniqueId, long size) {}
}
