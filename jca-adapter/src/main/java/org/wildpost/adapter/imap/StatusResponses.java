// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.wildpost.adapter.imap.MailboxCommand.StatusItem;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxMeasure;
import org.wildpost.core.listener.imap.MailboxStatus;

/** The STATUS responses of one command (RFC 9051 §7.3.4): what needs more than the mailboxes' rows is asked for all of them at once. */
final class StatusResponses {
    private final ImapWriter out;
    private final long appendLimit;
    private final RecentMarks recents;
    private final List<StatusItem> items;
    private final Map<MailboxMeasure, Map<MailboxId, Long>> measures = new EnumMap<>(MailboxMeasure.class);

    StatusResponses(ImapContext context, List<StatusItem> items, Collection<MailboxStatus> mailboxes) {
        this.out = context.writer();
        this.appendLimit = context.limits().messageSize();
        this.recents = context.recents();
        this.items = items;
        if (items.contains(StatusItem.RECENT)) {
            measure(context, MailboxMeasure.RECENT, mailboxes, mailbox -> untold(mailbox) > 0);
        }
        if (items.contains(StatusItem.DELETED_STORAGE)) {
            measure(context, MailboxMeasure.DELETED_SIZE, mailboxes, mailbox -> mailbox.deleted() > 0);
        }
    }

    private void measure(
            ImapContext context,
            MailboxMeasure what,
            Collection<MailboxStatus> mailboxes,
            Predicate<MailboxStatus> worthAsking) {
        AccountId account = context.account();
        List<MailboxId> ids =
                mailboxes.stream().filter(worthAsking).map(MailboxStatus::id).toList();
        measures.put(what, ids.isEmpty() ? Map.of() : context.ask(l -> l.measure(account, what, ids)));
    }

    /** One response, or none when no item was asked for; the mailbox must be one of those given before. */
    void write(MailboxStatus mailbox) throws IOException {
        if (items.isEmpty()) {
            return;
        }
        List<String> words = new ArrayList<>();
        for (StatusItem item : items) {
            words.add(
                    item == StatusItem.MAILBOXID
                            ? ObjectId.mailbox(mailbox.id())
                            : item.word() + " " + value(mailbox, item));
        }
        out.text("* STATUS ").mailbox(mailbox.name()).text(" ").list(words).endLine();
    }

    private long value(MailboxStatus mailbox, StatusItem item) {
        return switch (item) {
            case MESSAGES -> mailbox.messages();
            case RECENT -> Math.min(measured(MailboxMeasure.RECENT, mailbox), untold(mailbox));
            case UIDNEXT -> mailbox.uidNext();
            case UIDVALIDITY -> mailbox.uidValidity();
            case UNSEEN -> mailbox.unseen();
            case DELETED -> mailbox.deleted();
            case DELETED_STORAGE -> measured(MailboxMeasure.DELETED_SIZE, mailbox);
            case SIZE -> mailbox.size();
            case APPENDLIMIT -> appendLimit;
            case HIGHESTMODSEQ -> mailbox.highestModSeq();
            case MAILBOXID -> mailbox.id().value();
        };
    }

    /** Room for messages that no session was told of, whether they are there or not. */
    private long untold(MailboxStatus mailbox) {
        return mailbox.uidNext() - 1 - Math.max(mailbox.recentFrom() - 1, recents.told(mailbox.id()));
    }

    private long measured(MailboxMeasure what, MailboxStatus mailbox) {
        return measures.getOrDefault(what, Map.of()).getOrDefault(mailbox.id(), 0L);
    }
}
