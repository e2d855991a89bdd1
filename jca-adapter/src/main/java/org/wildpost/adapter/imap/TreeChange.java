// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;

/**
 * What happened to a name between two looks at an account's mailboxes (RFC 5465 §5.4, §5.5).
 *
 * @param oldName    what the mailbox was called before
 * @param mailbox    what has the name now
 * @param subscribed whether it was, and whether it is
 * @param parent     whether there is something below
 * @param causes     the events that this is
 */
record TreeChange(
        MailboxName name,
        Optional<MailboxName> oldName,
        Optional<MailboxStatus> mailbox,
        Before subscribed,
        boolean parent,
        Set<NotifyEvent> causes) {
    TreeChange {
        causes = Set.copyOf(causes);
    }

    /** Something that may have become otherwise. */
    record Before(boolean was, boolean is) {
        boolean ever() {
            return was || is;
        }
    }

    /** Nothing happened to the name itself. */
    static TreeChange none(MailboxStatus mailbox, boolean subscribed, boolean parent) {
        return new TreeChange(
                mailbox.name(),
                Optional.empty(),
                Optional.of(mailbox),
                new Before(subscribed, subscribed),
                parent,
                Set.of());
    }

    /** Ordered by name. */
    static List<TreeChange> between(MailboxList before, MailboxList after) {
        return new Comparison(before, after).changes();
    }

    /** The attributes of the LIST response (RFC 5465 §5.4, §5.5; RFC 5258 §3). */
    List<String> attributes() {
        List<String> words = new ArrayList<>(4);
        if (mailbox.isEmpty()) {
            words.add("\\NonExistent");
        }
        if (parent) {
            words.add("\\HasChildren");
        } else if (mailbox.isPresent()) {
            words.add("\\HasNoChildren");
        }
        mailbox.flatMap(MailboxStatus::specialUse).ifPresent(use -> words.add(use.attribute()));
        if (subscribed.is()) {
            words.add("\\Subscribed");
        }
        return words;
    }

    /** Whether the client asked for this: by the name, or by the one before. */
    boolean wanted(NotifyRequest request) {
        return isWanted(request, name)
                || oldName.filter(old -> isWanted(request, old)).isPresent();
    }

    private boolean isWanted(NotifyRequest request, MailboxName by) {
        Set<NotifyEvent> events = request.of(by, subscribed.ever());
        return causes.stream().anyMatch(events::contains);
    }

    /** Whether it came about by a change of one of these names: the name itself, one above or one below. */
    boolean isDueTo(Collection<MailboxName> names) {
        return names.stream()
                .anyMatch(other ->
                        other.equals(name) || NotifyRequest.isBelow(other, name) || NotifyRequest.isBelow(name, other));
    }

    /** All levels that something is below, whether or not they are mailboxes. */
    static Set<MailboxName> levelsAbove(Collection<MailboxStatus> mailboxes) {
        Set<MailboxName> found = new HashSet<>();
        for (MailboxStatus mailbox : mailboxes) {
            String name = mailbox.name().value();
            int end = name.lastIndexOf(MailboxName.SEPARATOR);
            while (end > 0 && found.add(new MailboxName(name.substring(0, end)))) {
                end = name.lastIndexOf(MailboxName.SEPARATOR, end - 1);
            }
        }
        return found;
    }

    /** One comparison under way. */
    private static final class Comparison {
        private final MailboxList before;
        private final MailboxList after;
        private final Map<MailboxName, MailboxStatus> names = new HashMap<>();
        private final Set<MailboxName> parentsBefore;
        private final Set<MailboxName> parents;
        private final TreeMap<MailboxName, TreeChange> changes = new TreeMap<>();

        Comparison(MailboxList before, MailboxList after) {
            this.before = before;
            this.after = after;
            after.mailboxes().forEach(mailbox -> names.put(mailbox.name(), mailbox));
            this.parentsBefore = levelsAbove(before.mailboxes());
            this.parents = levelsAbove(after.mailboxes());
        }

        List<TreeChange> changes() {
            Map<MailboxId, MailboxName> old = new HashMap<>();
            before.mailboxes().forEach(mailbox -> old.put(mailbox.id(), mailbox.name()));
            Set<MailboxId> there = new HashSet<>();
            for (MailboxStatus mailbox : after.mailboxes()) {
                there.add(mailbox.id());
                MailboxName name = mailbox.name();
                MailboxName called = old.get(mailbox.id());
                if (!name.equals(called)) {
                    add(name, Optional.ofNullable(called), NotifyEvent.MAILBOX_NAME);
                } else if (parents.contains(name) != parentsBefore.contains(name)) {
                    add(name, Optional.empty(), NotifyEvent.MAILBOX_NAME);
                }
            }
            for (MailboxStatus mailbox : before.mailboxes()) {
                if (!there.contains(mailbox.id()) && !names.containsKey(mailbox.name())) {
                    add(mailbox.name(), Optional.empty(), NotifyEvent.MAILBOX_NAME);
                }
            }
            addLevels();
            addSubscriptions(before.subscriptions(), after.subscriptions());
            addSubscriptions(after.subscriptions(), before.subscriptions());
            return List.copyOf(changes.values());
        }

        /** Levels that are no mailboxes, as above those of others, are affected when the first below comes or the last goes (RFC 5465 §5.4): all of them. */
        private void addLevels() {
            Set<MailboxName> levels = new HashSet<>(parents);
            levels.addAll(parentsBefore);
            // Of what was or is a mailbox more is known.
            before.mailboxes().forEach(mailbox -> levels.remove(mailbox.name()));
            levels.removeAll(names.keySet());
            for (MailboxName level : levels) {
                if (parents.contains(level) != parentsBefore.contains(level)) {
                    add(level, Optional.empty(), NotifyEvent.MAILBOX_NAME);
                }
            }
        }

        private void addSubscriptions(Set<MailboxName> some, Set<MailboxName> others) {
            for (MailboxName name : some) {
                if (!others.contains(name)) {
                    add(name, Optional.empty(), NotifyEvent.SUBSCRIPTION_CHANGE);
                }
            }
        }

        private void add(MailboxName name, Optional<MailboxName> oldName, NotifyEvent cause) {
            TreeChange known = changes.get(name);
            EnumSet<NotifyEvent> causes = EnumSet.of(cause);
            if (known != null) {
                causes.addAll(known.causes());
            }
            changes.put(
                    name,
                    new TreeChange(
                            name,
                            known == null ? oldName : known.oldName(),
                            Optional.ofNullable(names.get(name)),
                            new Before(
                                    before.subscriptions().contains(name),
                                    after.subscriptions().contains(name)),
                            parents.contains(name),
                            causes));
        }
    }
}
