// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.wildpost.adapter.imap.OtherMailboxes.TooManyException;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.Watch;

/**
 * Which mailboxes are watched for a client that asked for news of more than the selected one: as many as one session may watch (RFC 5465 §5.8). The names of
 * all are watched in any case. For one thread at a time.
 */
final class MailboxWatches implements AutoCloseable {
    private final ImapContext context;
    private final AccountId account;
    private final NotifyRequest request;
    private final AccountSignal signal = new AccountSignal();
    private final Map<MailboxId, Watch> watches = new HashMap<>();
    private final Watch treeWatch;
    private Set<MailboxId> leftOut = Set.of();

    MailboxWatches(ImapContext context, NotifyRequest request) {
        this.context = context;
        this.account = context.account();
        this.request = request;
        this.treeWatch = context.ask(l -> l.watchTree(account, signal));
    }

    /** What is watched raises it. */
    AccountSignal signal() {
        return signal;
    }

    Set<MailboxId> watched() {
        return watches.keySet();
    }

    /** Those of others that are not watched because there are too many: the client hears of their names alone. */
    Set<MailboxId> leftOut() {
        return leftOut;
    }

    /**
     * Which mailboxes to watch: those whose messages or annotations are wanted. Others' are left out where they would be too many, for otherwise they who
     * share could end what the client hears of its own; those that it named come first, then those that are watched already.
     *
     * @param events what the client may hear of a mailbox
     * @param asked  whether the client asks for it now: then it may name others' mailboxes only as far as there is room
     */
    Set<MailboxId> choose(
            Collection<MailboxStatus> all, Function<MailboxStatus, Set<NotifyEvent>> events, boolean asked)
            throws TooManyException {
        int limit = context.limits().notifyMailboxes();
        Set<MailboxId> wanted = new HashSet<>();
        List<MailboxStatus> foreign = new ArrayList<>();
        for (MailboxStatus mailbox : all) {
            Set<NotifyEvent> wishes = events.apply(mailbox);
            if (wishes.contains(NotifyEvent.MESSAGE_NEW) || wishes.contains(NotifyEvent.MAILBOX_METADATA_CHANGE)) {
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
    void watch(Set<MailboxId> wanted) {
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

    @Override
    public void close() {
        treeWatch.close();
        watches.values().forEach(Watch::close);
        watches.clear();
    }
}
