// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.wildpost.adapter.imap.MailboxCommand.ListForm;
import org.wildpost.adapter.imap.MailboxCommand.ListMailboxes;
import org.wildpost.adapter.imap.MailboxCommand.ListOption;
import org.wildpost.core.acl.Right;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;

/** LIST and LSUB (RFC 5258, RFC 3501 §6.3.8 and §6.3.9, RFC 5819, RFC 6154, RFC 8440): all from one question, however many mailboxes there are. */
final class ListHandler {
    private final ImapContext context;
    private final ImapWriter out;

    ListHandler(ImapContext context) {
        this.context = context;
        this.out = context.writer();
    }

    Reply list(ListMailboxes command) throws IOException {
        String verb = command.form() == ListForm.LSUB ? "LSUB" : "LIST";
        if (command.form() != ListForm.EXTENDED && command.patterns().equals(List.of(""))) {
            out.untagged(verb + " (\\Noselect) \"/\" \"\"");
            return Reply.ok(verb + " done");
        }
        AccountId account = context.account();
        MailboxList all = context.ask(l -> l.list(account));
        List<MailboxPattern> patterns = command.patterns().stream()
                .filter(pattern -> !pattern.isEmpty())
                .map(pattern ->
                        MailboxPattern.of(command.reference(), pattern, Extension.speaksUtf8(context.enabled())))
                .flatMap(Optional::stream)
                .toList();
        Collection<ListAnswer.Line> lines = new ListAnswer(command, all, patterns).lines();
        // No counters of mailboxes that may not be read (RFC 4314 §4, RFC 5819 §2).
        List<MailboxStatus> selected = lines.stream()
                .filter(ListAnswer.Line::selected)
                .map(ListAnswer.Line::mailbox)
                .filter(Objects::nonNull)
                .filter(mailbox -> all.rights(mailbox).has(Right.READ))
                .toList();
        StatusResponses status = new StatusResponses(context, command.returned().status(), selected);
        for (ListAnswer.Line line : lines) {
            write(verb, line);
            if (line.selected() && line.mailbox() != null) {
                if (command.returned().options().contains(ListOption.MYRIGHTS)) {
                    AccessHandler.write(out, line.mailbox().name(), all.rights(line.mailbox()));
                }
                if (all.rights(line.mailbox()).has(Right.READ)) {
                    status.write(line.mailbox());
                }
            }
        }
        return Reply.ok(verb + " done");
    }

    private void write(String verb, ListAnswer.Line line) throws IOException {
        out.text("* " + verb + " ").list(line.attributes()).text(" \"/\" ").mailbox(new MailboxName(line.name()));
        if (!line.childInfo().isEmpty()) {
            out.text(" (\"CHILDINFO\" (\"")
                    .text(String.join("\" \"", line.childInfo()))
                    .text("\"))");
        }
        out.endLine();
    }
}
