// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.listener.imap.MailboxName;

/**
 * What a client asks to hear of (RFC 5465 §3.1, §6).
 *
 * @param status     whether it wants to know first how the mailboxes are
 * @param understood whether all that it asks for is offered
 */
record NotifyRequest(boolean status, boolean understood, List<Group> groups) {
    /** Groups of one request; each is looked at for each mailbox that changes. */
    static final int MAX_GROUPS = 100;

    /** Nothing at all. */
    static final NotifyRequest NONE = new NotifyRequest(false, true, List.of());

    NotifyRequest {
        groups = List.copyOf(groups);
    }

    /**
     * Some mailboxes and what is wanted of them.
     *
     * @param events none for NONE
     * @param items  what is told of each new message of the selected mailbox
     */
    record Group(Filter filter, Set<NotifyEvent> events, List<FetchItem> items) {
        Group {
            events = Set.copyOf(events);
            items = List.copyOf(items);
        }
    }

    /** Which mailboxes (RFC 5465 §6). */
    sealed interface Filter {
        /**
         * The selected one, whichever it is (RFC 5465 §6.1).
         *
         * @param delayed messages leave only with a command that may say so
         */
        record Selected(boolean delayed) implements Filter {}

        /**
         * Those of the account (RFC 5465 §6.2), and those that mail is delivered to (RFC 5465 §6.3): a script may deliver to any of them, so that these are
         * the same.
         */
        record Personal() implements Filter {}

        /** RFC 5465 §6.4. */
        record Subscribed() implements Filter {}

        /** These and all below (RFC 5465 §6.5). */
        record Subtree(Set<MailboxName> roots) implements Filter {
            public Subtree {
                roots = Set.copyOf(roots);
            }

            /** Goes up from a name, for there may be thousands of roots. */
            private boolean has(MailboxName name) {
                String value = name.value();
                boolean found = roots.contains(name);
                for (int end = value.lastIndexOf(MailboxName.SEPARATOR);
                        end > 0 && !found;
                        end = value.lastIndexOf(MailboxName.SEPARATOR, end - 1)) {
                    found = roots.contains(new MailboxName(value.substring(0, end)));
                }
                return found;
            }
        }

        /** These and those one level below (RFC 7377 §2.2). */
        record SubtreeOne(Set<MailboxName> roots) implements Filter {
            public SubtreeOne {
                roots = Set.copyOf(roots);
            }

            private boolean has(MailboxName name) {
                int end = name.value().lastIndexOf(MailboxName.SEPARATOR);
                return roots.contains(name)
                        || end > 0
                                && roots.contains(new MailboxName(name.value().substring(0, end)));
            }
        }

        /** These (RFC 5465 §6.6). */
        record Mailboxes(Set<MailboxName> names) implements Filter {
            public Mailboxes {
                names = Set.copyOf(names);
            }
        }

        /** Whether it is about a mailbox that is not selected. */
        default boolean matches(MailboxName name, boolean subscribed) {
            return switch (this) {
                case Selected ignored -> false;
                case Personal ignored -> !SharedName.isForeign(name);
                case Subscribed ignored -> subscribed;
                case Subtree subtree -> subtree.has(name);
                case SubtreeOne subtree -> subtree.has(name);
                case Mailboxes(Set<MailboxName> names) -> names.contains(name);
            };
        }
    }

    /** Whether a name is somewhere below another. */
    static boolean isBelow(MailboxName name, MailboxName root) {
        return name.value().startsWith(root.value() + MailboxName.SEPARATOR);
    }

    /** What is wanted of the selected mailbox; empty for nothing (RFC 5465 §3.1). */
    Optional<Group> selected() {
        return groups.stream()
                .filter(group -> group.filter() instanceof Filter.Selected
                        && !group.events().isEmpty())
                .findFirst();
    }

    /** Whether messages that leave the selected mailbox are told of at any time, also while no command is under way. */
    boolean expungesAtOnce() {
        return selected()
                .filter(group -> group.filter().equals(new Filter.Selected(false)))
                .isPresent();
    }

    /** Whether anything is wanted of mailboxes by their names. */
    boolean concernsOthers() {
        return groups.stream()
                .anyMatch(group -> !(group.filter() instanceof Filter.Selected)
                        && !group.events().isEmpty());
    }

    /** Whether the client names just this mailbox (RFC 5465 §6.6). */
    boolean names(MailboxName name) {
        return groups.stream()
                .anyMatch(group -> group.filter() instanceof Filter.Mailboxes(Set<MailboxName> names)
                        && names.contains(name)
                        && !group.events().isEmpty());
    }

    /** Whether annotations of the server are wanted, of which it does not matter with which mailboxes they are named (RFC 5465 §5.7). */
    boolean wantsServerMetadata() {
        return groups.stream().anyMatch(group -> group.events().contains(NotifyEvent.SERVER_METADATA_CHANGE));
    }

    /** What is wanted of a mailbox by its name: all that its groups say, up to the first that says NONE. */
    Set<NotifyEvent> of(MailboxName name, boolean subscribed) {
        EnumSet<NotifyEvent> wanted = EnumSet.noneOf(NotifyEvent.class);
        for (Group group : groups) {
            if (group.filter().matches(name, subscribed)) {
                if (group.events().isEmpty()) {
                    break;
                }
                wanted.addAll(group.events());
            }
        }
        return wanted;
    }
}
