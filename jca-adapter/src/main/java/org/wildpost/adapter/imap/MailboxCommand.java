// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.SpecialUse;

/** Commands after the login (RFC 9051 §6.3). */
sealed interface MailboxCommand extends ImapCommand {
    record Enable(List<String> capabilities) implements MailboxCommand {
        public Enable {
            capabilities = List.copyOf(capabilities);
        }
    }

    /** Back to the state before the login (RFC 8437). */
    record Unauthenticate() implements MailboxCommand {}

    /** @param otherName what the client calls it, when that is not its name */
    record Select(MailboxName mailbox, boolean readOnly, Optional<String> otherName, SelectParameters parameters)
            implements MailboxCommand {}

    /**
     * @param use       RFC 6154 §3
     * @param otherName what the client calls it, when that is not its name
     */
    record Create(MailboxName mailbox, Optional<SpecialUse> use, Optional<String> otherName)
            implements MailboxCommand {}

    record Delete(MailboxName mailbox) implements MailboxCommand {}

    /** @param otherName what the client calls the new name, when that is not it */
    record Rename(MailboxName from, MailboxName to, Optional<String> otherName) implements MailboxCommand {}

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

    /** RFC 9051 §6.3.11, RFC 3501 §6.3.10 for RECENT, RFC 8438 for SIZE, RFC 7889 §3.1 for APPENDLIMIT, RFC 7162 §3.1.7 for HIGHESTMODSEQ. */
    enum StatusItem {
        MESSAGES,
        RECENT,
        UIDNEXT,
        UIDVALIDITY,
        UNSEEN,
        DELETED,
        SIZE,
        APPENDLIMIT,
        HIGHESTMODSEQ
    }

    /** With several messages RFC 3502; the first is not yet read. */
    record Append(MailboxName mailbox, AppendPiece piece) implements MailboxCommand {}

    record Idle() implements MailboxCommand {}

    /** ESEARCH (RFC 7377 §2). */
    record MultiSearch(MailboxFilter sources, ReturnOptions options, SearchCriteria criteria)
            implements MailboxCommand {}
}
