// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wildpost.adapter.imap.MailboxCommand.StatusItem;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.Watch;

/**
 * The mailboxes that an account may know of beside the selected one, as the client heard of them, and what it wants to hear more (RFC 5465 §5). Events only
 * say that something is to be looked at: what is told is the difference between what there is and what was told. Of others' mailboxes that the account may not
 * read it hears the names, and that it has no access (RFC 5465 §3.1, §5.9). For one thread at a time.
 */
final class OtherMailboxes implements AutoCloseable {
    private final ImapContext context;
    private final AccountId account;
    private final NotifyRequest request;
    private final AccountSignal signal = new AccountSignal();
    private final Map<MailboxId, Watch> watches = new HashMap<>();
    private final Watch treeWatch;

    /** As the client was told, without those that vanished. */
    private final Map<MailboxId, MailboxStatus> told = new HashMap<>();

    /** Those of others that may be looked up and not read. */
    private Set<MailboxId> closed = Set.of();

    /** Those of others that are not watched because there are too many: the client hears of their names alone. */
    private Set<MailboxId> leftOut = Set.of();

    private Set<MailboxName> subscriptions = Set.of();
    private final AnnotationNews annotations;

    /** More mailboxes than one session may watch, or more annotations (RFC 5465 §5.8). */
    static final class TooManyException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private OtherMailboxes(ImapContext context, NotifyRequest request) {
        this.context = context;
        this.account = context.account();
        this.request = request;
        this.annotations = new AnnotationNews(context, request.wantsServerMetadata());
        this.treeWatch = context.ask(l -> l.watchTree(account, signal));
    }

    /**
     * Begins to watch.
     *
     * @param before what was watched until now: of that the client knows no more than it was told
     */
    static OtherMailboxes open(ImapContext context, NotifyRequest request, @Nullable OtherMailboxes before)
            throws TooManyException {
        OtherMailboxes others = new OtherMailboxes(context, request);
        boolean done = false;
        try {
            others.learn(others.look());
            if (before != null && !request.status()) {
                before.watches.keySet().forEach(id -> others.told.computeIfPresent(id, before::toldOf));
            }
            if (before != null && others.annotations.goOnFrom(before.annotations)) {
                others.signal.raise();
            }
            done = true;
            return others;
        } finally {
            if (!done) {
                others.close();
            }
        }
    }

    private MailboxStatus toldOf(MailboxId id, MailboxStatus now) {
        return told.getOrDefault(id, now);
    }

    AccountSignal signal() {
        return signal;
    }

    private MailboxList look() {
        return context.ask(l -> l.list(account));
    }

