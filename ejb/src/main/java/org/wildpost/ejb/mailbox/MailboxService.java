// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.AppendItem;
import org.wildpost.core.listener.imap.AppendRequest;
import org.wildpost.core.listener.imap.AppendResult;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.CopyResult;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.Found;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxMeasure;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.MailboxWatcher;
import org.wildpost.core.listener.imap.MetadataQuery;
import org.wildpost.core.listener.imap.MetadataResult;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.Quota;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.listener.imap.QuotaResult;
import org.wildpost.core.listener.imap.ReplaceResult;
import org.wildpost.core.listener.imap.SearchQuery;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.listener.imap.TreeWatcher;
import org.wildpost.core.listener.imap.Vanished;
import org.wildpost.core.listener.imap.Watch;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.thread.ThreadAlgorithm;
import org.wildpost.core.thread.ThreadForest;
import org.wildpost.ejb.admin.AccountMail;
import org.wildpost.ejb.settings.DiskRoom;

/**
 * The mail store: what an IMAP session asks ({@link org.wildpost.core.listener.imap.ImapListener} says what each method means), and what the other
 * services need of it. Every call joins the caller's transaction or has a short one of its own. Safe for all threads.
 */
@ApplicationScoped
public class MailboxService implements AccountMail {
    @Inject
    MailboxTree tree;

    @Inject
    MailboxReader reader;

    @Inject
    FlagChanges flags;

    @Inject
    MessageTransfer transfer;

    @Inject
    MessageSearch search;

    @Inject
    MessageAppender appender;

    @Inject
    AppendedMessages appended;

    @Inject
    Threads threads;

    @Inject
    MailboxEvents events;

    @Inject
    DiskRoom room;

    @Inject
    Quotas quotas;

    @Inject
    Annotations annotations;

    public MailboxList list(AccountId account) {
        return tree.list(account);
    }

    public MailboxResult status(AccountId account, MailboxName name) {
        return tree.status(account, name);
    }

    public List<MailboxStatus> statuses(AccountId account, List<MailboxId> mailboxes) {
        return tree.statuses(account, mailboxes);
    }

    public Map<MailboxId, Long> measure(AccountId account, MailboxMeasure what, List<MailboxId> mailboxes) {
        return tree.measure(account, what, mailboxes);
    }

    public OpenResult open(AccountId account, MailboxName name, boolean readOnly) {
        return reader.open(account, name, readOnly);
    }

    public MailboxResult create(AccountId account, MailboxName name, Optional<SpecialUse> use) {
        return tree.create(account, name, use);
    }

    public MailboxResult delete(AccountId account, MailboxName name) {
        return tree.delete(account, name);
    }

    public MailboxResult rename(AccountId account, MailboxName from, MailboxName to) {
        return tree.rename(account, from, to);
    }

    public Quota quota(AccountId account) {
        return quotas.of(account);
    }

    public QuotaResult quota(AccountId asking, String root) {
        return quotas.find(asking, root);
    }

    public QuotaResult setQuota(AccountId asking, String root, QuotaLimits limits) {
        return quotas.set(asking, root, limits);
    }

    public boolean hasRoom(AccountId account, QuotaAmount more) {
        return quotas.hasRoom(account, more);
    }

    public Map<MailboxId, Map<AnnotationName, byte[]>> metadata(
            AccountId reader, List<MailboxRef> mailboxes, MetadataQuery query) {
        return annotations.find(reader, mailboxes, query);
    }

    /** Of mailboxes that the reader was found to be allowed to read. */
    public Map<MailboxId, Map<AnnotationName, Long>> annotationVersions(AccountId reader, List<MailboxId> mailboxes) {
        return annotations.versions(reader, mailboxes);
    }

    public Map<AnnotationName, Long> serverAnnotationVersions(AccountId reader) {
        return annotations.versionsOfServer(reader);
    }

    public Map<AnnotationName, byte[]> serverMetadata(AccountId reader, MetadataQuery query) {
        return annotations.ofServer(reader, query);
    }

    /** @param mailbox the owner's name for it; what the reader may do was looked at before */
    public MetadataResult annotate(
            AccountId reader, AccountId owner, MailboxName mailbox, Map<AnnotationName, Optional<byte[]>> values) {
        return annotations.set(reader, owner, mailbox, values);
    }

    public MetadataResult annotateServer(AccountId account, Map<AnnotationName, Optional<byte[]>> values) {
        return annotations.setOfServer(account, values);
    }

    public void subscribe(AccountId account, MailboxName name, boolean subscribed) {
        tree.subscribe(account, name, subscribed);
    }

