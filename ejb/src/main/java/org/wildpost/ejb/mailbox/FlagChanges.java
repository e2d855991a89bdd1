// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.message.Flags;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.Advance;
import org.wildpost.persistence.mailbox.Allocation;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.message.LongColumn;
import org.wildpost.persistence.message.MessageChanges;
import org.wildpost.persistence.message.MessageState;

/**
 * STORE (RFC 9051 §6.4.6, RFC 7162 §3.1.3): one statement for all messages that get the same flags. A message whose flags are already as asked keeps its
 * MODSEQ.
 */
@Dependent
final class FlagChanges {
    private final Database database;
    private final MailboxEvents events;
    private final MailboxViews views;

    @Inject
    FlagChanges(Database database, MailboxEvents events, MailboxViews views) {
        this.database = database;
        this.events = events;
        this.views = views;
    }

    StoreResult store(MailboxRef mailbox, StoreRequest request) {
        return database.transaction(connection -> {
            Mailboxes mailboxes = new Mailboxes(connection);
            MailboxStatus locked =
                    mailboxes.lock(mailbox.account(), mailbox.mailbox().value()).get(mailbox.mailbox());
            if (locked == null) {
                return new StoreResult(List.of(), new long[0]);
            }
            MessageChanges messages = new MessageChanges(connection);
            Plan plan = new Plan(request);
            for (Changes.Changed state : states(mailbox, locked, messages, request.uids())) {
                plan.add(state);
            }
            if (plan.changing.isEmpty()) {
                return plan.result(0);
            }
            Allocation given = mailboxes.advance(mailbox.mailbox(), plan.advance);
            messages.setFlags(mailbox.mailbox(), plan.changes(), given.modSeq());
            StoreResult result = plan.result(given.modSeq());
            Changes change = plan.change(result, given.modSeq());
            events.publish(mailbox.mailbox(), () -> views.changed(mailbox, change));
            return result;
        });
    }

    /** From the view where it is of this moment, which saves reading the rows. */
    private List<Changes.Changed> states(MailboxRef mailbox, MailboxStatus locked, MessageChanges messages, long[] uids)
            throws SQLException {
        Optional<MailboxSnapshot> view = views.kept(mailbox, locked.highestModSeq());
        List<Changes.Changed> states = new ArrayList<>(uids.length);
        if (view.isPresent()) {
            MailboxSnapshot known = view.get();
            for (long uid : ascending(uids)) {
                int index = known.indexOf(uid);
                if (index >= 0) {
                    states.add(new Changes.Changed(uid, known.flags(index), known.modSeq(index)));
                }
            }
            return states;
        }
        for (MessageState state : messages.states(mailbox, uids)) {
            states.add(new Changes.Changed(state.uid(), state.flags(), state.modSeq()));
        }
        return states;
    }

    /** Each once. */
    static long[] ascending(long[] uids) {
        for (int i = 1; i < uids.length; i++) {
            if (uids[i] <= uids[i - 1]) {
                return Arrays.stream(uids).sorted().distinct().toArray();
            }
        }
        return uids;
    }

    /** What one request does; for one thread. */
    private static final class Plan {
        private final StoreRequest request;
        private final long limit;
        private final List<Changes.Changed> allowed = new ArrayList<>();
        private final LongColumn modified = new LongColumn();

        /** Few different ones among many messages, so that each is reckoned once. */
        private final Map<Flags, Flags> after = new HashMap<>();

        private final Map<Flags, LongColumn> changing = new HashMap<>();
        private Advance advance = Advance.NONE;

        Plan(StoreRequest request) {
            this.request = request;
            this.limit = request.unchangedSince().orElse(Long.MAX_VALUE);
        }

        void add(Changes.Changed state) {
            if (state.modSeq() > limit) {
                modified.add(state.uid());
                return;
            }
            allowed.add(state);
            Flags next = after(state.flags());
            if (!next.equals(state.flags())) {
                changing.computeIfAbsent(next, flags -> new LongColumn()).add(state.uid());
                advance = advance.plus(Advance.reflagged(state.flags().system(), next.system()));
            }
        }

        private Flags after(Flags before) {
            return after.computeIfAbsent(before, flags -> apply(flags, request));
        }

        Map<Flags, long[]> changes() {
            Map<Flags, long[]> arrays = new HashMap<>();
            changing.forEach((flags, uids) -> arrays.put(flags, uids.toArray()));
            return arrays;
        }

        StoreResult result(long modSeq) {
            List<Changes.Changed> messages = new ArrayList<>(allowed.size());
            for (Changes.Changed state : allowed) {
                Flags next = after(state.flags());
                messages.add(next.equals(state.flags()) ? state : new Changes.Changed(state.uid(), next, modSeq));
            }
            return new StoreResult(messages, modified.toArray());
        }

        /** Only those that are different now. */
        Changes change(StoreResult result, long modSeq) {
            List<Changes.Changed> changed = result.messages().stream()
                    .filter(message -> message.modSeq() == modSeq)
                    .toList();
            return new Changes(true, true, modSeq, 0, changed, new long[0]);
        }
    }

    /** The flags that a message has after the change; a keyword keeps the case that it has. */
    static Flags apply(Flags before, StoreRequest request) {
        Flags asked = request.flags();
        return switch (request.mode()) {
            case REPLACE -> asked;
            case ADD -> {
                List<String> keywords = new ArrayList<>(before.keywords());
                keywords.addAll(asked.keywords());
                yield new Flags(before.system() | asked.system(), keywords);
            }
            case REMOVE ->
                new Flags(
                        before.system() & ~asked.system(),
                        before.keywords().stream()
                                .filter(keyword -> !asked.has(keyword))
                                .toList());
        };
    }
}
