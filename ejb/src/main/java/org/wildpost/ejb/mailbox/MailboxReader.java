// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.Vanished;
import org.wildpost.persistence.blob.PostgresBlobs;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.message.MessageBytes;
import org.wildpost.persistence.message.MessageHeads;
import org.wildpost.persistence.message.MessageReads;
import org.wildpost.persistence.message.MessageRow;
import org.wildpost.persistence.message.SnapshotReads;

/** What is read of a mailbox: its snapshot, its changes, rows and octets of its messages. */
@Dependent
final class MailboxReader {
    private final Database database;
    private final MailboxViews views;

    @Inject
    MailboxReader(Database database, MailboxViews views) {
        this.database = database;
        this.views = views;
    }

    /** The mark of recent messages is taken first: what comes later is recent to us and to the next. */
    OpenResult open(AccountId account, MailboxName name, boolean readOnly) {
        Optional<MailboxStatus> found = database.statement(connection -> new Mailboxes(connection).find(account, name));
        if (found.isEmpty()) {
            return new OpenResult.NoSuchMailbox();
        }
        MailboxStatus status = found.get();
        boolean takes = !readOnly && status.recentFrom() < status.uidNext();
        OptionalLong taken = takes
                ? database.statement(connection -> new Mailboxes(connection).takeRecent(status.id()))
                : OptionalLong.empty();
        long firstRecent = taken.orElse(readOnly ? status.recentFrom() : status.uidNext());
        MailboxRef mailbox = new MailboxRef(account, status.id());
        return views.current(mailbox)
                .<OpenResult>map(snapshot -> new OpenResult.Opened(mailbox, status, snapshot, firstRecent))
                .orElseGet(OpenResult.NoSuchMailbox::new);
    }

    Optional<MailboxSnapshot> view(MailboxRef mailbox) {
        return views.current(mailbox);
    }

    Changes changes(MailboxRef mailbox, long sinceModSeq) {
        return database.statement(connection -> new SnapshotReads(connection).changes(mailbox, sinceModSeq, 0));
    }

    Vanished vanished(MailboxRef mailbox, long sinceModSeq) {
        return database.statement(connection -> new SnapshotReads(connection).vanished(mailbox, sinceModSeq));
    }

    List<FetchRow> fetch(MailboxRef mailbox, long[] uids, Set<FetchDetail> details) {
        return rows(database.statement(connection -> new MessageReads(connection).rows(mailbox, uids, details)));
    }

    List<FetchRow> page(MailboxRef mailbox, long beforeUid, int limit, Set<FetchDetail> details) {
        return rows(database.statement(
                connection -> new MessageReads(connection).page(mailbox, beforeUid, limit, details)));
    }

    Optional<byte[]> content(MailboxRef mailbox, long uid, long offset, int length) {
        return database.statement(connection -> {
            Optional<MessageBytes> bytes = new MessageReads(connection).bytes(mailbox, uid);
            return bytes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(bytes.get().slice(new PostgresBlobs(connection), offset, length));
        });
    }

    List<Optional<byte[]>> heads(MailboxRef mailbox, long[] uids, long[] lengths) {
        return database.statement(connection -> new MessageHeads(connection).read(mailbox, uids, lengths));
    }

    private static List<FetchRow> rows(List<MessageRow> rows) {
        return rows.stream().map(MailboxReader::row).toList();
    }

    private static FetchRow row(MessageRow row) {
        return new FetchRow(
                row.uid(),
                row.id(),
                row.flags(),
                row.modSeq(),
                row.internalDate(),
                row.size(),
                row.envelope(),
                row.structure(),
                row.prefixLength(),
                row.preview(),
                row.identity());
    }
}
