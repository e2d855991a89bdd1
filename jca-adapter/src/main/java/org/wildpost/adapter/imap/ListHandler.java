// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wildpost.adapter.imap.MailboxCommand.ListMailboxes;
import org.wildpost.adapter.imap.MailboxCommand.ListOption;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;

/** LIST and LSUB (RFC 9051 §6.3.9, RFC 3501 §6.3.9, RFC 6154 §5, RFC 3348 for the children). */
final class ListHandler {
    private final ImapContext context;

    ListHandler(ImapContext context) {
        this.context = context;
    }

    Reply list(ListMailboxes command) throws IOException {
        String verb = command.lsub() ? "LSUB" : "LIST";
        if (command.patterns().equals(List.of("")) && command.select().isEmpty()) {
            context.writer().untagged(verb + " (\\Noselect) \"/\" \"\"");
            return Reply.ok(verb + " done");
        }
        AccountId account = context.account();
        MailboxList all = context.ask(l -> l.list(account));
        List<MailboxPattern> patterns = command.patterns().stream()
                .map(pattern ->
                        MailboxPattern.of(command.reference(), pattern, Extension.speaksUtf8(context.enabled())))
                .flatMap(Optional::stream)
                .toList();
        new Answer(context, command, all, patterns).write();
        return Reply.ok(verb + " done");
    }

    /** One answer: the names that exist, those that are only subscribed, and the levels above them. */
    private static final class Answer {
        private final ImapContext context;
        private final ListMailboxes command;
        private final List<MailboxPattern> patterns;
        private final Map<String, MailboxStatus> existing = new HashMap<>();
        private final Set<String> subscribed = new HashSet<>();
        private final Set<String> parents = new HashSet<>();

        Answer(ImapContext context, ListMailboxes command, MailboxList all, List<MailboxPattern> patterns) {
            this.context = context;
            this.command = command;
            this.patterns = patterns;
            all.mailboxes().forEach(m -> existing.put(m.name().value(), m));
            all.subscriptions().forEach(name -> subscribed.add(name.value()));
            existing.keySet().forEach(name -> addParents(name, parents));
        }

        void write() throws IOException {
            boolean bySubscription = command.lsub() || command.select().contains(ListOption.SUBSCRIBED);
            Set<String> names = new TreeSet<>(bySubscription ? subscribed : existing.keySet());
            Set<String> above = new TreeSet<>();
            names.forEach(name -> addParents(name, above));
            above.removeAll(names);
            if (!command.select().isEmpty()) {
                above.clear();
            }
            for (String name : names) {
                if (matches(name) && wanted(existing.get(name))) {
                    line(name, existing.get(name));
                }
            }
            for (String name : above) {
                if (matches(name)) {
                    line(name, command.lsub() ? null : existing.get(name));
                }
            }
        }

        private boolean matches(String name) {
            return patterns.stream().anyMatch(pattern -> pattern.matches(name));
        }

        private boolean wanted(@Nullable MailboxStatus status) {
            return !command.select().contains(ListOption.SPECIAL_USE)
                    || status != null && status.specialUse().isPresent();
        }

        private void line(String name, @Nullable MailboxStatus status) throws IOException {
            ImapWriter out = context.writer();
            out.text(command.lsub() ? "* LSUB " : "* LIST ")
                    .list(attributes(name, status))
                    .text(" \"/\" ");
            out.mailbox(new MailboxName(name)).endLine();
            if (status != null && !command.status().isEmpty()) {
                MailboxHandler.writeStatus(context, status, command.status());
            }
        }

        private List<String> attributes(String name, @Nullable MailboxStatus status) {
            List<String> attributes = new ArrayList<>();
            if (status == null) {
                attributes.add("\\Noselect");
            }
            if (command.lsub()) {
                return attributes;
            }
            if (status == null && command.select().contains(ListOption.SUBSCRIBED)) {
                attributes.set(0, "\\NonExistent");
            }
            attributes.add(parents.contains(name) ? "\\HasChildren" : "\\HasNoChildren");
            if (status != null) {
                status.specialUse().ifPresent(use -> attributes.add(use.attribute()));
            }
            boolean tellSubscribed = command.select().contains(ListOption.SUBSCRIBED)
                    || command.returned().contains(ListOption.SUBSCRIBED);
            if (tellSubscribed && subscribed.contains(name)) {
                attributes.add("\\Subscribed");
            }
            return attributes;
        }

        private static void addParents(String name, Set<String> parents) {
            int end = name.lastIndexOf(MailboxName.SEPARATOR);
            while (end > 0) {
                parents.add(name.substring(0, end));
                end = name.lastIndexOf(MailboxName.SEPARATOR, end - 1);
            }
        }
    }
}
