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
import org.wildpost.persistence.blob.PostgresBlobs;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.message.MessageBytes;
import org.wildpost.persistence.message.MessageHeads;
import org.wildpost.persistence.message.MessageReads;
import org.wildpost.persistence.message.MessageRow;

/** What is read of a mailbox: its snapshot, its changes, rows and octets of its messages. */
@Dependent
final class MailboxReader {
    private final Database database;

    @Inject
    MailboxReader(Database database) {
        this.database = database;
    }

    long recent(MailboxRef mailbox) {
        return database.statement(connection -> new MessageReads(connection).recent(mailbox));
    }

    OpenResult open(AccountId account, MailboxName name, boolean readOnly) {
        return database.transaction(connection -> {
            Mailboxes mailboxes = new Mailboxes(connection);
            Optional<MailboxStatus> found = mailboxes.find(account, name);
            if (found.isEmpty()) {
                return new OpenResult.NoSuchMailbox();
            }
            MailboxStatus status = found.get();
            OptionalLong taken = readOnly ? OptionalLong.empty() : mailboxes.takeRecent(status.id());
            Optional<MailboxSnapshot> snapshot =
                    new MessageReads(connection).snapshot(new MailboxRef(account, status.id()));
            return snapshot.<OpenResult>map(opened -> new OpenResult.Opened(
                            opened,
                            taken.orElse(
                                    readOnly
                                            ? opened.status().recentFrom()
                                            : opened.status().uidNext())))
                    .orElseGet(OpenResult.NoSuchMailbox::new);
        });
    }

    Changes changes(MailboxRef mailbox, long sinceModSeq) {
        return database.statement(connection -> new MessageReads(connection).changes(mailbox, sinceModSeq));
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
