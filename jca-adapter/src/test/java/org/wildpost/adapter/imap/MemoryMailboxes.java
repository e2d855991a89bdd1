// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.AnnotationsResult;
import org.wildpost.core.listener.imap.AppendItem;
import org.wildpost.core.listener.imap.AppendRequest;
import org.wildpost.core.listener.imap.AppendResult;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.CopyResult;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.Found;
import org.wildpost.core.listener.imap.ImapListener;
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
import org.wildpost.core.message.Identity;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.thread.ThreadAlgorithm;
import org.wildpost.core.thread.ThreadBook;
import org.wildpost.core.thread.ThreadForest;
import org.wildpost.core.thread.ThreadKeys;

/** Mailboxes in memory that do what the contract says. Their clock stands still at {@link #ARRIVED}. */
abstract class MemoryMailboxes implements ImapListener {
    static final AccountId ALICE = new AccountId(7);
    static final Instant ARRIVED = Instant.parse("2026-02-03T04:05:06Z");

    /** The first number of an account's mailboxes, and how far those of the next are away. */
    private static final long FIRST_ID = 100;

    private static final long ACCOUNT_IDS = 1_000_000;

    private final Map<AccountId, MemoryTree> trees = new HashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final List<TreeWatch> treeWatchers = new CopyOnWriteArrayList<>();
    private final ThreadBook threads = new ThreadBook(Map.of());
    private long messages;

    /** Slices that are given before the message vanishes. */
    int contentLeft = Integer.MAX_VALUE;

    final MemoryQuota quota = new MemoryQuota(tree(ALICE), this::address);
    final MemoryMetadata metadata = new MemoryMetadata(quota);

    boolean full;

    /** What searches meet. */
    volatile Optional<RuntimeException> searchFault = Optional.empty();

    /** Happens as soon as somebody watches a mailbox, and only once. */
    final AtomicReference<Runnable> atWatch = new AtomicReference<>(() -> {});

    /** Happens as soon as somebody watches the tree, and only once. */
    final AtomicReference<Runnable> atWatchTree = new AtomicReference<>(() -> {});

    /** Its own identity, for a watcher may subscribe twice. */
    private static final class TreeWatch {
        final TreeWatcher watcher;

        TreeWatch(TreeWatcher watcher) {
            this.watcher = watcher;
        }
    }

    private record Watcher(MailboxId mailbox, MailboxWatcher watcher) {}

    abstract String address(AccountId account);

    int watchers() {
        return watchers.size() + treeWatchers.size();
    }

    void treeTouched() {
        treeWatchers.forEach(watch -> watch.watcher.changed(ALICE));
    }

    /** The mailboxes of an account, which everybody has who is asked about. */
    MemoryTree tree(AccountId account) {
        return trees.computeIfAbsent(
                account, one -> new MemoryTree(FIRST_ID + Math.abs(one.value() - ALICE.value()) * ACCOUNT_IDS));
    }

    Set<AccountId> accounts() {
        return Set.copyOf(trees.keySet());
    }

    void touched(MemoryBox box) {
        watchers.stream().filter(w -> w.mailbox.equals(box.id)).forEach(w -> w.watcher.changed(box.id));
    }

    Optional<MemoryBox> box(MailboxRef ref) {
        return tree(ref.account()).find(ref.mailbox());
    }

    Optional<MemoryBox> box(MailboxName name) {
        return tree(ALICE).find(name);
    }

    @Override
    public MailboxList list(AccountId account) {
        return tree(account).list();
    }

    @Override
    public MailboxResult status(AccountId account, MailboxName name) {
        return tree(account).status(name);
    }

    @Override
    public List<MailboxStatus> statuses(AccountId account, List<MailboxId> mailboxes) {
        return account.equals(ALICE)
                ? tree(ALICE).list().mailboxes().stream()
                        .filter(mailbox -> mailboxes.contains(mailbox.id()))
                        .toList()
                : List.of();
    }

    @Override
    public Map<MailboxId, Long> measure(AccountId account, MailboxMeasure what, List<MailboxId> mailboxes) {
        Map<MailboxId, Long> measures = new HashMap<>();
        for (MailboxId id : mailboxes) {
            box(new MailboxRef(account, id)).ifPresent(box -> measures.put(id, box.measure(what)));
        }
        return measures;
    }

