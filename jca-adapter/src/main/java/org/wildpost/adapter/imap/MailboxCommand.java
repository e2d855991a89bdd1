// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.listener.imap.AnnotationName;
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
     * SELECT or EXAMINE of what no mailbox can be called.
     *
     * @param refusal why
     */
    record SelectNone(Reply refusal) implements MailboxCommand {}

    /**
     * @param use       RFC 6154 §3
     * @param otherName what the client calls it, when that is not its name
     */
    record Create(MailboxName mailbox, Optional<SpecialUse> use, Optional<String> otherName)
            implements MailboxCommand {}

    /** @param otherName what the client calls it, when that is not its name */
    record Delete(MailboxName mailbox, Optional<String> otherName) implements MailboxCommand {}

    /** @param oldName what the client calls the mailbox that it renames, when that or what it calls the new name is not the name */
    record Rename(MailboxName from, MailboxName to, Optional<String> oldName) implements MailboxCommand {}

    record Subscribe(MailboxName mailbox, boolean on) implements MailboxCommand {}

    /**
     * LIST and LSUB; the reference and the patterns are still as they came over the wire.
     *
     * @param select   selection options
     * @param returned return options, those that the selection implies among them
     */
    record ListMailboxes(
            ListForm form, Set<ListOption> select, String reference, List<String> patterns, ListReturn returned)
            implements MailboxCommand {
        public ListMailboxes {
            select = Set.copyOf(select);
            patterns = List.copyOf(patterns);
        }
    }

    /** Which rules hold for it. */
    enum ListForm {
        /** RFC 3501 §6.3.9: looks at subscriptions. */
        LSUB,
        /** RFC 3501 §6.3.8: an empty pattern asks for the separator. */
        BASIC,
        /** RFC 5258 §1: with options or several patterns. */
        EXTENDED
    }

    /** Options of LIST (RFC 5258 §3.1 and §3.2, RFC 6154 §2). */
    enum ListOption {
        SUBSCRIBED,
        REMOTE,
        RECURSIVEMATCH,
        SPECIAL_USE,
        CHILDREN,
        /** RFC 8440 §3. */
        MYRIGHTS
    }

    /**
     * What is told of each mailbox.
     *
     * @param status   items of the STATUS response that follows (RFC 5819), none for no response
     * @param metadata annotations in the METADATA response that follows (RFC 9590)
     */
    record ListReturn(Set<ListOption> options, List<StatusItem> status, Optional<MetadataRequest> metadata) {
        /** Nothing beyond the attributes that always come. */
        static final ListReturn NOTHING = new ListReturn(Set.of(), List.of(), Optional.empty());

        public ListReturn {
            options = Set.copyOf(options);
            status = List.copyOf(status);
        }
    }

    record Namespace() implements MailboxCommand {}

    record Status(MailboxName mailbox, List<StatusItem> items) implements MailboxCommand {
        public Status {
            items = List.copyOf(items);
        }
    }

    /**
     * RFC 9051 §6.3.11, RFC 3501 §6.3.10 for RECENT, RFC 8438 for SIZE, RFC 7889 §3.1 for APPENDLIMIT, RFC 9208 §4.1.4 for DELETED-STORAGE,
     * RFC 7162 §3.1.7 for HIGHESTMODSEQ, RFC 8474 §4.3 for MAILBOXID.
     */
    enum StatusItem {
        MESSAGES,
        RECENT,
        UIDNEXT,
        UIDVALIDITY,
        UNSEEN,
        DELETED,
        DELETED_STORAGE,
        SIZE,
        APPENDLIMIT,
        HIGHESTMODSEQ,
        MAILBOXID;

        /** As it stands on the wire. */
        String word() {
            return name().replace('_', '-');
        }
    }

    /** With several messages RFC 3502; the first is not yet read. */
    record Append(MailboxName mailbox, AppendPiece piece) implements MailboxCommand {}

    /** RFC 9208 §4.1.1. */
    record GetQuota(String root) implements MailboxCommand {}

    /** RFC 9208 §4.1.2; the mailbox need not exist. */
    record GetQuotaRoot(MailboxName mailbox) implements MailboxCommand {}

    /** @param limits by the names of resources in capitals, which need not be known (RFC 9208 §4.1.3) */
    record SetQuota(String root, Map<String, Long> limits) implements MailboxCommand {
        public SetQuota {
            limits = Map.copyOf(limits);
        }
    }

    /** @param mailbox empty for the server's own annotations (RFC 5464 §4.2) */
    record GetMetadata(Optional<MailboxName> mailbox, MetadataRequest request) implements MailboxCommand {}

    /**
     * @param mailbox empty for the server's own annotations (RFC 5464 §4.3)
     * @param values  empty ones are to be removed
     */
    record SetMetadata(Optional<MailboxName> mailbox, Map<AnnotationName, Optional<byte[]>> values)
            implements MailboxCommand {
        public SetMetadata {
            values = Map.copyOf(values);
        }
    }

    record Idle() implements MailboxCommand {}

    /** RFC 5465 §3.1. */
    record Notify(NotifyRequest request) implements MailboxCommand {}

    /** @param algorithm in capitals (RFC 4978 §5) */
    record Compress(String algorithm) implements MailboxCommand {}

    /** ESEARCH (RFC 7377 §2). */
    record MultiSearch(MailboxFilter sources, ReturnOptions options, SearchCriteria criteria)
            implements MailboxCommand {}
}
