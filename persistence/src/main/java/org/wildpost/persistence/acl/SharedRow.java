// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.acl;

import java.util.Optional;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;

/**
 * Somebody's mailbox as it is to another account.
 *
 * @param address the owner's
 * @param status  as its owner knows it, with the owner's name
 * @param rights  what the other account may do
 */
public record SharedRow(AccountId owner, String address, MailboxStatus status, Rights rights) {
    public boolean has(Right right) {
        return rights.has(right);
    }

    /** The mailbox as that account sees it. */
    public MailboxRef ref(AccountId reader) {
        return new MailboxRef(owner, status.id(), reader);
    }

    /** What the other account calls it; empty when that is no name. */
    public Optional<MailboxName> fullName() {
        return new SharedName(address, status.name()).full();
    }

    /** What the reader calls it, who may be the owner. */
    public MailboxName shownName(AccountId reader) {
        return reader.equals(owner) ? status.name() : fullName().orElse(status.name());
    }
}
