// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AppendItem;
import org.wildpost.core.listener.imap.AppendRequest;
import org.wildpost.core.listener.imap.AppendResult;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.CopyResult;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.Found;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.ReplaceResult;
import org.wildpost.core.listener.imap.SearchQuery;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.listener.imap.Vanished;
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
abstract class MemoryMailboxes extends MemoryTrees {
    private final ThreadBook threads = new ThreadBook(Map.of());
    private long messages;

    /** Slices that are given before the message vanishes. */
    int contentLeft = Integer.MAX_VALUE;

    /** What searches meet. */
    volatile Optional<RuntimeException> searchFault = Optional.empty();

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
}
