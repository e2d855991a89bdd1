// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.adapter.imap.MailboxCommand.StatusItem;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;

/** Writes what NOTIFY tells of mailboxes that are not selected: STATUS and LIST (RFC 5465 §5). */
final class NotifyResponses {
    private final ImapContext context;

    NotifyResponses(ImapContext context) {
        this.context = context;
    }

    /** How a mailbox is at first, with HIGHESTMODSEQ also for who does not look at these but hears of flags (RFC 5465 §3.1). */
    void atFirst(MailboxStatus mailbox, Set<NotifyEvent> wanted) throws IOException {
        status(mailbox, wanted, wanted.contains(NotifyEvent.FLAG_CHANGE));
    }

    /** What is news to the client, with HIGHESTMODSEQ when it looks at these (RFC 5465 §5.1 to §5.3). */
    void status(MailboxStatus mailbox, Set<NotifyEvent> wanted) throws IOException {
        status(mailbox, wanted, false);
    }

    /** UIDNEXT, MESSAGES and UIDVALIDITY, with UNSEEN for who hears of flags. */
    private void status(MailboxStatus mailbox, Set<NotifyEvent> wanted, boolean modSeq) throws IOException {
        List<StatusItem> items =
                new ArrayList<>(List.of(StatusItem.MESSAGES, StatusItem.UIDNEXT, StatusItem.UIDVALIDITY));
        if (wanted.contains(NotifyEvent.FLAG_CHANGE)) {
            items.add(StatusItem.UNSEEN);
        }
        if (modSeq || context.lines().tellsModSeqs()) {
            items.add(StatusItem.HIGHESTMODSEQ);
        }
        new StatusResponses(context, items, List.of(mailbox)).write(mailbox);
    }

    /** @param closed whether the mailbox may not be read (RFC 5465 §5.9) */
    void list(TreeChange change, boolean closed) throws IOException {
        ImapWriter out = context.writer();
        List<String> attributes = new ArrayList<>(change.attributes());
        if (closed) {
            attributes.add("\\NoAccess");
        }
        out.text("* LIST ")
                .list(attributes)
                .text(" \"" + MailboxName.SEPARATOR + "\" ")
                .mailbox(change.name());
        Optional<MailboxName> oldName = change.oldName();
        if (oldName.isPresent()) {
            out.text(" (\"OLDNAME\" (").mailbox(oldName.get()).text("))");
        }
        out.endLine();
    }
}
