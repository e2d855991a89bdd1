// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.message.Flags;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.Advance;
import org.wildpost.persistence.mailbox.Allocation;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.message.MessageChanges;
import org.wildpost.persistence.message.MessageState;

/** STORE (RFC 9051 §6.4.6, RFC 7162 §3.1.3). A message whose flags are already as asked keeps its MODSEQ. */
@Dependent
final class FlagChanges {
    private final Database database;
    private final MailboxEvents events;

    @Inject
    FlagChanges(Database database, MailboxEvents events) {
        this.database = database;
        this.events = events;
    }

    StoreResult store(MailboxRef mailbox, StoreRequest request) {
        return database.transaction(connection -> {
            Mailboxes mailboxes = new Mailboxes(connection);
            if (mailboxes.lock(mailbox.account(), mailbox.mailbox().value()).isEmpty()) {
                return new StoreResult(List.of(), new long[0]);
            }
            MessageChanges messages = new MessageChanges(connection);
            long limit = request.unchangedSince().orElse(Long.MAX_VALUE);
            List<MessageState> states = messages.states(mailbox, request.uids());
            List<MessageState> allowed =
                    states.stream().filter(state -> state.modSeq() <= limit).toList();
            long[] modified = states.stream()
                    .filter(state -> state.modSeq() > limit)
                    .mapToLong(MessageState::uid)
                    .toArray();
            Map<Flags, List<Long>> changing = new LinkedHashMap<>();
            Advance advance = Advance.NONE;
            for (MessageState state : allowed) {
                Flags after = apply(state.flags(), request);
                if (!after.equals(state.flags())) {
                    changing.computeIfAbsent(after, flags -> new ArrayList<>()).add(state.uid());
                    advance = advance.plus(Advance.reflagged(state.flags().system(), after.system()));
                }
            }
            if (changing.isEmpty()) {
                return new StoreResult(
                        allowed.stream()
                                .map(state -> new Changes.Changed(state.uid(), state.flags(), state.modSeq()))
                                .toList(),
                        modified);
            }
            Allocation given = mailboxes.advance(mailbox.mailbox(), advance);
            messages.setFlags(mailbox.mailbox(), arrays(changing), given.modSeq());
            events.publish(mailbox.mailbox());
            return new StoreResult(
                    allowed.stream()
                            .map(state -> after(state, request, given.modSeq()))
                            .toList(),
                    modified);
        });
    }

    private static Changes.Changed after(MessageState state, StoreRequest request, long modSeq) {
        Flags after = apply(state.flags(), request);
        return new Changes.Changed(state.uid(), after, after.equals(state.flags()) ? state.modSeq() : modSeq);
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

    private static Map<Flags, long[]> arrays(Map<Flags, List<Long>> lists) {
        Map<Flags, long[]> arrays = new LinkedHashMap<>();
        lists.forEach((flags, uids) ->
                arrays.put(flags, uids.stream().mapToLong(Long::longValue).toArray()));
        return arrays;
    }
}
