// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.persistence.acl.ReaderSeen;
import org.wildpost.persistence.acl.ReaderSeen.Seen;
import org.wildpost.persistence.jdbc.Database;

/**
 * How many messages of others' mailboxes an account has seen. It is counted once; then it is remembered which these are, and only what happened since is looked
 * at, so that what many hear of a large mailbox does not have it counted by each of them each time. Safe for all threads.
 */
@ApplicationScoped
public class ReaderCounts {
    /** What is remembered at most, in octets. */
    static final long LIMIT = 32L * 1024 * 1024;

    /** What one mailbox of one reader takes beside its UIDs. */
    private static final int OVERHEAD = 200;

    @Inject
    Database database;

    @Inject
    MailboxEvents events;

    long limit = LIMIT;

    private final Map<Key, Seen> remembered = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    private record Key(AccountId reader, MailboxId mailbox) {}

    /**
     * How many messages the reader has seen in each of these mailboxes.
     *
     * @param mailboxes as they were read just now: of those that did not change since they were counted nothing is asked
     */
    Map<MailboxId, Long> seen(AccountId reader, List<MailboxStatus> mailboxes) {
        Map<MailboxId, Seen> found = new HashMap<>();
        Map<MailboxId, Seen> before = new HashMap<>();
        List<MailboxId> unknown = new ArrayList<>();
        for (MailboxStatus mailbox : mailboxes) {
            Seen known = known(new Key(reader, mailbox.id()));
            if (known == null) {
                unknown.add(mailbox.id());
            } else if (known.modSeq() >= mailbox.highestModSeq()) {
                found.put(mailbox.id(), known);
            } else {
                before.put(mailbox.id(), known);
            }
        }
        if (!before.isEmpty()) {
            Map<MailboxId, Seen> now =
                    database.statement(connection -> new ReaderSeen(connection).since(reader, before));
            before.keySet().stream().filter(id -> !now.containsKey(id)).forEach(unknown::add);
            found.putAll(now);
        }
        if (!unknown.isEmpty()) {
            found.putAll(database.statement(connection -> new ReaderSeen(connection).seen(reader, unknown)));
        }
        found.forEach((mailbox, seen) -> remember(new Key(reader, mailbox), seen));
        Map<MailboxId, Long> counts = new HashMap<>();
        found.forEach((id, seen) -> counts.put(id, seen.uids().count()));
        return counts;
    }

    /** In a transaction nothing is known, and nothing is remembered of what nobody else sees yet. */
    private @Nullable Seen known(Key key) {
        if (events.inTransaction()) {
            return null;
        }
        synchronized (remembered) {
            return remembered.get(key);
        }
    }

    private void remember(Key key, Seen seen) {
        if (events.inTransaction()) {
            return;
        }
        synchronized (remembered) {
            Seen before = remembered.get(key);
            if (before != null && before.modSeq() >= seen.modSeq()) {
                return;
            }
            remembered.put(key, seen);
            weight += weight(seen) - (before == null ? 0 : weight(before));
            Iterator<Seen> eldest = remembered.values().iterator();
            while (weight > limit && eldest.hasNext()) {
                weight -= weight(eldest.next());
                eldest.remove();
            }
        }
    }

    private static long weight(Seen seen) {
        return (long) OVERHEAD + seen.uids().weight();
    }

    /** How many mailboxes of readers are remembered. */
    int size() {
        synchronized (remembered) {
            return remembered.size();
        }
    }
}
