// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.message.Flags;

/** Commands after the login (RFC 9051 §6.3). */
sealed interface MailboxCommand extends ImapCommand {
    record Enable(List<String> capabilities) implements MailboxCommand {
        public Enable {
            capabilities = List.copyOf(capabilities);
        }
    }

    record Select(MailboxName mailbox, boolean readOnly, SelectParameters parameters) implements MailboxCommand {}

    /** RFC 6154 §3 for the use. */
    record Create(MailboxName mailbox, Optional<SpecialUse> use) implements MailboxCommand {}

    record Delete(MailboxName mailbox) implements MailboxCommand {}

    record Rename(MailboxName from, MailboxName to) implements MailboxCommand {}

    record Subscribe(MailboxName mailbox, boolean on) implements MailboxCommand {}

    /**
     * LIST and LSUB; the reference and the patterns are still in modified UTF-7.
     *
     * @param lsub     the old form, which looks at subscriptions (RFC 3501 §6.3.9)
     * @param select   selection options
     * @param returned return options
     * @param status   what RETURN (STATUS ...) asks for
     */
    record ListMailboxes(
            boolean lsub,
            Set<ListOption> select,
            String reference,
            List<String> patterns,
            Set<ListOption> returned,
            List<StatusItem> status)
            implements MailboxCommand {
        public ListMailboxes {
            select = Set.copyOf(select);
            patterns = List.copyOf(patterns);
            returned = Set.copyOf(returned);
            status = List.copyOf(status);
        }
    }

    /** Options of LIST (RFC 9051 §6.3.9.1 and .2, RFC 6154 §5). */
    enum ListOption {
        SUBSCRIBED,
        REMOTE,
        SPECIAL_USE,
        CHILDREN
    }

    record Namespace() implements MailboxCommand {}

    record Status(MailboxName mailbox, List<StatusItem> items) implements MailboxCommand {
        public Status {
            items = List.copyOf(items);
        }
    }

    /** RFC 9051 §6.3.11, RFC 3501 §6.3.10 for RECENT, RFC 8438 for SIZE, RFC 7162 §3.1.7 for HIGHESTMODSEQ. */
    enum StatusItem {
        MESSAGES,
        RECENT,
        UIDNEXT,
        UIDVALIDITY,
        UNSEEN,
        DELETED,
        SIZE,
        HIGHESTMODSEQ
    }

    /** The message itself is not yet read. */
    record Append(MailboxName mailbox, Flags flags, Optional<Instant> date, Frame.MessageLiteral message)
            implements MailboxCommand {}

    record Idle() implements MailboxCommand {}
}
