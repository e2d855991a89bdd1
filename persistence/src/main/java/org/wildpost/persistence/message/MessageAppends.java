// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.persistence.blob.PostgresBlobs;
import org.wildpost.persistence.jdbc.IdBlocks;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.Advance;
import org.wildpost.persistence.mailbox.Allocation;
import org.wildpost.persistence.mailbox.MailboxKey;
import org.wildpost.persistence.mailbox.Mailboxes;

/** Adds messages: the hottest path of the store. As safe for threads as its connection; the id blocks are shared by all. */
public final class MessageAppends {
    static final String COLUMNS =
            "(mailbox_id, uid, modseq, account_id, id, email_id, blob_id, size, internal_date, sent_date, flags, keywords)";

    static final String CONTENT =
            "insert into content (blob_id, email_id, prefix, envelope, structure, subject, preview)";

    // One statement, one round trip. The blob is written before the mailbox row is locked; the lock lives until the
    // commit right behind.
    private static final String APPEND_ONE =
            "with b as (insert into blob (id, size, sha256, data) values (?, ?, ?, ?) returning id),"
                    + " m as (" + Mailboxes.ADVANCE
                    + " from (values (1::bigint, 1::bigint, ?::bigint, ?::bigint, ?::bigint))"
                    + " as d (add_uids, add_messages, add_unseen, add_deleted, add_size)"
                    + " where mailbox.account_id = ? and mailbox.name = ? and exists (select 1 from b)"
                    + " returning mailbox.id, mailbox.uid_validity, mailbox.uid_next - 1 as uid, mailbox.highest_modseq),"
                    + " c as (" + CONTENT
                    + " select ?::bigint, ?::bigint, ?::bytea, ?::bytea, ?::bytea, ?::text, ?::text from m)"
                    + " insert into message " + COLUMNS
                    + " select m.id, m.uid, m.highest_modseq, ?::bigint, ?::bigint, ?::bigint, ?::bigint, ?::bigint,"
                    + " ?::timestamptz, ?::timestamptz, ?::integer, ?::text[] from m"
                    + " returning mailbox_id, uid, (select m.uid_validity from m)";

    static final String INSERT = "with c as (" + CONTENT + " values (?, ?, ?, ?, ?, ?, ?))" + " insert into message "
            + COLUMNS + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** What else is written with a message: in the same transaction, after its bytes and before any mailbox is locked. */
    @FunctionalInterface
    public interface Alongside {
        /** Nothing else. */
        Alongside NOTHING = (connection, blob) -> {};

        /** Writes; may refer to the blob, which then stays although no mailbox has it. */
        void write(Connection connection, BlobId blob) throws SQLException, IOException;
    }

    private final Connection connection;
    private final IdBlocks blobIds;
    private final IdBlocks messageIds;

    public MessageAppends(Connection connection, IdBlocks blobIds, IdBlocks messageIds) {
        this.connection = connection;
        this.blobIds = blobIds;
        this.messageIds = messageIds;
    }

    /** Whether {@link #appendOne} may be asked, which needs no transaction around it. */
    public static boolean isOneStatement(MessageContent content) {
        return PostgresBlobs.fitsOneRow(content.message());
    }

    /** Adds a small message to one mailbox; empty when there is no such mailbox. */
    public Optional<Placed> appendOne(MessageContent content, NewMessage target) throws SQLException, IOException {
        BlobId blob = new BlobId(blobIds.next(connection));
        long id = messageIds.next(connection);
        long size = target.prefix().length + content.message().size();
        Advance advance = Advance.added(target.flags().system(), size);
        Optional<Placed> placed;
        try (InputStream in = content.message().open()) {
            placed = Sql.first(
                    connection,
                    APPEND_ONE,
                    row -> new Placed(new MailboxId(row.getLong(1)), row.getLong(3), row.getLong(2)),
                    blob.value(),
                    content.message().size(),
                    content.message().sha256(),
                    in.readAllBytes(),
                    advance.unseen(),
                    advance.deleted(),
                    advance.size(),
                    target.mailbox().account().value(),
                    target.mailbox().name().value(),
                    blob.value(),
                    id,
                    target.prefix(),
                    content.envelope(),
                    content.structure(),
                    Sql.storable(content.subject()),
                    Sql.storable(content.preview()),
                    target.mailbox().account().value(),
                    id,
                    id,
                    blob.value(),
                    size,
                    target.internalDate(),
                    content.sentDate(),
                    target.flags().system(),
                    target.flags().keywords().toArray(String[]::new));
        }
        if (placed.isEmpty()) {
            new PostgresBlobs(connection).delete(blob);
        }
        return placed;
    }

