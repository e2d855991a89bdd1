// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Set;
import java.util.stream.Collectors;
import org.wildpost.core.acl.Right;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;

/** What a client wants to hear of each mailbox (RFC 5465 §6), and may hear by the account's rights (RFC 5465 §3.1). For one thread at a time. */
final class NotifyScope {
    private final NotifyRequest request;
    private Set<MailboxId> closed = Set.of();
    private Set<MailboxName> subscriptions = Set.of();

    NotifyScope(NotifyRequest request) {
        this.request = request;
    }

    /** Goes by the rights and subscriptions that there are now. */
    void goBy(MailboxList now) {
        closed = now.mailboxes().stream()
                .filter(mailbox -> !now.rights(mailbox).has(Right.READ))
                .map(MailboxStatus::id)
                .collect(Collectors.toUnmodifiableSet());
        subscriptions = now.subscriptions();
    }

    NotifyRequest request() {
        return request;
    }

    /** Those of others that may be looked up and not read. */
    Set<MailboxId> closed() {
        return closed;
    }

    boolean isClosed(MailboxStatus mailbox) {
        return closed.contains(mailbox.id());
    }

    Set<MailboxName> subscriptions() {
        return subscriptions;
    }

    boolean isSubscribed(MailboxStatus mailbox) {
        return subscriptions.contains(mailbox.name());
    }

    /** What the client asked to hear. */
    Set<NotifyEvent> wanted(MailboxStatus mailbox) {
        return request.of(mailbox.name(), isSubscribed(mailbox));
    }

    /** The same, and nothing of what lies in a mailbox that may not be read. */
    Set<NotifyEvent> allowed(MailboxStatus mailbox) {
        return isClosed(mailbox) ? Set.of() : wanted(mailbox);
    }
}
