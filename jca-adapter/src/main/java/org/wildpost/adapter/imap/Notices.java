// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wildpost.adapter.imap.NotifyRequest.Group;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MailboxName;

/**
 * What a client is told without having asked at that moment: news of the selected mailbox, and what it wants to hear by NOTIFY (RFC 5465), also while no
 * command is under way. For one thread at a time.
 */
final class Notices {
    private static final Logger LOG = System.getLogger(Notices.class.getName());

    private final ImapContext context;
    private final FetchHandler fetches;

    /** Empty before the first NOTIFY: then there is news of the selected mailbox while a command is under way, and no other. */
    private Optional<NotifyRequest> request = Optional.empty();

    private @Nullable OtherMailboxes others;

    Notices(ImapContext context) {
        this.context = context;
        this.fetches = new FetchHandler(context);
    }

    /** Whether the client listens while no command is under way. */
    boolean always() {
        return request.isPresent() && !request.get().groups().isEmpty();
    }

    /**
     * The client wants this from now on.
     *
     * @throws OtherMailboxes.TooManyException when it is too much; then all stays as it was
     */
    void want(NotifyRequest wanted) throws IOException, OtherMailboxes.TooManyException {
        tellOthers(Set.of());
        OtherMailboxes more = wanted.concernsOthers() ? OtherMailboxes.open(context, wanted, others) : null;
        forget();
        request = Optional.of(wanted);
        others = more;
    }

    /** Which of the other mailboxes may not be read. */
    void tellClosed() throws IOException {
        if (others != null) {
            others.tellClosed();
        }
    }

    /** The client set annotations, of a mailbox or of the server. */
    void annotated(Optional<MailboxName> mailbox, Map<AnnotationName, Optional<byte[]>> values) {
        if (others != null) {
            others.annotated(mailbox, values);
        }
    }

    /** How the other mailboxes are. */
    void tellStatus() throws IOException {
        if (others != null) {
            others.tellStatus();
        }
    }

    /** As before the first NOTIFY. */
    void forget() {
        if (others != null) {
            others.close();
            others = null;
        }
        request = Optional.empty();
    }

    /** Where it is seen that there is news. */
    List<NewsSignal> signals() {
        List<NewsSignal> signals = new ArrayList<>(2);
        if (context.state() instanceof SessionState.Selected selected) {
            signals.add(selected.signal());
        }
        if (others != null) {
            signals.add(others.signal());
        }
        return signals;
    }

    /**
     * Whether it is worth telling now.
     *
     * @param idling whether IDLE is under way, otherwise nothing
     */
    boolean hasNews(boolean idling) {
        boolean behind = request.isPresent()
                && expungeAllowed(idling)
                && request.get().selected().isPresent()
                && context.state() instanceof SessionState.Selected selected
                && selected.view().isBehind();
        return behind || signals().stream().anyMatch(NewsSignal::isRaised);
    }

    /** Outside of a command the client counts on its sequence numbers, unless it said otherwise (RFC 9051 §7.5.1, RFC 5465 §6.1). */
    private boolean expungeAllowed(boolean idling) {
        return idling || request.isPresent() && request.get().expungesAtOnce();
    }

    /**
     * Tells the client that waits.
     *
     * @return false when the selected mailbox is gone
     */
    boolean tell(boolean idling) throws IOException {
        boolean changed = context.state() instanceof SessionState.Selected selected
                && selected.signal().isRaised();
        if (changed && !context.refresh(true)) {
            return false;
        }
        announce(expungeAllowed(idling), true);
        tellOthers(Set.of());
        return true;
    }

    /**
     * Tells what happened to the selected mailbox, as far as the client wants to hear it.
     *
     * @param fetch whether new messages are described, in the way that the client asked for; not for who added them itself (RFC 5465 §5.2)
     */
    void announce(boolean expungeAllowed, boolean fetch) throws IOException {
        if (!(context.state() instanceof SessionState.Selected selected)) {
            return;
        }
        MailboxView view = selected.view();
        Optional<Group> wanted = request.flatMap(NotifyRequest::selected);
        if (request.isPresent() && wanted.isEmpty()) {
            return;
        }
        long known = view.uidNext();
        boolean flags = wanted.isEmpty() || wanted.get().events().contains(NotifyEvent.FLAG_CHANGE);
        context.updates().tellGone(view);
        view.announce(context.lines(), expungeAllowed, flags);
        if (fetch && wanted.isPresent()) {
            describe(view.from(known), wanted.get().items());
        }
        context.updates().tellChanged(view);
    }

    /** Tells of new messages what the client wanted to hear of them, perhaps nothing. */
    void describe(long[] uids, List<FetchItem> items) throws IOException {
        if (!items.isEmpty()) {
            fetches.describe(uids, items);
        }
    }

    /** Tells all that happened to the selected mailbox, whatever the client wants to hear. */
    void announceAll() throws IOException {
        if (context.state() instanceof SessionState.Selected selected) {
            MailboxView view = selected.view();
            context.updates().tellGone(view);
            view.announce(context.lines(), true);
            context.updates().tellChanged(view);
        }
    }

    /** Tells what happened to other mailboxes; when that is too much, that nothing is told any more (RFC 5465 §5.8). */
    void tellOthers(Set<MailboxName> own) throws IOException {
        if (others == null) {
            return;
        }
        try {
            others.tell(own);
        } catch (OtherMailboxes.TooManyException e) {
            LOG.log(Level.DEBUG, "a client watches too many mailboxes", e);
            forget();
            request = Optional.of(NotifyRequest.NONE);
            context.writer().untagged("OK [NOTIFICATIONOVERFLOW] too much to watch, nothing is told any more");
        }
    }

    /** The client leaves a mailbox. */
    void left(MailboxView view) {
        if (others != null) {
            others.left(view);
        }
    }
}
