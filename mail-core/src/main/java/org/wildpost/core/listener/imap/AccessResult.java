// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.List;
import org.wildpost.core.acl.AccessEntry;
import org.wildpost.core.acl.Rights;

/** The answer to what is asked about the rights on a mailbox (RFC 4314 §3). */
public sealed interface AccessResult {
    /**
     * @param owner   the address of the owner, who has all rights whatever the entries say
     * @param entries all but the owner's
     */
    record Listed(MailboxName mailbox, String owner, List<AccessEntry> entries) implements AccessResult {
        public Listed {
            entries = List.copyOf(entries);
        }
    }

    /** The asker's own rights. */
    record Mine(MailboxName mailbox, Rights rights) implements AccessResult {}

    /** Changed. */
    record Done() implements AccessResult {}

    /** There is none, or none that the account may know of (RFC 4314 §6). */
    record NoSuchMailbox() implements AccessResult {}

    /** RFC 5530 NOPERM. */
    record NoPermission() implements AccessResult {}

    /** No account has this address, or none that the asker may hear of: one of another domain. */
    record NoSuchIdentifier() implements AccessResult {}

    /**
     * @param reason for the person, ASCII
     */
    record NotAllowed(String reason) implements AccessResult {}
}
