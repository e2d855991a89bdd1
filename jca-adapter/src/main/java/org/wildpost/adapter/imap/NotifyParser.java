// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.adapter.imap.NotifyRequest.Filter;
import org.wildpost.core.listener.imap.MailboxName;

/** The arguments of NOTIFY: one method per rule of RFC 5465 §8, with the filter that RFC 7377 §4 adds. */
final class NotifyParser {
    private final Cursor in;
    private boolean understood = true;

    NotifyParser(Cursor in) {
        this.in = in;
    }

    /** notify = "NOTIFY" SP (notify-set / notify-none); notify-set = "SET" [status-indicator] SP event-groups. */
    MailboxCommand notifications() throws ImapParseException {
        String form = in.keyword();
        if (form.equals("NONE")) {
            return new MailboxCommand.Notify(NotifyRequest.NONE);
        }
        if (!form.equals("SET")) {
            throw in.error("SET or NONE expected");
        }
        in.space();
        boolean status = in.acceptWord("STATUS");
        if (status) {
            in.space();
        }
        List<NotifyRequest.Group> groups = new ArrayList<>();
        do {
            groups.add(group());
        } while (!in.isEnd() && in.accept(' '));
        if (groups.stream()
                        .filter(group -> group.filter() instanceof Filter.Selected)
                        .count()
                > 1) {
            throw in.error("the selected mailbox can be named once");
        }
        return new MailboxCommand.Notify(new NotifyRequest(status, understood, groups));
    }

    /** event-group = "(" filter-mailboxes SP events ")". */
    private NotifyRequest.Group group() throws ImapParseException {
        in.expect('(');
        Filter filter = filter();
        in.space();
        Set<NotifyEvent> events = EnumSet.noneOf(NotifyEvent.class);
        List<FetchItem> items = new ArrayList<>();
        if (in.accept('(')) {
            events(filter, events, items);
            in.expect(')');
            check(events);
        } else if (!in.keyword().equals("NONE")) {
            throw in.error("events or NONE expected");
        }
        in.expect(')');
        return new NotifyRequest.Group(filter, events, items);
    }

    private Filter filter() throws ImapParseException {
        String word = in.keyword();
        return switch (word) {
            case "SELECTED" -> new Filter.Selected(false);
            case "SELECTED-DELAYED" -> new Filter.Selected(true);
            case "INBOXES", "PERSONAL" -> new Filter.Personal();
            case "SUBSCRIBED" -> new Filter.Subscribed();
            case "SUBTREE" -> new Filter.Subtree(mailboxes());
            case "SUBTREE-ONE" -> new Filter.SubtreeOne(mailboxes());
            case "MAILBOXES" -> new Filter.Mailboxes(mailboxes());
            default -> throw in.error("these mailboxes are not known: " + word);
        };
    }

    /** one-or-more-mailbox = mailbox / "(" mailbox *(SP mailbox) ")". */
    private Set<MailboxName> mailboxes() throws ImapParseException {
        in.space();
        if (!in.accept('(')) {
            return Set.of(in.mailbox());
        }
        Set<MailboxName> names = new HashSet<>();
        do {
            names.add(in.mailbox());
        } while (in.accept(' '));
        in.expect(')');
        return names;
    }

    /** event *(SP event); events that are not known here are refused later, by NO (RFC 5465 §3.1, §8 event-ext). */
    private void events(Filter filter, Set<NotifyEvent> events, List<FetchItem> items) throws ImapParseException {
        boolean selected = filter instanceof Filter.Selected;
        boolean more = true;
        while (more) {
            String word = in.atom();
            Optional<NotifyEvent> event = NotifyEvent.of(word);
            understood &= event.isPresent() && event.get().offered();
            if (selected && event.isPresent() && !event.get().ofMessages()) {
                throw in.error("of the selected mailbox only messages can be watched, not " + word);
            }
            event.ifPresent(events::add);
            more = in.accept(' ');
            if (more && in.peek() == '(') {
                if (!selected || event.isEmpty() || event.get() != NotifyEvent.MESSAGE_NEW) {
                    throw in.error("only new messages of the selected mailbox can be fetched");
                }
                items.addAll(new FetchParser(in).items());
                more = in.accept(' ');
            }
        }
    }

    /** RFC 5465 §5: new messages and those that leave go together, and changes of messages only with both. */
    private void check(Set<NotifyEvent> events) throws ImapParseException {
        boolean added = events.contains(NotifyEvent.MESSAGE_NEW);
        boolean gone = events.contains(NotifyEvent.MESSAGE_EXPUNGE);
        boolean changed = events.contains(NotifyEvent.FLAG_CHANGE) || events.contains(NotifyEvent.ANNOTATION_CHANGE);
        if (added != gone || changed && !added) {
            throw in.error("MessageNew and MessageExpunge belong together, and to every change of messages");
        }
    }
}
