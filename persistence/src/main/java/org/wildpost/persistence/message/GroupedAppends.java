// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.persistence.blob.PostgresBlobs;
import org.wildpost.persistence.jdbc.IdBlocks;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.Advance;
import org.wildpost.persistence.mailbox.MailboxKey;
import org.wildpost.persistence.mailbox.Mailboxes;

/**
 * Adds several small messages to one mailbox by one statement, which needs no transaction around it: all of them or none, and one commit for all. As safe for
 * threads as its connection.
 */
public final class GroupedAppends {
    /** Messages of one statement: it has a text for each number of them, and the database keeps a plan for each text. */
    public static final int MOST = 8;

    private static final String ROW = "(%d, ?::bigint, ?::bigint, ?::bytea, ?::bytea, ?::bigint, ?::bytea, ?::bigint,"
            + " ?::timestamptz, ?::timestamptz, ?::integer, ?::text[], ?::bytea, ?::bytea, ?::text, ?::text)";

    // As for one message: the bytes are written before the mailbox is locked, and the lock lives until the commit right
    // behind.
    private static final String TEXT =
            "with g (n, blob_id, octets, sha256, data, id, prefix, size, internal_date, sent_date, flags, keywords,"
                    + " envelope, structure, subject, preview) as (values %s),"
                    + " b as (insert into blob (id, size, sha256, data)"
                    + " select blob_id, octets, sha256, data from g returning id),"
                    + " m as (" + Mailboxes.ADVANCE
                    + " from (values (?::bigint, ?::bigint, ?::bigint, ?::bigint, ?::bigint))"
                    + " as d (add_uids, add_messages, add_unseen, add_deleted, add_size)"
                    + " where mailbox.account_id = ? and mailbox.name = ? and (select count(*) from b) > 0"
                    + " returning mailbox.id, mailbox.uid_validity, mailbox.uid_next - d.add_uids as first_uid,"
                    + " mailbox.highest_modseq),"
                    + " c as (" + MessageAppends.CONTENT
                    + " select g.blob_id, g.id, g.prefix, g.envelope, g.structure, g.subject, g.preview from m cross join g)"
                    + " insert into message " + MessageAppends.COLUMNS
                    + " select m.id, m.first_uid + g.n, m.highest_modseq, ?::bigint, g.id, g.id, g.blob_id, g.size,"
                    + " g.internal_date, g.sent_date, g.flags, g.keywords"
                    + " from m cross join g returning mailbox_id, uid, (select m.uid_validity from m)";

    private static final List<String> TEXTS =
            IntStream.rangeClosed(0, MOST).mapToObj(GroupedAppends::text).toList();

    private final Connection connection;
    private final IdBlocks blobIds;
    private final IdBlocks messageIds;

    public GroupedAppends(Connection connection, IdBlocks blobIds, IdBlocks messageIds) {
        this.connection = connection;
        this.blobIds = blobIds;
        this.messageIds = messageIds;
    }

    /** One of the messages. */
    public record Item(MessageContent content, NewMessage target) {}

    private static String text(int messages) {
        return TEXT.formatted(
                IntStream.range(0, messages).mapToObj(ROW::formatted).collect(Collectors.joining(", ")));
    }

    /**
     * Adds messages that are all small enough ({@link MessageAppends#isOneStatement}), at most {@link #MOST}, all with the given mailbox as their target.
     *
     * @return where each is; each empty when there is no such mailbox
     */
    public List<Optional<Placed>> append(MailboxKey mailbox, List<Item> items) throws SQLException, IOException {
        long[] blobs = blobIds.next(connection, items.size());
        long[] ids = messageIds.next(connection, items.size());
        List<@Nullable Object> parameters = new ArrayList<>();
        Advance advance = Advance.NONE;
        for (int i = 0; i < blobs.length; i++) {
            Item item = items.get(i);
            long size = item.target().prefix().length + item.content().message().size();
            advance = advance.plus(Advance.added(item.target().flags().system(), size));
            parameters.addAll(row(item, blobs[i], ids[i], size));
        }
        Collections.addAll(
                parameters,
                advance.uids(),
                advance.messages(),
                advance.unseen(),
                advance.deleted(),
                advance.size(),
                mailbox.account().value(),
                mailbox.name().value(),
                mailbox.account().value());
        List<Placed> placed = new ArrayList<>(Sql.list(
                connection,
                TEXTS.get(blobs.length),
                row -> new Placed(new MailboxId(row.getLong(1)), row.getLong(3), row.getLong(2)),
                parameters.toArray()));
        if (placed.isEmpty()) {
            for (long blob : blobs) {
                new PostgresBlobs(connection).delete(new BlobId(blob));
            }
            return Collections.nCopies(blobs.length, Optional.empty());
        }
        // A statement gives its rows in no order, but the UIDs are those of the messages in theirs.
        placed.sort(java.util.Comparator.comparingLong(Placed::uid));
        return placed.stream().map(Optional::of).toList();
    }

    private static List<@Nullable Object> row(Item item, long blob, long id, long size) throws IOException {
        MessageContent content = item.content();
        NewMessage target = item.target();
        try (InputStream in = content.message().open()) {
            return Arrays.asList(
                    blob,
                    content.message().size(),
                    content.message().sha256(),
                    in.readAllBytes(),
                    id,
                    target.prefix(),
                    size,
                    target.internalDate(),
                    content.sentDate(),
                    target.flags().system(),
                    target.flags().keywords().toArray(String[]::new),
                    content.envelope(),
                    content.structure(),
                    Sql.storable(content.subject()),
                    Sql.storable(content.preview()));
        }
    }
}
