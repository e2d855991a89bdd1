// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.persistence.blob.PostgresBlobs;
import org.wildpost.persistence.jdbc.IdBlocks;
import org.wildpost.persistence.mailbox.Advance;
import org.wildpost.persistence.mailbox.Allocation;
import org.wildpost.persistence.mailbox.MailboxKey;
import org.wildpost.persistence.mailbox.Mailboxes;

/** Adds many messages to one mailbox in the transaction of its connection. As safe for threads as that. */
public final class BulkAppends {
    /** Rows that are sent together. */
    private static final int BATCH = 100;

    private final Connection connection;
    private final IdBlocks blobIds;
    private final IdBlocks messageIds;

    /** One of the messages. */
    public record Item(SpooledMessage message, NewMessage target) {}

    /** Makes what is kept of a message beside its bytes; asked when its row is written, so that only one batch of answers is in memory. */
    @FunctionalInterface
    public interface Indexing {
        MessageContent index(SpooledMessage message) throws IOException;
    }

    public BulkAppends(Connection connection, IdBlocks blobIds, IdBlocks messageIds) {
        this.connection = connection;
        this.blobIds = blobIds;
        this.messageIds = messageIds;
    }

    /**
     * Adds messages, all of which have the given mailbox as their target. The bytes are written before it is locked.
     *
     * @return where the first is, the others behind it without a gap; empty when there is no such mailbox
     */
    public Optional<Placed> append(MailboxKey mailbox, List<Item> items, Indexing indexing)
            throws SQLException, IOException {
        long[] blobs = blobIds.next(connection, items.size());
        long[] ids = messageIds.next(connection, items.size());
        PostgresBlobs store = new PostgresBlobs(connection);
        Advance advance = Advance.NONE;
        for (int i = 0; i < blobs.length; i++) {
            Item item = items.get(i);
            store.write(new BlobId(blobs[i]), item.message());
            advance = advance.plus(
                    Advance.added(item.target().flags().system(), item.message().size()));
        }
        Mailboxes mailboxes = new Mailboxes(connection);
        Map<MailboxKey, MailboxStatus> locked = mailboxes.lock(Set.of(mailbox));
        MailboxStatus status = locked.get(mailbox);
        if (status == null) {
            for (long blob : blobs) {
                store.delete(new BlobId(blob));
            }
            return Optional.empty();
        }
        Allocation given = mailboxes.advance(status.id(), advance);
        Placed first = new Placed(status.id(), given.uidValidity(), given.firstUid());
        insert(items, indexing, given, first, ids, blobs);
        return Optional.of(first);
    }

    private void insert(List<Item> items, Indexing indexing, Allocation given, Placed first, long[] ids, long[] blobs)
            throws SQLException, IOException {
        try (PreparedStatement statement = connection.prepareStatement(MessageAppends.INSERT)) {
            for (int i = 0; i < ids.length; i++) {
                Item item = items.get(i);
                Placed place = new Placed(first.mailbox(), first.uidValidity(), first.uid() + i);
                MessageContent content = indexing.index(item.message());
                BlobId blob = new BlobId(blobs[i]);
                MessageAppends.bind(statement, content, item.target(), place, given.modSeq(), ids[i], blob);
                statement.addBatch();
                if ((i + 1) % BATCH == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
    }
}
