// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.listener.imap.MailboxName;

/** Commands about the rights on mailboxes (RFC 4314 §3). */
sealed interface AccessCommand extends ImapCommand {
    record SetAcl(MailboxName mailbox, Identifier identifier, RightsChange change) implements AccessCommand {}

    record DeleteAcl(MailboxName mailbox, Identifier identifier) implements AccessCommand {}

    record GetAcl(MailboxName mailbox) implements AccessCommand {}

    /** @param written the identifier as the client wrote it, which the answer repeats (RFC 4314 §3.4) */
    record ListRights(MailboxName mailbox, Identifier identifier, String written) implements AccessCommand {}

    record MyRights(MailboxName mailbox) implements AccessCommand {}
}