    public AppendResult append(AccountId account, MailboxName name, AppendRequest request) {
        if (!room.has(request.message().size())) {
            return new AppendResult.NoRoom();
        }
        if (!quotas.admits(account, QuotaAmount.message(request.message().size()))) {
            return new AppendResult.OverQuota();
        }
        MessageAppender.Target target = new MessageAppender.Target(
                account,
                name,
                new byte[0],
                request.flags(),
                request.internalDate().orElseGet(Instant::now));
        return switch (appender.append(request.message(), request.index(), List.of(target))
                .getFirst()) {
            case MessageAppender.Outcome.Appended appended ->
                new AppendResult.Appended(appended.uidValidity(), appended.uid());
            case MessageAppender.Outcome.NoSuchMailbox ignored -> new AppendResult.NoSuchMailbox();
        };
    }

    public AppendResult appendAll(AccountId account, MailboxName name, List<AppendItem> messages) {
        long size = messages.stream().mapToLong(item -> item.message().size()).sum();
        return room.has(size) ? appended.appendAll(account, name, messages) : new AppendResult.NoRoom();
    }

    public ReplaceResult replace(MailboxRef source, long uid, MailboxName target, AppendRequest request) {
        return room.has(request.message().size())
                ? appended.replace(source, uid, target, request)
                : new ReplaceResult.NoRoom();
    }

    public Optional<MailboxSnapshot> view(MailboxRef mailbox) {
        return reader.view(mailbox);
    }

    public Vanished vanished(MailboxRef mailbox, long sinceModSeq) {
        return reader.vanished(mailbox, sinceModSeq);
    }

    public Changes changes(MailboxRef mailbox, long sinceModSeq) {
        return reader.changes(mailbox, sinceModSeq);
    }

    public List<FetchRow> fetch(MailboxRef mailbox, long[] uids, Set<FetchDetail> details) {
        if (details.contains(FetchDetail.THREAD)) {
            threads.assign(mailbox, uids);
        }
        return reader.fetch(mailbox, uids, details);
    }

    /** The newest rows with a UID below the given one, newest first; {@code Long.MAX_VALUE} begins at the newest. */
    public List<FetchRow> page(MailboxRef mailbox, long beforeUid, int limit, Set<FetchDetail> details) {
        return reader.page(mailbox, beforeUid, limit, details);
    }

    public Optional<byte[]> content(MailboxRef mailbox, long uid, long offset, int length) {
        return reader.content(mailbox, uid, offset, length);
    }

    public List<Optional<byte[]>> heads(MailboxRef mailbox, long[] uids, long[] lengths) {
        return reader.heads(mailbox, uids, lengths);
    }

    public StoreResult store(MailboxRef mailbox, StoreRequest request) {
        return flags.store(mailbox, request);
    }

    public Found search(MailboxRef mailbox, SearchQuery query) {
        prepare(mailbox, query.key());
        return search.search(mailbox, query);
    }

    /** UIDs that match, ascending. */
    public long[] search(MailboxRef mailbox, SearchKey key) {
        return search(mailbox, SearchQuery.of(key)).uids();
    }

    public ThreadForest thread(MailboxRef mailbox, ThreadAlgorithm algorithm, SearchKey key) {
        prepare(mailbox, key);
        return search.thread(mailbox, algorithm, key);
    }

    private void prepare(MailboxRef mailbox, SearchKey key) {
        if (key.asksForThreads()) {
            threads.assignAll(mailbox.mailbox());
        }
    }

    public CopyResult copy(MailboxRef source, long[] uids, MailboxName target) {
        return transfer.copy(source, uids, target);
    }

    public CopyResult move(MailboxRef source, long[] uids, MailboxName target) {
        return transfer.move(source, uids, target);
    }

    public long[] expunge(MailboxRef mailbox, Optional<long[]> uids) {
        return transfer.expunge(mailbox, uids);
    }

    public Watch watch(MailboxRef mailbox, MailboxWatcher watcher) {
        return events.watch(mailbox.mailbox(), watcher);
    }

    public Watch watchTree(AccountId account, TreeWatcher watcher) {
        return events.watchTree(account, watcher);
    }

    /** Makes INBOX and a mailbox for each special use, subscribed, where they do not exist. */
    @Override
    public void createDefaults(AccountId account) {
        tree.createDefaults(account);
    }

    /** Deletes all mail of an account; blobs that nothing refers to are left for a sweep. */
    @Override
    public void deleteAll(AccountId account) {
        tree.deleteAll(account);
    }
}
