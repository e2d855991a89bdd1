// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wildpost.adapter.imap.MailboxCommand.ListForm;
import org.wildpost.adapter.imap.MailboxCommand.ListMailboxes;
import org.wildpost.adapter.imap.MailboxCommand.ListOption;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;

/** Which names LIST and LSUB tell, and what of each: those that exist, those that are only subscribed, and levels above them. */
final class ListAnswer {
    private static final String EVERYTHING = "*";

    private final ListMailboxes command;
    private final List<MailboxPattern> patterns;
    private final Map<String, MailboxStatus> existing = new HashMap<>();
    private final Set<String> subscribed = new HashSet<>();
    private final Set<String> parents = new HashSet<>();

    /**
     * One response.
     *
     * @param mailbox   null when the name is not a mailbox's
     * @param selected  whether the name itself is what was looked for, not only something below it
     * @param childInfo the options that something below satisfies (RFC 5258 §3.5)
     */
    record Line(
            String name,
            @Nullable MailboxStatus mailbox,
            boolean selected,
            List<String> attributes,
            List<String> childInfo) {}

    ListAnswer(ListMailboxes command, MailboxList all, List<MailboxPattern> patterns) {
        this.command = command;
        this.patterns = patterns;
        all.mailboxes().forEach(mailbox -> existing.put(mailbox.name().value(), mailbox));
        all.subscriptions().forEach(name -> subscribed.add(name.value()));
        addParents(existing.keySet(), parents);
    }

    /** Ordered by name. */
    Collection<Line> lines() {
        return command.form() == ListForm.LSUB ? lsub().values() : list().values();
    }

    /** RFC 3501 §6.3.9: with {@code %} also a level above what is subscribed, which then is marked. */
    private SortedMap<String, Line> lsub() {
        TreeMap<String, Line> lines = new TreeMap<>();
        Set<String> names = new HashSet<>(subscribed);
        if (command.patterns().stream().anyMatch(pattern -> pattern.indexOf('%') >= 0)) {
            addParents(subscribed, names);
        }
        for (String name : names) {
            if (matches(name)) {
                boolean selectable = subscribed.contains(name) && existing.containsKey(name);
                lines.put(name, new Line(name, null, false, selectable ? List.of() : List.of("\\Noselect"), List.of()));
            }
        }
        return lines;
    }

    private SortedMap<String, Line> list() {
        boolean recursive = command.select().contains(ListOption.RECURSIVEMATCH);
        TreeMap<String, Line> lines = new TreeMap<>();
        Set<String> above = new HashSet<>();
        Set<String> aboveUntold = new HashSet<>();
        Set<String> names = command.select().contains(ListOption.SUBSCRIBED) ? subscribed : existingAndLevels();
        for (String name : names) {
            if (!satisfies(name)) {
                continue;
            }
            boolean told = matches(name);
            if (told) {
                lines.put(name, line(name, true));
            }
            if (recursive) {
                addParents(Set.of(name), above);
                if (!told) {
                    addParents(Set.of(name), aboveUntold);
                }
            }
        }
        for (String name : above) {
            Line itself = lines.get(name);
            if (itself != null || matches(name) && isNews(name, aboveUntold)) {
                lines.put(name, withChildInfo(itself == null ? line(name, false) : itself));
            }
        }
        return lines;
    }

    /**
     * A level above is told when something below it satisfies and is not told itself. What lies below is told anyway when everything is asked
     * for; then mailboxes that exist have their child information all the same (RFC 5258 §3.3 and the last part of example 9).
     */
    private boolean isNews(String name, Set<String> aboveUntold) {
        return aboveUntold.contains(name) || command.patterns().contains(EVERYTHING) && existing.containsKey(name);
    }

    /**
     * The mailboxes and, where a pattern ends in a percent sign, the levels above them that are none (RFC 3501 §6.3.8): only others' mailboxes have such
     * (RFC 4314 §4, LIST).
     */
    private Set<String> existingAndLevels() {
        if (existing.keySet().containsAll(parents)
                || command.patterns().stream().noneMatch(pattern -> pattern.endsWith("%"))) {
            return existing.keySet();
        }
        Set<String> names = new HashSet<>(existing.keySet());
        names.addAll(parents);
        return names;
    }

    private boolean satisfies(String name) {
        MailboxStatus mailbox = existing.get(name);
        return !command.select().contains(ListOption.SPECIAL_USE)
                || mailbox != null && mailbox.specialUse().isPresent();
    }

    private boolean matches(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    private Line line(String name, boolean selected) {
        MailboxStatus mailbox = existing.get(name);
        List<String> attributes = new ArrayList<>(4);
        if (mailbox == null) {
            attributes.add(command.form() == ListForm.BASIC ? "\\Noselect" : "\\NonExistent");
        }
        attributes.add(parents.contains(name) ? "\\HasChildren" : "\\HasNoChildren");
        if (mailbox != null) {
            mailbox.specialUse().ifPresent(use -> attributes.add(use.attribute()));
        }
        if (command.returned().options().contains(ListOption.SUBSCRIBED) && subscribed.contains(name)) {
            attributes.add("\\Subscribed");
        }
        return new Line(name, mailbox, selected, attributes, List.of());
    }

    private Line withChildInfo(Line line) {
        List<String> criteria = new ArrayList<>();
        if (command.select().contains(ListOption.SUBSCRIBED)) {
            criteria.add("SUBSCRIBED");
        }
        if (command.select().contains(ListOption.SPECIAL_USE)) {
            criteria.add("SPECIAL-USE");
        }
        return new Line(line.name(), line.mailbox(), line.selected(), line.attributes(), criteria);
    }

    private static void addParents(Set<String> names, Set<String> parents) {
        for (String name : names) {
            int end = name.lastIndexOf(MailboxName.SEPARATOR);
            while (end > 0 && parents.add(name.substring(0, end))) {
                end = name.lastIndexOf(MailboxName.SEPARATOR, end - 1);
            }
        }
    }
}
