// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AppendItem;
import org.wildpost.core.listener.imap.AppendRequest;
import org.wildpost.core.listener.imap.AppendResult;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.ReplaceResult;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.MailboxKey;
import org.wildpost.persistence.mailbox.Mailboxes;
import org.wildpost.persistence.message.BulkAppends;
import org.wildpost.persistence.message.MessageAppends;
import org.wildpost.persistence.message.MessageChanges;
import org.wildpost.persistence.message.MessageState;
import org.wildpost.persistence.message.NewMessage;
import org.wildpost.persistence.message.Placed;

/** What clients add in other ways than one message alone: several together (RFC 3502), one in the place of another (RFC 8508). */
@Dependent
final class AppendedMessages {
    private static final byte[] NO_PREFIX = {};

    private final Database database;
    private final MailboxEvents events;
    private final Ids ids;
    private final Retention retention;
    private final Quotas quotas;

    @Inject
    AppendedMessages(Database database, MailboxEvents events, Ids ids, Retention retention, Quotas quotas) {
        this.database = database;
        this.events = events;
        this.ids = ids;
        this.retention = retention;
        this.quotas = quotas;
    }

    AppendResult appendAll(AccountId account, MailboxName name, List<AppendItem> messages) {
        Instant now = Instant.now();
        MailboxKey mailbox = new MailboxKey(account, name);
        List<BulkAppends.Item> items = messages.stream()
                .map(item -> new BulkAppends.Item(
                        item.message(),
                        new NewMessage(
                                mailbox,
                                NO_PREFIX,
                                item.flags(),
                                item.internalDate().orElse(now))))
                .toList();
        long size = messages.stream().mapToLong(item -> item.message().size()).sum();
        return database.transaction(connection -> {
            // Before any octet is written, although it may still go.
            Mailboxes mailboxes = new Mailboxes(connection);
            if (mailboxes.find(account, name).isEmpty()) {
                return new AppendResult.NoSuchMailbox();
            }
            if (!quotas.admits(connection, account, new QuotaAmount(size, items.size()))) {
                return new AppendResult.OverQuota();
            }
            Optional<Placed> first = new BulkAppends(connection, ids.blobs(), ids.messages())
                    .append(mailbox, items, message -> MessageAppender.content(message, MimeIndexer.index(message)));
            first.ifPresent(place -> events.publish(place.mailbox()));
            return first.<AppendResult>map(place -> new AppendResult.Appended(place.uidValidity(), place.uid()))
                    .orElseGet(AppendResult.NoSuchMailbox::new);
        });
    }

    ReplaceResult replace(MailboxRef source, long uid, MailboxName target, AppendRequest request) {
        return database.transaction(connection -> {
            Mailboxes mailboxes = new Mailboxes(connection);
            Optional<MailboxStatus> found = mailboxes.find(source.account(), target);
            if (found.isEmpty()) {
                return new ReplaceResult.NoSuchMailbox();
            }
            MailboxId into = found.get().id();
            Map<MailboxId, MailboxStatus> locked =
                    mailboxes.lock(source.account(), source.mailbox().value(), into.value());
            if (!locked.containsKey(into)) {
                return new ReplaceResult.NoSuchMailbox();
            }
            List<MessageState> old = locked.containsKey(source.mailbox())
                    ? new MessageChanges(connection).states(source, new long[] {uid})
                    : List.of();
            if (old.isEmpty()) {
                return new ReplaceResult.NoSuchMessage();
            }
            long more = request.message().size() - old.getFirst().size();
            if (more > 0 && !quotas.admits(connection, source.account(), new QuotaAmount(more, 0))) {
                return new ReplaceResult.OverQuota();
            }
            // The new message first (RFC 8508 §3.4): in one mailbox it has the lower of the two MODSEQs.
            Placed placed = add(connection, source.account(), target, request);
            new MessageChanges(connection).expunge(source.mailbox(), new long[] {uid}, retention.keeps());
            events.publish(placed.mailbox());
            events.publish(source.mailbox());
            return new ReplaceResult.Replaced(placed.uidValidity(), placed.uid());
        });
    }

    private Placed add(Connection connection, AccountId account, MailboxName target, AppendRequest request)
            throws SQLException, IOException {
        NewMessage added = new NewMessage(
                new MailboxKey(account, target),
                NO_PREFIX,
                request.flags(),
                request.internalDate().orElseGet(Instant::now));
        return new MessageAppends(connection, ids.blobs(), ids.messages())
                .append(MessageAppender.content(request.message(), request.index()), List.of(added))
                .getFirst()
                .orElseThrow();
    }
}
