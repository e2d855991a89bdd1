// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.CopyResult;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.Advance;
import org.wildpost.persistence.mailbox.Allocation;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.message.MessageChanges;
import org.wildpost.persistence.message.MessageState;

/** Messages that come into a mailbox from another, or leave one. Both mailboxes are locked, in ascending order of id. */
@Dependent
final class MessageTransfer {
    private final Database database;
    private final MailboxEvents events;
    private final MailboxViews views;
    private final Ids ids;
    private final Retention retention;
    private final Quotas quotas;

    @Inject
    MessageTransfer(
            Database database, MailboxEvents events, MailboxViews views, Ids ids, Retention retention, Quotas quotas) {
        this.database = database;
        this.events = events;
        this.views = views;
        this.ids = ids;
        this.retention = retention;
        this.quotas = quotas;
    }

    CopyResult copy(MailboxRef source, long[] uids, MailboxName target) {
        return database.transaction(connection -> {
            Optional<MailboxStatus> found = new Mailboxes(connection).find(source.account(), target);
            if (found.isEmpty()) {
                return new CopyResult.NoSuchMailbox();
            }
            return copy(connection, source, uids, found.get().id());
        });
    }

    private CopyResult copy(Connection connection, MailboxRef source, long[] uids, MailboxId target)
            throws SQLException {
        Mailboxes mailboxes = new Mailboxes(connection);
        Map<MailboxId, MailboxStatus> locked = lock(mailboxes, source, target);
        MailboxStatus into = locked.get(target);
        if (into == null) {
            return new CopyResult.NoSuchMailbox();
        }
        MessageChanges changes = new MessageChanges(connection);
        if (!locked.containsKey(source.mailbox())) {
            return new CopyResult.Copied(into.uidValidity(), new long[0], new long[0]);
        }
        Advance advance = changes.counted(source, uids).withUids();
        long[] existing =
                advance.messages() == uids.length ? FlagChanges.ascending(uids) : uids(changes.states(source, uids));
        if (existing.length == 0) {
            return new CopyResult.Copied(into.uidValidity(), existing, existing);
        }
        if (!quotas.admits(connection, source.account(), new QuotaAmount(advance.size(), advance.messages()))) {
            return new CopyResult.OverQuota();
        }
        Allocation given = mailboxes.advance(target, advance);
        changes.copy(source, existing, target, given, ids.messages());
        events.publish(target);
        return copied(existing, given);
    }

    CopyResult move(MailboxRef source, long[] uids, MailboxName target) {
        return database.transaction(connection -> {
            Mailboxes mailboxes = new Mailboxes(connection);
            Optional<MailboxStatus> found = mailboxes.find(source.account(), target);
            if (found.isEmpty()) {
                return new CopyResult.NoSuchMailbox();
            }
            MailboxId id = found.get().id();
            Map<MailboxId, MailboxStatus> locked = lock(mailboxes, source, id);
            MailboxStatus into = locked.get(id);
            if (into == null) {
                return new CopyResult.NoSuchMailbox();
            }
            List<MessageState> states = locked.containsKey(source.mailbox())
                    ? new MessageChanges(connection).states(source, uids)
                    : List.of();
            if (states.isEmpty()) {
                return new CopyResult.Copied(into.uidValidity(), new long[0], new long[0]);
            }
            return copied(uids(states), move(connection, source, states, id));
        });
    }

    /** Moves all messages within the connection's transaction, as renaming INBOX does. */
    void moveAll(Connection connection, MailboxRef source, MailboxId target) throws SQLException {
        lock(new Mailboxes(connection), source, target);
        List<MessageState> states = new MessageChanges(connection).states(source, false);
        if (!states.isEmpty()) {
            move(connection, source, states, target);
        }
    }

    private Allocation move(Connection connection, MailboxRef source, List<MessageState> states, MailboxId target)
            throws SQLException {
        Mailboxes mailboxes = new Mailboxes(connection);
        // Source first: when both are one mailbox, what arrives is newer than what left.
        Allocation left = mailboxes.advance(source.mailbox(), removed(states));
        Allocation given = mailboxes.advance(target, added(states));
        new MessageChanges(connection).move(source, uids(states), left.modSeq(), target, given);
        events.publish(source.mailbox());
        events.publish(target);
        return given;
    }

    long[] expunge(MailboxRef mailbox, Optional<long[]> uids) {
        return database.transaction(connection -> {
            Mailboxes mailboxes = new Mailboxes(connection);
            MailboxStatus locked =
                    mailboxes.lock(mailbox.account(), mailbox.mailbox().value()).get(mailbox.mailbox());
            if (locked == null || locked.deleted() == 0) {
                return new long[0];
            }
            MessageChanges changes = new MessageChanges(connection);
            long[] deleted = deleted(mailbox, locked, changes, uids);
            if (deleted.length > 0) {
                Allocation given = changes.expunge(mailbox.mailbox(), deleted, retention.keeps());
                Changes change = new Changes(true, true, given.modSeq(), locked.uidNext(), List.of(), deleted);
                events.publish(mailbox.mailbox(), () -> views.changed(mailbox, change));
            }
            return deleted;
        });
    }

    /** Ascending; from the view where it is of this moment, which saves reading the rows. */
    private long[] deleted(MailboxRef mailbox, MailboxStatus locked, MessageChanges changes, Optional<long[]> uids)
            throws SQLException {
        Optional<MailboxSnapshot> view = views.kept(mailbox, locked.highestModSeq());
        if (view.isPresent()) {
            MailboxSnapshot known = view.get();
            IntStream asked = uids.isPresent()
                    ? Arrays.stream(uids.get())
                            .sorted()
                            .distinct()
                            .mapToInt(known::indexOf)
                            .filter(index -> index >= 0)
                    : IntStream.range(0, known.size());
            return asked.filter(index -> known.flags(index).has(SystemFlag.DELETED))
                    .mapToLong(known::uid)
                    .toArray();
        }
        List<MessageState> states =
                uids.isPresent() ? changes.states(mailbox, uids.get()) : changes.states(mailbox, true);
        return states.stream()
                .filter(state -> state.flags().has(SystemFlag.DELETED))
                .mapToLong(MessageState::uid)
                .toArray();
    }

    private static Map<MailboxId, MailboxStatus> lock(Mailboxes mailboxes, MailboxRef source, MailboxId target)
            throws SQLException {
        return mailboxes.lock(source.account(), source.mailbox().value(), target.value());
    }

    private static Advance added(List<MessageState> states) {
        return states.stream()
                .map(state -> Advance.added(state.flags().system(), state.size()))
                .reduce(Advance.NONE, Advance::plus);
    }

    private static Advance removed(List<MessageState> states) {
        return states.stream()
                .map(state -> Advance.removed(state.flags().system(), state.size()))
                .reduce(Advance.NONE, Advance::plus);
    }

    private static long[] uids(List<MessageState> states) {
        return states.stream().mapToLong(MessageState::uid).toArray();
    }

    private static CopyResult copied(long[] sourceUids, Allocation given) {
        long[] targetUids = LongStream.range(given.firstUid(), given.firstUid() + sourceUids.length)
                .toArray();
        return new CopyResult.Copied(given.uidValidity(), sourceUids, targetUids);
    }
}
