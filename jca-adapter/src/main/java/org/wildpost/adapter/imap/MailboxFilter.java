// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;

/** Which mailboxes are meant: filter-mailboxes of NOTIFY (RFC 5465 §6) as RFC 7377 §2.2 has it. */
record MailboxFilter(List<Part> parts) {
    /** The selected mailbox alone. */
    static final MailboxFilter SELECTED = new MailboxFilter(List.of(new Part(Kind.SELECTED, List.of())));

    /** How mailboxes are named. */
    enum Kind {
        SELECTED("selected"),
        INBOXES("inboxes"),
        PERSONAL("personal"),
        SUBSCRIBED("subscribed"),
        SUBTREE("subtree"),
        SUBTREE_ONE("subtree-one"),
        MAILBOXES("mailboxes");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        boolean takesNames() {
            return this == SUBTREE || this == SUBTREE_ONE || this == MAILBOXES;
        }
    }

    /** @param names those that the kind takes */
    record Part(Kind kind, List<MailboxName> names) {
        Part {
            names = List.copyOf(names);
        }
    }

    MailboxFilter {
        parts = List.copyOf(parts);
    }

    boolean has(Kind kind) {
        return parts.stream().anyMatch(part -> part.kind() == kind);
    }

    boolean isSelectedAlone() {
        return parts.stream().allMatch(part -> part.kind() == Kind.SELECTED);
    }

    /** source-mbox = filter-mailboxes *(SP filter-mailboxes). */
    static MailboxFilter read(Cursor in) throws ImapParseException {
        List<Part> parts = new ArrayList<>();
        do {
            Kind kind = kind(in);
            parts.add(new Part(kind, kind.takesNames() ? names(in) : List.of()));
        } while (in.accept(' '));
        return new MailboxFilter(parts);
    }

    private static Kind kind(Cursor in) throws ImapParseException {
        String word = in.atom();
        for (Kind kind : Kind.values()) {
            if (kind.word.equalsIgnoreCase(word)) {
                return kind;
            }
        }
        throw in.error("this source of ESEARCH is not offered");
    }

    /** one-or-more-mailbox = mailbox / many-mailboxes (RFC 5465 §8). */
    private static List<MailboxName> names(Cursor in) throws ImapParseException {
        in.space();
        List<MailboxName> names = new ArrayList<>();
        if (in.accept('(')) {
            do {
                names.add(in.mailbox());
            } while (in.accept(' '));
            in.expect(')');
        } else {
            names.add(in.mailbox());
        }
        return names;
    }

    /** Mailboxes that are named for themselves. */
    Set<MailboxName> named() {
        return parts.stream()
                .filter(part -> part.kind() == Kind.MAILBOXES)
                .flatMap(part -> part.names().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of all mailboxes that are meant beside the selected one, each once, in the order of their names. */
    List<MailboxStatus> of(MailboxList all) {
        Set<MailboxStatus> chosen = new LinkedHashSet<>();
        for (MailboxStatus mailbox : all.mailboxes()) {
            if (parts.stream().anyMatch(part -> matches(part, mailbox.name(), all))) {
                chosen.add(mailbox);
            }
        }
        return List.copyOf(chosen);
    }

    private static boolean matches(Part part, MailboxName name, MailboxList all) {
        return switch (part.kind()) {
            case SELECTED -> false;
            case INBOXES -> name.equals(MailboxName.INBOX);
            case PERSONAL -> !SharedName.isForeign(name);
            case SUBSCRIBED -> all.subscriptions().contains(name);
            case MAILBOXES -> part.names().contains(name);
            case SUBTREE -> part.names().stream().anyMatch(top -> isBelow(name, top, false));
            case SUBTREE_ONE -> part.names().stream().anyMatch(top -> isBelow(name, top, true));
        };
    }

    private static boolean isBelow(MailboxName name, MailboxName top, boolean oneLevel) {
        String above = top.value() + MailboxName.SEPARATOR;
        return name.equals(top)
                || name.value().startsWith(above)
                        && (!oneLevel || name.value().indexOf(MailboxName.SEPARATOR, above.length()) < 0);
    }
}
