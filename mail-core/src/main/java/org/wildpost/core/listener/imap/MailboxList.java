// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.List;
import java.util.Set;

/**
 * All mailboxes of an account, ordered by name, and the names it subscribed to; a subscription may outlive its mailbox (RFC 9051 §6.3.8).
 * Matching of patterns is the asker's.
 */
public record MailboxList(List<MailboxStatus> mailboxes, Set<MailboxName> subscriptions) {
    public MailboxList {
        mailboxes = List.copyOf(mailboxes);
        subscriptions = Set.copyOf(subscriptions);
    }
}