    @Override
    public OpenResult open(AccountId account, MailboxName name, boolean readOnly) {
        return tree(account)
                .find(name)
                .<OpenResult>map(box -> {
                    long firstRecent = box.takeRecent(readOnly);
                    return new OpenResult.Opened(
                            new MailboxRef(account, box.id), box.status(name), box.view(), firstRecent);
                })
                .orElseGet(OpenResult.NoSuchMailbox::new);
    }

    @Override
    public MailboxResult create(AccountId account, MailboxName name, Optional<SpecialUse> use) {
        MailboxResult result = tree(account).create(name, use);
        treeTouched();
        return result;
    }

    @Override
    public MailboxResult delete(AccountId account, MailboxName name) {
        Optional<MemoryBox> box = tree(account).find(name);
        MailboxResult result = tree(account).delete(name);
        box.ifPresent(this::touched);
        treeTouched();
        return result;
    }

    @Override
    public MailboxResult rename(AccountId account, MailboxName from, MailboxName to) {
        MailboxResult result = tree(account).rename(from, to);
        if (from.equals(MailboxName.INBOX) && result instanceof MailboxResult.Done) {
            metadata.copy(
                    tree(account).find(from).orElseThrow(),
                    tree(account).find(to).orElseThrow());
        }
        tree(account).find(from).ifPresent(this::touched);
        tree(account).find(to).ifPresent(this::touched);
        treeTouched();
        return result;
    }

    @Override
    public QuotaResult quotaRoot(AccountId asking, MailboxName mailbox) {
        return new QuotaResult.Told(quota.of(asking));
    }

    @Override
    public QuotaResult quota(AccountId asking, String root) {
        return quota.find(asking, root, account -> false);
    }

    @Override
    public QuotaResult setQuota(AccountId asking, String root, QuotaLimits limits) {
        return quota.set(asking, root, limits);
    }

    @Override
    public boolean hasRoom(AccountId account, QuotaAmount more) {
        return quota.hasRoom(more);
    }

    @Override
    public Map<MailboxId, Map<AnnotationName, byte[]>> metadata(
            AccountId reader, List<MailboxId> mailboxes, MetadataQuery query) {
        Map<MailboxId, Map<AnnotationName, byte[]>> found = new HashMap<>();
        for (MailboxId mailbox : mailboxes) {
            box(new MailboxRef(reader, mailbox))
                    .map(box -> metadata.find(box, reader, true, query))
                    .filter(all -> !all.isEmpty())
                    .ifPresent(all -> found.put(mailbox, all));
        }
        return found;
    }

    @Override
    public AnnotationsResult metadata(AccountId reader, MailboxName mailbox, MetadataQuery query) {
        return tree(reader)
                .find(mailbox)
                .<AnnotationsResult>map(box -> new AnnotationsResult.Found(metadata.find(box, reader, true, query)))
                .orElseGet(AnnotationsResult.NoSuchMailbox::new);
    }

    @Override
    public Map<MailboxId, Map<AnnotationName, Long>> annotationVersions(AccountId reader, List<MailboxId> mailboxes) {
        Map<MailboxId, Map<AnnotationName, Long>> found = new HashMap<>();
        for (MailboxId mailbox : mailboxes) {
            box(new MailboxRef(reader, mailbox))
                    .map(box -> metadata.versions(box, reader))
                    .filter(all -> !all.isEmpty())
                    .ifPresent(all -> found.put(mailbox, all));
        }
        return found;
    }

    @Override
    public Map<AnnotationName, Long> serverAnnotationVersions(AccountId reader) {
        return metadata.versionsOfServer(reader);
    }

    @Override
    public Map<AnnotationName, byte[]> serverMetadata(AccountId reader, MetadataQuery query) {
        return metadata.ofServer(reader, query);
    }

    @Override
    public MetadataResult annotate(AccountId account, MailboxName name, Map<AnnotationName, Optional<byte[]>> values) {
        MetadataResult result = metadata.set(tree(account), name, account, values);
        tree(account).find(name).ifPresent(this::touched);
        if (values.containsKey(AnnotationName.SPECIAL_USE)) {
            treeTouched();
        }
        return result;
    }

    @Override
    public MetadataResult annotateServer(AccountId account, Map<AnnotationName, Optional<byte[]>> values) {
        MetadataResult result = metadata.setOfServer(account, values);
        treeTouched();
        return result;
    }

    @Override
    public void subscribe(AccountId account, MailboxName name, boolean subscribed) {
        tree(account).subscribe(name, subscribed);
        treeTouched();
    }

