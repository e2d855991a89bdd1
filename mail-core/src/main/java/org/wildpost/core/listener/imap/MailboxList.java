// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.MailboxId;

/**
 * All mailboxes that an account may know of, ordered by name, and the names it subscribed to; a subscription may outlive its mailbox
 * (RFC 9051 §6.3.8). Matching of patterns is the asker's.
 *
 * @param subscriptions of others' mailboxes in the one spelling that counts, in whatever they were kept
 * @param shared what the account may do with those among the mailboxes that are others'
 */
public record MailboxList(
        List<MailboxStatus> mailboxes, Set<MailboxName> subscriptions, Map<MailboxId, Rights> shared) {
    public MailboxList {
        mailboxes = List.copyOf(mailboxes);
        subscriptions = subscriptions.stream().map(SharedName::canonical).collect(Collectors.toUnmodifiableSet());
        shared = Map.copyOf(shared);
    }

    /** Of the account's own mailboxes alone. */
    public MailboxList(List<MailboxStatus> mailboxes, Set<MailboxName> subscriptions) {
        this(mailboxes, subscriptions, Map.of());
    }

    /** What the account may do with one of them. */
    public Rights rights(MailboxStatus mailbox) {
        return shared.getOrDefault(mailbox.id(), Rights.ALL);
    }
}