    private static Set<MailboxId> closed(MailboxList all) {
        return all.mailboxes().stream()
                .filter(mailbox -> !all.rights(mailbox).has(Right.READ))
                .map(MailboxStatus::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The client set annotations itself. */
    void annotated(Optional<MailboxName> mailbox, Map<AnnotationName, Optional<byte[]>> values) {
        annotations.setByClient(mailbox, values);
    }

    /** A look that tells nothing. */
    private void learn(MailboxList now) throws TooManyException {
        now.mailboxes().forEach(mailbox -> told.put(mailbox.id(), mailbox));
        closed = closed(now);
        subscriptions = now.subscriptions();
        watch(choose(now.mailboxes(), true));
        annotations.learn(annotated(told.values()));
    }

    /** Those whose annotations are wanted. */
    private List<MailboxStatus> annotated(Collection<MailboxStatus> mailboxes) {
        return mailboxes.stream()
                .filter(mailbox -> readable(mailbox).contains(NotifyEvent.MAILBOX_METADATA_CHANGE))
                .sorted(Comparator.comparing(MailboxStatus::name))
                .toList();
    }

    /**
     * Which mailboxes to watch: those whose messages or annotations are wanted. Others' are left out where they would be too many, for otherwise they who
     * share could end what the client hears of its own; those that it named come first, then those that are watched already.
     *
     * @param asked whether the client asks for it now: then it may name others' mailboxes only as far as there is room
     */
    private Set<MailboxId> choose(Collection<MailboxStatus> all, boolean asked) throws TooManyException {
        int limit = context.limits().notifyMailboxes();
        Set<MailboxId> wanted = new HashSet<>();
        List<MailboxStatus> foreign = new ArrayList<>();
        for (MailboxStatus mailbox : all) {
            Set<NotifyEvent> events = closed.contains(mailbox.id()) ? Set.of() : events(mailbox);
            if (events.contains(NotifyEvent.MESSAGE_NEW) || events.contains(NotifyEvent.MAILBOX_METADATA_CHANGE)) {
                if (SharedName.isForeign(mailbox.name())) {
                    foreign.add(mailbox);
                } else {
                    wanted.add(mailbox.id());
                }
            }
        }
        long named = foreign.stream()
                .filter(mailbox -> request.names(mailbox.name()))
                .count();
        if (wanted.size() + (asked ? named : 0) > limit) {
            throw new TooManyException();
        }
        foreign.sort(Comparator.<MailboxStatus, Boolean>comparing(mailbox -> !request.names(mailbox.name()))
                .thenComparing(mailbox -> !watches.containsKey(mailbox.id()))
                .thenComparing(MailboxStatus::name));
        int room = Math.min(limit - wanted.size(), foreign.size());
        foreign.subList(0, room).forEach(mailbox -> wanted.add(mailbox.id()));
        leftOut = foreign.subList(room, foreign.size()).stream()
                .map(MailboxStatus::id)
                .collect(Collectors.toUnmodifiableSet());
        return wanted;
    }

    /** Watches these, and no others. What happened before is looked at soon. */
    private void watch(Set<MailboxId> wanted) {
        watches.entrySet().removeIf(watched -> {
            boolean over = !wanted.contains(watched.getKey());
            if (over) {
                watched.getValue().close();
            }
            return over;
        });
        for (MailboxId id : wanted) {
            if (!watches.containsKey(id)) {
                MailboxRef mailbox = new MailboxRef(account, id);
                watches.put(id, context.ask(l -> l.watch(mailbox, signal)));
                signal.changed(id);
            }
        }
    }

    private Set<NotifyEvent> events(MailboxStatus mailbox) {
        return request.of(mailbox.name(), subscriptions.contains(mailbox.name()));
    }

    /** Nothing of what lies in a mailbox that may not be read or is left out. */
    private Set<NotifyEvent> readable(MailboxStatus mailbox) {
        return closed.contains(mailbox.id()) || leftOut.contains(mailbox.id()) ? Set.of() : events(mailbox);
    }

    private boolean isSelected(MailboxId id) {
        return context.state() instanceof SessionState.Selected selected
                && selected.view().ref().mailbox().equals(id);
    }

    /** How all are whose messages are wanted, for who asked to know that first (RFC 5465 §3.1). */
    void tellStatus() throws IOException {
        List<MailboxStatus> all = told.values().stream()
                .filter(mailbox -> !isSelected(mailbox.id()))
                .filter(mailbox -> readable(mailbox).contains(NotifyEvent.MESSAGE_NEW))
                .sorted(Comparator.comparing(MailboxStatus::name))
                .toList();
        for (MailboxStatus mailbox : all) {
            write(mailbox, events(mailbox).contains(NotifyEvent.FLAG_CHANGE));
        }
    }

    /** Of which mailboxes the client asked to hear in vain (RFC 5465 §3.1). */
    void tellClosed() throws IOException {
        List<MailboxStatus> all = told.values().stream()
                .filter(mailbox -> closed.contains(mailbox.id()))
                .filter(mailbox -> !events(mailbox).isEmpty())
                .sorted(Comparator.comparing(MailboxStatus::name))
                .toList();
        Set<MailboxName> parents = TreeChange.levelsAbove(told.values());
        for (MailboxStatus mailbox : all) {
            writeAccess(mailbox, parents);
        }
    }

    /** A name with whether its messages may be heard of. */
    private void writeAccess(MailboxStatus mailbox, Set<MailboxName> parents) throws IOException {
        boolean subscribed = subscriptions.contains(mailbox.name());
        write(new TreeChange(
                mailbox.name(),
                Optional.empty(),
                Optional.of(mailbox),
                new TreeChange.Before(subscribed, subscribed),
                parents.contains(mailbox.name()),
                Set.of()));
    }

    /** What is news to the client, with HIGHESTMODSEQ when it looks at these (RFC 5465 §5.1 to §5.3). */
    private void write(MailboxStatus mailbox) throws IOException {
        write(mailbox, false);
    }

    /**
     * UIDNEXT, MESSAGES and UIDVALIDITY, with UNSEEN for who hears of flags.
     *
     * @param modSeq whether HIGHESTMODSEQ is told, also to who does not look at these: how a mailbox is at first (RFC 5465 §3.1)
     */
    private void write(MailboxStatus mailbox, boolean modSeq) throws IOException {
        List<StatusItem> items =
                new ArrayList<>(List.of(StatusItem.MESSAGES, StatusItem.UIDNEXT, StatusItem.UIDVALIDITY));
        if (events(mailbox).contains(NotifyEvent.FLAG_CHANGE)) {
            items.add(StatusItem.UNSEEN);
        }
        if (modSeq || context.lines().tellsModSeqs()) {
            items.add(StatusItem.HIGHESTMODSEQ);
        }
        new StatusResponses(context, items, List.of(mailbox)).write(mailbox);
    }

    /**
     * Tells what happened since it was told last.
     *
     * @param own names whose mailboxes this client changed just now: it knows of that (RFC 5465 §5)
     */
    void tell(Set<MailboxName> own) throws IOException, TooManyException {
        AccountSignal.Changed changed = signal.take();
        if (changed.nothing()) {
            annotations.forgetOwn();
            return;
        }
        boolean done = false;
        try {
            if (changed.tree()) {
                tellTree(look(), own);
            } else {
                List<MailboxId> ids = List.copyOf(changed.mailboxes());
                List<MailboxStatus> now = context.ask(l -> l.statuses(account, ids));
                if (now.size() < ids.size()) {
                    // Gone, or not to be read any more.
                    tellTree(look(), own);
                } else {
                    tellMessages(now, own);
                    annotations.tell(annotated(now), false);
                }
            }
            done = true;
        } finally {
            if (!done) {
                // What was told by then is not told again.
                signal.raise();
            }
        }
    }

    private void tellTree(MailboxList now, Set<MailboxName> own) throws IOException, TooManyException {
        MailboxList before = new MailboxList(List.copyOf(told.values()), subscriptions);
        Set<MailboxId> closedBefore = closed;
        closed = closed(now);
        subscriptions = now.subscriptions();
        Set<MailboxName> named = new HashSet<>();
        for (TreeChange change : TreeChange.between(before, now)) {
            if (change.wanted(request) && !change.isDueTo(own)) {
                write(change);
                named.add(change.name());
            }
        }
        Set<MailboxId> leftOutBefore = leftOut;
        Set<MailboxId> wanted = choose(now.mailboxes(), false);
        Set<MailboxId> there = new HashSet<>();
        now.mailboxes().forEach(mailbox -> there.add(mailbox.id()));
        told.keySet().retainAll(there);
        Set<MailboxName> parents = TreeChange.levelsAbove(now.mailboxes());
        for (MailboxStatus mailbox : now.mailboxes()) {
            MailboxId id = mailbox.id();
            boolean other = closedBefore.contains(id) != closed.contains(id);
            if (other
                    && told.containsKey(id)
                    && !named.contains(mailbox.name())
                    && !events(mailbox).isEmpty()) {
                writeAccess(mailbox, parents);
            }
            if (closedBefore.contains(id) || leftOutBefore.contains(id)) {
                // Of what happened meanwhile the client heard nothing.
                told.remove(id);
            }
        }
        tellMessages(now.mailboxes(), own);
        watch(wanted);
        annotations.tell(annotated(now.mailboxes()), true);
    }

    private void write(TreeChange change) throws IOException {
        ImapWriter out = context.writer();
        List<String> attributes = new ArrayList<>(change.attributes());
        if (change.mailbox().filter(mailbox -> closed.contains(mailbox.id())).isPresent()) {
            attributes.add("\\NoAccess");
        }
        out.text("* LIST ")
                .list(attributes)
                .text(" \"" + MailboxName.SEPARATOR + "\" ")
                .mailbox(change.name());
        Optional<MailboxName> oldName = change.oldName();
        if (oldName.isPresent()) {
            out.text(" (\"OLDNAME\" (").mailbox(oldName.get()).text("))");
        }
        out.endLine();
    }

    private void tellMessages(List<MailboxStatus> now, Set<MailboxName> own) throws IOException {
        for (MailboxStatus mailbox : now) {
            MailboxStatus before = told.put(mailbox.id(), mailbox);
            if (!isSelected(mailbox.id()) && isNews(before, mailbox, own)) {
                write(mailbox);
            }
        }
    }

    private boolean isNews(@Nullable MailboxStatus before, MailboxStatus now, Set<MailboxName> own) {
        long modSeq = before == null ? 0 : before.highestModSeq();
        boolean messages = before == null
                ? now.messages() > 0
                : before.uidNext() != now.uidNext() || before.messages() != now.messages();
        // One transaction is one step.
        if (own.contains(now.name()) && now.highestModSeq() <= modSeq + 1) {
            return false;
        }
        Set<NotifyEvent> events = readable(now);
        return messages && events.contains(NotifyEvent.MESSAGE_NEW)
                || before != null && now.highestModSeq() != modSeq && events.contains(NotifyEvent.FLAG_CHANGE);
    }

    /** The client leaves a mailbox, of which it knows this much. */
    void left(MailboxView view) {
        MailboxId id = view.ref().mailbox();
        if (!watches.containsKey(id)) {
            return;
        }
        told.computeIfPresent(
                id,
                (same, status) -> new MailboxStatus(
                        id,
                        status.name(),
                        status.specialUse(),
                        status.uidValidity(),
                        view.uidNext(),
                        view.modSeq(),
                        view.messages(),
                        status.unseen(),
                        status.deleted(),
                        status.recentFrom(),
                        status.size()));
        signal.changed(id);
    }

    @Override
    public void close() {
        treeWatch.close();
        watches.values().forEach(Watch::close);
        watches.clear();
    }
}
