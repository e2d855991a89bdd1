// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.wildpost.adapter.imap.MailboxCommand.ListForm;
import org.wildpost.adapter.imap.MailboxCommand.ListMailboxes;
import org.wildpost.adapter.imap.MailboxCommand.ListOption;
import org.wildpost.core.acl.AnnotationRights;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.MetadataQuery;

/** LIST and LSUB (RFC 5258, RFC 3501 §6.3.8 and §6.3.9, RFC 5819, RFC 6154, RFC 8440, RFC 9590): asked for all mailboxes together. */
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
        List<ListAnswer.Line> lines = List.copyOf(new ListAnswer(command, all, patterns).lines());
        StatusResponses status =
                new StatusResponses(context, command.returned().status(), selected(lines, all, ListHandler::readable));
        Optional<MetadataResponses> metadata =
                command.returned().metadata().map(request -> new MetadataResponses(out, request));
        for (int from = 0; from < lines.size(); from += ImapListener.BATCH) {
            write(
                    command,
                    lines.subList(from, Math.min(from + ImapListener.BATCH, lines.size())),
                    all,
                    status,
                    metadata);
        }
        return metadata.map(responses -> MetadataHandler.done(verb, responses))
                .orElseGet(() -> Reply.ok(verb + " done"));
    }

    /**
     * The mailboxes that are told for themselves: only of them the rest is told (RFC 5819 §3, RFC 9590 §4).
     *
     * @param allowed with which rights: nothing of what lies in mailboxes is told to who may not read it (RFC 4314 §4, RFC 5819 §2, RFC 5464 §3.3)
     */
    private static List<MailboxStatus> selected(
            List<ListAnswer.Line> lines, MailboxList all, Predicate<Rights> allowed) {
        return lines.stream()
                .filter(ListAnswer.Line::selected)
                .map(ListAnswer.Line::mailbox)
                .filter(Objects::nonNull)
                .filter(mailbox -> allowed.test(all.rights(mailbox)))
                .toList();
    }

    private static boolean readable(Rights rights) {
        return rights.has(Right.READ);
    }

    private void write(
            ListMailboxes command,
            List<ListAnswer.Line> lines,
            MailboxList all,
            StatusResponses status,
            Optional<MetadataResponses> metadata)
            throws IOException {
        Map<MailboxId, Map<AnnotationName, byte[]>> annotations =
                command.returned().metadata().isEmpty()
                        ? Map.of()
                        : annotations(command, selected(lines, all, AnnotationRights::readable));
        for (ListAnswer.Line line : lines) {
            write(command.form() == ListForm.LSUB ? "LSUB" : "LIST", line);
            MailboxStatus mailbox = line.mailbox();
            if (line.selected() && mailbox != null) {
                if (command.returned().options().contains(ListOption.MYRIGHTS)) {
                    AccessHandler.write(out, mailbox.name(), all.rights(mailbox));
                }
                if (readable(all.rights(mailbox))) {
                    status.write(mailbox);
                }
                if (metadata.isPresent() && AnnotationRights.readable(all.rights(mailbox))) {
                    metadata.get().write(Optional.of(mailbox.name()), annotations.getOrDefault(mailbox.id(), Map.of()));
                }
            }
        }
    }

    private Map<MailboxId, Map<AnnotationName, byte[]>> annotations(
            ListMailboxes command, List<MailboxStatus> mailboxes) {
        AccountId account = context.account();
        MetadataQuery query = command.returned().metadata().orElseThrow().query();
        List<MailboxId> ids = mailboxes.stream().map(MailboxStatus::id).toList();
        return ids.isEmpty() ? Map.of() : context.ask(l -> l.metadata(account, ids, query));
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
