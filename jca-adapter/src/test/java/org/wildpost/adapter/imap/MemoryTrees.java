// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.AnnotationsResult;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxMeasure;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.MailboxWatcher;
import org.wildpost.core.listener.imap.MetadataQuery;
import org.wildpost.core.listener.imap.MetadataResult;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.listener.imap.QuotaResult;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.listener.imap.TreeWatcher;
import org.wildpost.core.listener.imap.Watch;

/** Mailboxes in memory, with who watches them, but without what is done to messages, as the contract says. */
abstract class MemoryTrees implements ImapListener {
    static final AccountId ALICE = new AccountId(7);
    static final Instant ARRIVED = Instant.parse("2026-02-03T04:05:06Z");

    /** The first number of an account's mailboxes, and how far those of the next are away. */
    private static final long FIRST_ID = 100;

    private static final long ACCOUNT_IDS = 1_000_000;

    private final Map<AccountId, MemoryTree> trees = new HashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final List<TreeWatch> treeWatchers = new CopyOnWriteArrayList<>();
    final MemoryQuota quota = new MemoryQuota(tree(ALICE), this::address);
    final MemoryMetadata metadata = new MemoryMetadata(quota);

    boolean full;

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
