// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wildpost.adapter.imap.MailboxCommand.StatusItem;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.SpecialUse;

/** The arguments of commands that name mailboxes: one method per rule of RFC 9051 §9. */
final class MailboxParser {
    private final Cursor in;

    MailboxParser(Cursor in) {
        this.in = in;
    }

    /** create = "CREATE" SP mailbox [SP "(" "USE" SP "(" [use-attr *(SP use-attr)] ")" ")"] (RFC 6154 §6). */
    MailboxCommand create() throws ImapParseException {
        MailboxName mailbox = in.newMailbox();
        Optional<String> otherName = in.otherName();
        Optional<SpecialUse> use = Optional.empty();
        if (in.accept(' ') && in.accept('(')) {
            if (!in.acceptWord("USE")) {
                throw in.error("USE expected");
            }
            in.space();
            in.expect('(');
            use = specialUses();
            in.expect(')');
        }
        return new MailboxCommand.Create(mailbox, use, otherName);
    }

    /** [use-attr *(SP use-attr)] ")"; a mailbox of ours has one use at most. */
    private Optional<SpecialUse> specialUses() throws ImapParseException {
        Optional<SpecialUse> use = Optional.empty();
        while (!in.accept(')')) {
            int start = in.position();
            if (use.isPresent()) {
                in.space();
                specialUse();
                throw new ImapParseException("a mailbox has one special use", start, ImapParseException.Kind.USE);
            }
            use = Optional.of(specialUse());
        }
        return use;
    }

    private SpecialUse specialUse() throws ImapParseException {
        int start = in.position();
        in.expect('\\');
        String word = "\\" + in.atom();
        for (SpecialUse use : SpecialUse.values()) {
            if (use.attribute().equalsIgnoreCase(word)) {
                return use;
            }
        }
        throw new ImapParseException("this special use is not offered", start, ImapParseException.Kind.USE);
    }

    MailboxCommand delete() throws ImapParseException {
        MailboxName mailbox = in.mailbox();
        return new MailboxCommand.Delete(mailbox, in.otherName());
    }

    MailboxCommand rename() throws ImapParseException {
        MailboxName from = in.mailbox();
        Optional<String> otherFrom = in.otherName();
        in.space();
        MailboxName to = in.newMailbox();
        return new MailboxCommand.Rename(
                from, to, otherFrom.or(() -> in.otherName().map(ignored -> from.value())));
    }

    MailboxCommand status() throws ImapParseException {
        MailboxName mailbox = in.mailbox();
        in.space();
        return new MailboxCommand.Status(mailbox, statusItems());
    }

    /** "(" status-att *(SP status-att) ")". */
    List<StatusItem> statusItems() throws ImapParseException {
        in.expect('(');
        List<StatusItem> items = new ArrayList<>();
        do {
            String word = in.keyword();
            StatusItem item = List.of(StatusItem.values()).stream()
                    .filter(known -> known.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> in.error("this item of STATUS is not offered"));
            if (!items.contains(item)) {
                items.add(item);
            }
        } while (in.accept(' '));
        in.expect(')');
        return items;
    }
}