    @Override
    public AppendResult append(AccountId account, MailboxName name, AppendRequest request) {
        Optional<AppendResult> refusal =
                refusal(account, name, QuotaAmount.message(request.message().size()));
        return refusal.orElseGet(() -> {
            MemoryBox box = tree(account).find(name).orElseThrow();
            return new AppendResult.Appended(box.uidValidity(), put(box, request));
        });
    }

    private Optional<AppendResult> refusal(AccountId account, MailboxName name, QuotaAmount more) {
        if (full) {
            return Optional.of(new AppendResult.NoRoom());
        }
        if (account.equals(ALICE) && !quota.admits(more)) {
            return Optional.of(new AppendResult.OverQuota());
        }
        return tree(account).find(name).isEmpty() ? Optional.of(new AppendResult.NoSuchMailbox()) : Optional.empty();
    }

    private long put(MemoryBox box, AppendRequest request) {
        try (InputStream in = request.message().open()) {
            Instant date = request.internalDate().orElse(ARRIVED);
            byte[] octets = in.readAllBytes();
            long id = ++messages;
            long thread = threads.assign(keys(octets, request.index(), id), id, date);
            Identity identity = new Identity(id, OptionalLong.of(thread), Optional.empty());
            MemoryMessage message =
                    new MemoryMessage(0, 0, 0, identity, request.flags(), date, octets, request.index());
            long uid = box.put(message, id);
            touched(box);
            return uid;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ThreadKeys keys(byte[] octets, MessageIndex index, long id) {
        int header = (int) index.root().bodyOffset();
        return ThreadKeys.of(org.wildpost.core.mime.HeaderFields.parse(Arrays.copyOf(octets, header)), id);
    }

    /** Computes what is kept of a message that comes with others. */
    abstract MessageIndex index(SpooledMessage message) throws IOException;

    @Override
    public AppendResult appendAll(AccountId account, MailboxName name, List<AppendItem> items) {
        QuotaAmount more = items.stream()
                .map(item -> QuotaAmount.message(item.message().size()))
                .reduce(QuotaAmount.NONE, QuotaAmount::plus);
        Optional<AppendResult> refusal = refusal(account, name, more);
        return refusal.orElseGet(() -> {
            MemoryBox box = tree(account).find(name).orElseThrow();
            long first = box.status(name).uidNext();
            items.forEach(item -> put(box, request(item)));
            return new AppendResult.Appended(box.uidValidity(), first);
        });
    }

    private AppendRequest request(AppendItem item) {
        try {
            return new AppendRequest(item.message(), index(item.message()), item.flags(), item.internalDate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ReplaceResult replace(MailboxRef source, long uid, MailboxName target, AppendRequest request) {
        List<MemoryMessage> old = existing(source, new long[] {uid});
        Optional<MemoryBox> into = tree(source.account()).find(target);
        if (into.isEmpty()) {
            return new ReplaceResult.NoSuchMailbox();
        }
        if (old.isEmpty()) {
            return new ReplaceResult.NoSuchMessage();
        }
        AppendResult result = refusal(
                        source.account(),
                        target,
                        new QuotaAmount(
                                request.message().size() - old.getFirst().size(), 0))
                .orElseGet(() -> new AppendResult.Appended(0, put(into.get(), request)));
        return switch (result) {
            case AppendResult.Appended(long ignored, long added) -> {
                remove(box(source).orElseThrow(), new long[] {uid});
                yield new ReplaceResult.Replaced(into.get().uidValidity(), added);
            }
            case AppendResult.NoSuchMailbox() -> new ReplaceResult.NoSuchMailbox();
            case AppendResult.OverQuota() -> new ReplaceResult.OverQuota();
            case AppendResult.NoRoom() -> new ReplaceResult.NoRoom();
            case AppendResult.NoPermission() -> new ReplaceResult.NoPermission();
        };
    }

    @Override
    public Optional<MailboxSnapshot> view(MailboxRef mailbox) {
        return box(mailbox).map(MemoryBox::view);
    }

    @Override
    public Vanished vanished(MailboxRef mailbox, long since) {
        return box(mailbox).map(box -> box.vanished(since)).orElseGet(() -> new Vanished(true, new long[0]));
    }

    @Override
    public Changes changes(MailboxRef mailbox, long since) {
        return box(mailbox).map(box -> box.changes(since)).orElseGet(() -> Changes.gone(since));
    }

    @Override
    public List<FetchRow> fetch(MailboxRef mailbox, long[] uids, Set<FetchDetail> details) {
        if (uids.length > BATCH) {
            throw new IllegalArgumentException("more than a batch");
        }
        return existing(mailbox, uids).stream().map(m -> m.row(details)).toList();
    }

    List<MemoryMessage> existing(MailboxRef mailbox, long[] uids) {
        return box(mailbox).map(box -> box.existing(uids)).orElse(List.of());
    }

    @Override
    public List<Optional<byte[]>> heads(MailboxRef mailbox, long[] uids, long[] lengths) {
        List<Optional<byte[]>> heads = new ArrayList<>();
        for (int i = 0; i < uids.length; i++) {
            heads.add(content(mailbox, uids[i], 0, (int) lengths[i]));
        }
        return heads;
    }

    @Override
    public Optional<byte[]> content(MailboxRef mailbox, long uid, long offset, int length) {
        if (length > SLICE) {
            throw new IllegalArgumentException("more than a slice");
        }
        return --contentLeft < 0
                ? Optional.empty()
                : box(mailbox).flatMap(box -> box.message(uid)).map(m -> m.octets(offset, length));
    }

    @Override
    public StoreResult store(MailboxRef mailbox, StoreRequest request) {
        Optional<StoreResult> result = box(mailbox).map(box -> box.store(request));
        box(mailbox).ifPresent(this::touched);
        return result.orElseGet(() -> new StoreResult(List.of(), new long[0]));
    }

    @Override
    public Found search(MailboxRef mailbox, SearchQuery query) {
        if (searchFault.isPresent()) {
            throw searchFault.get();
        }
        return MemorySearch.search(messages(mailbox), query);
    }

    @Override
    public ThreadForest thread(MailboxRef mailbox, ThreadAlgorithm algorithm, SearchKey key) {
        return MemorySearch.thread(messages(mailbox), algorithm, key);
    }

    List<MemoryMessage> messages(MailboxRef mailbox) {
        return box(mailbox).map(box -> box.existing(box.uids(m -> true))).orElse(List.of());
    }

    @Override
    public CopyResult copy(MailboxRef source, long[] uids, MailboxName target) {
        List<MemoryMessage> copied = existing(source, uids);
        QuotaAmount more = copied.stream()
                .map(message -> QuotaAmount.message(message.size()))
                .reduce(QuotaAmount.NONE, QuotaAmount::plus);
        if (source.account().equals(ALICE) && tree(ALICE).find(target).isPresent() && !quota.admits(more)) {
            return new CopyResult.OverQuota();
        }
        return transfer(copied, tree(source.account()).find(target), this::nextMessage);
    }

    long nextMessage(MemoryMessage copied) {
        return ++messages;
    }

    CopyResult transfer(List<MemoryMessage> from, Optional<MemoryBox> to, ToLongFunction<MemoryMessage> identity) {
        if (to.isEmpty()) {
            return new CopyResult.NoSuchMailbox();
        }
        long[] given = from.stream()
                .mapToLong(m -> to.get().put(m, identity.applyAsLong(m)))
                .toArray();
        touched(to.get());
        return new CopyResult.Copied(
                to.get().uidValidity(),
                from.stream().mapToLong(MemoryMessage::uid).toArray(),
                given);
    }

    @Override
    public CopyResult move(MailboxRef source, long[] uids, MailboxName target) {
        CopyResult result =
                transfer(existing(source, uids), tree(source.account()).find(target), MemoryMessage::messageId);
        if (result instanceof CopyResult.Copied copied) {
            box(source).ifPresent(box -> remove(box, copied.sourceUids()));
        }
        return result;
    }

    @Override
    public long[] expunge(MailboxRef mailbox, Optional<long[]> uids) {
        Optional<MemoryBox> box = box(mailbox);
        long[] gone = box.map(b -> b.uids(m -> m.flags().has(SystemFlag.DELETED)
                        && (uids.isEmpty() || Arrays.stream(uids.get()).anyMatch(u -> u == m.uid()))))
                .orElse(new long[0]);
        box.ifPresent(b -> remove(b, gone));
        return gone;
    }

    void remove(MemoryBox box, long[] uids) {
        box.remove(uids);
        touched(box);
    }

    @Override
    public Watch watch(MailboxRef mailbox, MailboxWatcher watcher) {
        atWatch.getAndSet(() -> {}).run();
        Watcher added = new Watcher(mailbox.mailbox(), watcher);
        watchers.add(added);
        return () -> watchers.remove(added);
    }

    @Override
    public Watch watchTree(AccountId account, TreeWatcher watcher) {
        TreeWatch added = new TreeWatch(watcher);
        treeWatchers.add(added);
        atWatchTree.getAndSet(() -> {}).run();
        return () -> treeWatchers.remove(added);
    }
}
