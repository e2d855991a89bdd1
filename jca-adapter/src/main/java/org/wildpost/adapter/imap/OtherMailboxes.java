// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;

/**
 * The mailboxes that an account may know of beside the selected one, as the client heard of them, and what it wants to hear more (RFC 5465 §5). Events only
 * say that something is to be looked at: what is told is the difference between what there is and what was told. Of others' mailboxes that the account may not
 * read it hears the names, and that it has no access (RFC 5465 §3.1, §5.9). For one thread at a time.
 */
final class OtherMailboxes implements AutoCloseable {
    private final ImapContext context;
    private final AccountId account;
    private final NotifyScope scope;
    private final NotifyResponses responses;
    private final MailboxWatches watches;
    private final ToldMailboxes told = new ToldMailboxes();
    private final AnnotationNews annotations;

    /** More mailboxes than one session may watch, or more annotations (RFC 5465 §5.8). */
    static final class TooManyException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private OtherMailboxes(ImapContext context, NotifyRequest request) {
        this.context = context;
        this.account = context.account();
        this.scope = new NotifyScope(request);
        this.responses = new NotifyResponses(context);
        this.annotations = new AnnotationNews(context, request.wantsServerMetadata());
        this.watches = new MailboxWatches(context, request);
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
                others.told.goOnFrom(before.told, before.watches.watched());
            }
            if (before != null && others.annotations.goOnFrom(before.annotations)) {
                others.signal().raise();
            }
            done = true;
            return others;
        } finally {
            if (!done) {
                others.close();
            }
        }
    }

    AccountSignal signal() {
        return watches.signal();
    }

    private MailboxList look() {
        return context.ask(l -> l.list(account));
    }

    /** The client set annotations itself. */
    void annotated(Optional<MailboxName> mailbox, Map<AnnotationName, Optional<byte[]>> values) {
        annotations.setByClient(mailbox, values);
    }

    /** A look that tells nothing. */
    private void learn(MailboxList now) throws TooManyException {
        now.mailboxes().forEach(told::put);
        scope.goBy(now);
        watches.watch(watches.choose(now.mailboxes(), scope::allowed, true));
        annotations.learn(annotated(told.all()));
    }

    /** Those whose annotations are wanted. */
    private List<MailboxStatus> annotated(Collection<MailboxStatus> mailboxes) {
        return byName(mailboxes, mailbox -> readable(mailbox).contains(NotifyEvent.MAILBOX_METADATA_CHANGE));
    }

    private static List<MailboxStatus> byName(Collection<MailboxStatus> all, Predicate<MailboxStatus> wanted) {
        return all.stream()
                .filter(wanted)
                .sorted(Comparator.comparing(MailboxStatus::name))
                .toList();
    }

    /** Nothing of what lies in a mailbox that may not be read or is left out. */
    private Set<NotifyEvent> readable(MailboxStatus mailbox) {
        return watches.leftOut().contains(mailbox.id()) ? Set.of() : scope.allowed(mailbox);
    }

    private boolean isSelected(MailboxId id) {
        return context.state() instanceof SessionState.Selected selected
                && selected.view().ref().mailbox().equals(id);
    }

    /** How all are whose messages are wanted, for who asked to know that first (RFC 5465 §3.1). */
    void tellStatus() throws IOException {
        for (MailboxStatus mailbox :
                byName(told.all(), one -> !isSelected(one.id()) && readable(one).contains(NotifyEvent.MESSAGE_NEW))) {
            responses.atFirst(mailbox, scope.wanted(mailbox));
        }
    }

    /** Of which mailboxes the client asked to hear in vain (RFC 5465 §3.1). */
    void tellClosed() throws IOException {
        Set<MailboxName> parents = TreeChange.levelsAbove(told.all());
        for (MailboxStatus mailbox : byName(
                told.all(), one -> scope.isClosed(one) && !scope.wanted(one).isEmpty())) {
            tellAccess(mailbox, parents);
        }
    }

    /** A name with whether its messages may be heard of. */
    private void tellAccess(MailboxStatus mailbox, Set<MailboxName> parents) throws IOException {
        tell(TreeChange.none(mailbox, scope.isSubscribed(mailbox), parents.contains(mailbox.name())));
    }

    private void tell(TreeChange change) throws IOException {
        responses.list(change, change.mailbox().filter(scope::isClosed).isPresent());
    }

    /**
     * Tells what happened since it was told last.
     *
     * @param own names whose mailboxes this client changed just now: it knows of that (RFC 5465 §5)
     */
    void tell(Set<MailboxName> own) throws IOException, TooManyException {
        AccountSignal.Changed changed = signal().take();
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
                signal().raise();
            }
        }
    }

    private void tellTree(MailboxList now, Set<MailboxName> own) throws IOException, TooManyException {
        MailboxList before = new MailboxList(List.copyOf(told.all()), scope.subscriptions());
        Set<MailboxId> closedBefore = scope.closed();
        scope.goBy(now);
        Set<MailboxName> named = new HashSet<>();
        for (TreeChange change : TreeChange.between(before, now)) {
            if (change.wanted(scope.request()) && !change.isDueTo(own)) {
                tell(change);
                named.add(change.name());
            }
        }
        Set<MailboxId> leftOutBefore = watches.leftOut();
        Set<MailboxId> wanted = watches.choose(now.mailboxes(), scope::allowed, false);
        told.retain(now.mailboxes());
        Set<MailboxName> parents = TreeChange.levelsAbove(now.mailboxes());
        for (MailboxStatus mailbox : now.mailboxes()) {
            MailboxId id = mailbox.id();
            boolean other = closedBefore.contains(id) != scope.isClosed(mailbox);
            if (other
                    && told.contains(id)
                    && !named.contains(mailbox.name())
                    && !scope.wanted(mailbox).isEmpty()) {
                tellAccess(mailbox, parents);
            }
            if (closedBefore.contains(id) || leftOutBefore.contains(id)) {
                // Of what happened meanwhile the client heard nothing.
                told.forget(id);
            }
        }
        tellMessages(now.mailboxes(), own);
        watches.watch(wanted);
        annotations.tell(annotated(now.mailboxes()), true);
    }

    private void tellMessages(List<MailboxStatus> now, Set<MailboxName> own) throws IOException {
        for (MailboxStatus mailbox : now) {
            boolean news = told.isNews(mailbox, readable(mailbox), own.contains(mailbox.name()));
            if (news && !isSelected(mailbox.id())) {
                responses.status(mailbox, scope.wanted(mailbox));
            }
        }
    }

    /** The client leaves a mailbox, of which it knows this much. */
    void left(MailboxView view) {
        MailboxId id = view.ref().mailbox();
        if (watches.watched().contains(id)) {
            told.left(view);
            signal().changed(id);
        }
    }

    @Override
    public void close() {
        watches.close();
    }
}
