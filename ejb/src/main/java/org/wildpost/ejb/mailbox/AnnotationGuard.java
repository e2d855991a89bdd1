// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.wildpost.core.acl.AnnotationRights;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MetadataResult;
import org.wildpost.persistence.acl.AccessRows;
import org.wildpost.persistence.mailbox.Mailboxes;

/** Whether annotations of a mailbox may be set (RFC 5464 §3.3), asked in the transaction that sets them. */
final class AnnotationGuard {
    private AnnotationGuard() {}

    /**
     * Why the reader may not set annotations, if so. What it says holds until this transaction ends: whoever then takes rights away takes those annotations away,
     * too, that this one sets.
     */
    static Optional<MetadataResult> refusal(Connection connection, MailboxRef mailbox, boolean shared)
            throws SQLException {
        // Whoever sets annotations of their own mailbox has locked it.
        if (mailbox.own()) {
            return Optional.empty();
        }
        Rights rights = new Mailboxes(connection).keepAsItIs(mailbox.mailbox())
                ? new AccessRows(connection).rights(mailbox).orElse(Rights.NONE)
                : Rights.NONE;
        if (!rights.has(Right.LOOKUP)) {
            return Optional.of(new MetadataResult.NoSuchMailbox());
        }
        boolean allowed = shared ? AnnotationRights.sharedWritable(rights) : AnnotationRights.readable(rights);
        return allowed ? Optional.empty() : Optional.of(new MetadataResult.NotPermitted());
    }
}
