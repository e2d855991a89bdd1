// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wildpost.core.acl.FlagRights;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.persistence.acl.ReaderSeen;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.Advance;
import org.wildpost.persistence.mailbox.Allocation;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.message.LongColumn;
import org.wildpost.persistence.message.MessageChanges;
import org.wildpost.persistence.message.MessageState;

/**
 * STORE by somebody who is not the owner: {@code \Seen} is kept for that account alone, the other flags are everybody's, and what it has no right to is left
 * as it is (RFC 4314 §4).
 */
@Dependent
final class SharedFlags {
    private final Database database;
    private final MailboxEvents events;

    @Inject
    SharedFlags(Database database, MailboxEvents events) {
        this.database = database;
        this.events = events;
    }

    StoreResult store(MailboxRef mailbox, StoreRequest request, Rights rights) {
        return database.transaction(connection -> {
            Mailboxes mailboxes = new Mailboxes(connection);
            if (mailboxes.lock(mailbox.account(), mailbox.mailbox().value()).isEmpty()) {
                return new StoreResult(List.of(), new long[0]);
            }
            MessageChanges messages = new MessageChanges(connection);
            Plan plan = new Plan(request, rights);
            messages.states(mailbox, request.uids()).forEach(plan::add);
            if (!plan.changesSomething()) {
                return plan.result(0);
            }
            Allocation given = mailboxes.advance(mailbox.mailbox(), plan.advance);
            if (!plan.flags.isEmpty()) {
                Map<Flags, long[]> flags = new HashMap<>();
                plan.flags.forEach((after, uids) -> flags.put(after, uids.toArray()));
                messages.setFlagsOfAll(mailbox.mailbox(), flags, given.modSeq());
            }
            ReaderSeen marks = new ReaderSeen(connection);
            mark(marks, mailbox, plan.seen.toArray(), true, given.modSeq());
            mark(marks, mailbox, plan.unseen.toArray(), false, given.modSeq());
            events.publish(mailbox.mailbox());
            return plan.result(given.modSeq());
        });
    }

    private static void mark(ReaderSeen marks, MailboxRef mailbox, long[] uids, boolean seen, long modSeq)
            throws SQLException {
        if (uids.length > 0) {
            marks.mark(mailbox, uids, seen, modSeq);
        }
    }

    /** What one request does; for one thread. */
    private static final class Plan {
        private final StoreRequest request;
        private final Rights rights;
        /** The MODSEQ of those that change, until it is known. */
        private static final long COMING = -1;

        private final List<Changes.Changed> allowed = new ArrayList<>();
        private final LongColumn modified = new LongColumn();
        private final Map<Flags, LongColumn> flags = new HashMap<>();
        private final LongColumn seen = new LongColumn();
        private final LongColumn unseen = new LongColumn();
        private Advance advance = Advance.NONE;

        Plan(StoreRequest request, Rights rights) {
            this.request = request;
            this.rights = rights;
        }

        void add(MessageState state) {
            if (state.modSeq() > request.unchangedSince().orElse(Long.MAX_VALUE)) {
                modified.add(state.uid());
                return;
            }
            Flags before = state.flags();
            Flags after = FlagRights.changed(before, FlagChanges.apply(before, request), rights);
            if (after.equals(before)) {
                allowed.add(new Changes.Changed(state.uid(), before, state.modSeq()));
                return;
            }
            allowed.add(new Changes.Changed(state.uid(), after, COMING));
            if (before.has(SystemFlag.SEEN) != after.has(SystemFlag.SEEN)) {
                (after.has(SystemFlag.SEEN) ? seen : unseen).add(state.uid());
            }
            Flags everybodys = withSeen(after);
            if (!everybodys.equals(withSeen(before))) {
                flags.computeIfAbsent(after, same -> new LongColumn()).add(state.uid());
                advance = advance.plus(Advance.reflagged(withSeen(before).system(), everybodys.system()));
            }
        }

        /** So that the reader's own {@code \Seen} makes no difference. */
        private static Flags withSeen(Flags flags) {
            return new Flags(flags.system() | SystemFlag.SEEN.bit(), flags.keywords());
        }

        boolean changesSomething() {
            return allowed.stream().anyMatch(state -> state.modSeq() == COMING);
        }

        StoreResult result(long modSeq) {
            List<Changes.Changed> messages = allowed.stream()
                    .map(state ->
                            state.modSeq() == COMING ? new Changes.Changed(state.uid(), state.flags(), modSeq) : state)
                    .toList();
            return new StoreResult(messages, modified.toArray());
        }
    }
}
