// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxStatus;

/** Mailboxes as the client was told of them, without those that vanished. For one thread at a time. */
final class ToldMailboxes {
    private final Map<MailboxId, MailboxStatus> told = new HashMap<>();

    Collection<MailboxStatus> all() {
        return told.values();
    }

    boolean contains(MailboxId mailbox) {
        return told.containsKey(mailbox);
    }

    void put(MailboxStatus mailbox) {
        told.put(mailbox.id(), mailbox);
    }

    void forget(MailboxId mailbox) {
        told.remove(mailbox);
    }

    /** Forgets all that are not there. */
    void retain(Collection<MailboxStatus> there) {
        Set<MailboxId> ids = new HashSet<>();
        there.forEach(mailbox -> ids.add(mailbox.id()));
        told.keySet().retainAll(ids);
    }

    /** Of some mailboxes the client knows no more than it was told before. */
    void goOnFrom(ToldMailboxes before, Collection<MailboxId> mailboxes) {
        mailboxes.forEach(id -> told.computeIfPresent(id, (same, now) -> before.told.getOrDefault(id, now)));
    }

    /**
     * Takes a mailbox for told.
     *
     * @param wanted of what the client wants to hear
     * @param own    whether the client changed it just now
     * @return whether the client is to be told: there is something of that that it does not know
     */
    boolean isNews(MailboxStatus now, Set<NotifyEvent> wanted, boolean own) {
        MailboxStatus before = told.put(now.id(), now);
        long modSeq = before == null ? 0 : before.highestModSeq();
        boolean messages = before == null
                ? now.messages() > 0
                : before.uidNext() != now.uidNext() || before.messages() != now.messages();
        // One transaction is one step.
        if (own && now.highestModSeq() <= modSeq + 1) {
            return false;
        }
        return messages && wanted.contains(NotifyEvent.MESSAGE_NEW)
                || before != null && now.highestModSeq() != modSeq && wanted.contains(NotifyEvent.FLAG_CHANGE);
    }

    /** The client had a mailbox selected, and knows this much of it. */
    void left(MailboxView view) {
        told.computeIfPresent(
                view.ref().mailbox(),
                (id, status) -> new MailboxStatus(
                        id,
                        status.name(),
                        status.specialUse(),
                        status.uidValidity(),
                        view.uidNext(),
                        view.modSeq(),
                        view.messages(),
                        status.unseen(),
                        status.deleted(),
                        status.recentFrom(),
                        status.size()));
    }
}
