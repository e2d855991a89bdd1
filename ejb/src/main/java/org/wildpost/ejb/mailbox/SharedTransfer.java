// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.wildpost.core.acl.FlagRights;
import org.wildpost.core.acl.Right;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.CopyResult;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.persistence.acl.ReaderSeen;
import org.wildpost.persistence.acl.SharedRow;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.Advance;
import org.wildpost.persistence.mailbox.Allocation;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.message.MessageChanges;
import org.wildpost.persistence.message.MessageState;
import org.wildpost.persistence.message.SharedCopies;

/**
 * COPY and MOVE from or to another's mailbox (RFC 4314 §4). A copy in the reader's own mailbox has the flags that the reader saw; one in another's has those
 * that the reader may give, and {@code \Seen} for the reader alone. What a move takes out of its owner's mailboxes can be restored there.
 */
@Dependent
final class SharedTransfer {
    private static final int ALL_FLAGS = ~0;

    private final Database database;
    private final MailboxEvents events;
    private final Ids ids;
    private final Retention retention;
    private final Quotas quotas;

    @Inject
    SharedTransfer(Database database, MailboxEvents events, Ids ids, Retention retention, Quotas quotas) {
        this.database = database;
        this.events = events;
        this.ids = ids;
        this.retention = retention;
        this.quotas = quotas;
    }

    /**
     * Copies messages, all or none; both mailboxes were found to be open to the reader.
     *
     * @param moves whether they are removed from where they were
     */
    CopyResult transfer(MailboxRef source, long[] uids, SharedRow target, boolean moves) {
        return database.transaction(connection -> {
            Mailboxes mailboxes = new Mailboxes(connection);
            MailboxId into = target.status().id();
            Map<MailboxId, MailboxStatus> locked =
                    mailboxes.lockAny(source.mailbox().value(), into.value());
            if (!locked.containsKey(into)) {
                return new CopyResult.NoSuchMailbox();
            }
            List<MessageState> seen = new MessageChanges(connection).states(source, uids);
            if (seen.isEmpty() || !locked.containsKey(source.mailbox())) {
                return new CopyResult.Copied(target.status().uidValidity(), new long[0], new long[0]);
            }
            boolean staysWithOwner = target.owner().equals(source.account());
            long size = seen.stream().mapToLong(MessageState::size).sum();
            boolean isMore = !moves || !staysWithOwner;
            if (isMore && !quotas.admits(connection, target.owner(), new QuotaAmount(size, seen.size()))) {
                return new CopyResult.OverQuota();
            }
            long[] copied = seen.stream().mapToLong(MessageState::uid).toArray();
            Allocation given = copy(connection, source, seen, target);
            if (moves) {
                new MessageChanges(connection).expunge(source.mailbox(), copied, !staysWithOwner && retention.keeps());
                events.publish(source.mailbox());
            }
            events.publish(into);
            return new CopyResult.Copied(
                    given.uidValidity(),
                    copied,
                    LongStream.range(given.firstUid(), given.firstUid() + copied.length)
                            .toArray());
        });
    }

    private Allocation copy(Connection connection, MailboxRef source, List<MessageState> seen, SharedRow target)
            throws SQLException {
        boolean own = target.owner().equals(source.reader());
        int everybodys = FlagRights.systemMask(target.rights()) & ~SystemFlag.SEEN.bit();
        // Within the mailboxes of one owner the owner's mark goes with the message.
        int owners = target.owner().equals(source.account()) ? SystemFlag.SEEN.bit() : 0;
        int mask = own ? ALL_FLAGS : everybodys | owners;
        MailboxRef from = own ? source : source.owners();
        long[] uids = seen.stream().mapToLong(MessageState::uid).toArray();
        Advance advance = new MessageChanges(connection)
                .states(from, uids).stream()
                        .map(state -> Advance.added(state.flags().system() & mask, state.size()))
                        .reduce(Advance.NONE, Advance::plus);
        Allocation given = new Mailboxes(connection).advance(target.status().id(), advance);
        boolean keywords = own || target.has(Right.WRITE);
        new SharedCopies(connection)
                .copy(
                        from,
                        uids,
                        new SharedCopies.Target(target.owner(), target.status().id(), mask, keywords),
                        given,
                        ids.messages());
        if (!own && target.has(Right.SEEN)) {
            long[] marked = LongStream.range(0, uids.length)
                    .filter(i -> seen.get((int) i).flags().has(SystemFlag.SEEN))
                    .map(i -> given.firstUid() + i)
                    .toArray();
            if (marked.length > 0) {
                new ReaderSeen(connection).mark(target.ref(source.reader()), marked, true, given.modSeq());
            }
        }
        return given;
    }
}