    /**
     * Adds a message to several mailboxes, the same one more than once if asked, in the transaction of the connection. The bytes are written before
     * any mailbox is locked.
     *
     * @return where each is, at the index of its target; empty when there is no such mailbox
     */
    public List<Optional<Placed>> append(MessageContent content, List<NewMessage> targets)
            throws SQLException, IOException {
        return append(content, targets, Alongside.NOTHING);
    }

    /** Adds a message to several mailboxes, perhaps none, and writes something else with it. */
    public List<Optional<Placed>> append(MessageContent content, List<NewMessage> targets, Alongside also)
            throws SQLException, IOException {
        BlobId blob = new BlobId(blobIds.next(connection));
        long[] ids = messageIds.next(connection, targets.size());
        PostgresBlobs blobs = new PostgresBlobs(connection);
        blobs.write(blob, content.message());
        also.write(connection, blob);
        if (targets.isEmpty()) {
            return List.of();
        }
        Mailboxes mailboxes = new Mailboxes(connection);
        Set<MailboxKey> keys = new LinkedHashSet<>();
        targets.forEach(target -> keys.add(target.mailbox()));
        Map<MailboxKey, MailboxStatus> locked = mailboxes.lock(keys);
        if (locked.isEmpty() && also.equals(Alongside.NOTHING)) {
            blobs.delete(blob);
        }
        Map<MailboxId, Advance> advances = new LinkedHashMap<>();
        for (NewMessage target : targets) {
            MailboxStatus mailbox = locked.get(target.mailbox());
            if (mailbox != null) {
                long size = target.prefix().length + content.message().size();
                advances.merge(mailbox.id(), Advance.added(target.flags().system(), size), Advance::plus);
            }
        }
        return insert(content, targets, blob, ids, locked, mailboxes.advance(advances));
    }

    private List<Optional<Placed>> insert(
            MessageContent content,
            List<NewMessage> targets,
            BlobId blob,
            long[] ids,
            Map<MailboxKey, MailboxStatus> locked,
            Map<MailboxId, Allocation> allocations)
            throws SQLException {
        List<Optional<Placed>> placed = new ArrayList<>();
        Map<MailboxId, Long> nextUids = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < ids.length; i++) {
                NewMessage target = targets.get(i);
                MailboxStatus mailbox = locked.get(target.mailbox());
                Allocation given = mailbox == null ? null : allocations.get(mailbox.id());
                if (mailbox == null || given == null) {
                    placed.add(Optional.empty());
                    continue;
                }
                long uid = nextUids.merge(mailbox.id(), given.firstUid(), (next, first) -> next + 1);
                Placed place = new Placed(mailbox.id(), given.uidValidity(), uid);
                placed.add(Optional.of(place));
                bind(statement, content, target, place, given.modSeq(), ids[i], blob);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return placed;
    }

    /** Binds a row for {@link #INSERT}. */
    static void bind(
            PreparedStatement statement,
            MessageContent content,
            NewMessage target,
            Placed place,
            long modSeq,
            long id,
            BlobId blob)
            throws SQLException {
        Sql.bind(
                statement,
                blob.value(),
                id,
                target.prefix(),
                content.envelope(),
                content.structure(),
                Sql.storable(content.subject()),
                Sql.storable(content.preview()),
                place.mailbox().value(),
                place.uid(),
                modSeq,
                target.mailbox().account().value(),
                id,
                id,
                blob.value(),
                target.prefix().length + content.message().size(),
                target.internalDate(),
                content.sentDate(),
                target.flags().system(),
                target.flags().keywords().toArray(String[]::new));
    }
}
