// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.ScramLookup;
import org.wildpost.core.listener.imap.AppendRequest;
import org.wildpost.core.listener.imap.AppendResult;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.CopyResult;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.MailboxWatcher;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.listener.imap.Watch;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.sasl.ScramVerifier;
import org.wildpost.core.sasl.ScramVerifiers;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.search.SearchKey;

/** A mail store in memory that does what the contract says, for one account: alice@demo.test with the password wildpost. */
final class MemoryMail implements ImapListener, Endpoints<ImapListener> {
    static final AccountId ALICE = new AccountId(7);
    static final Instant ARRIVED = Instant.parse("2026-02-03T04:05:06Z");

    private final TreeMap<MailboxName, Box> boxes = new TreeMap<>();
    private final Set<MailboxName> subscriptions = new TreeSet<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final ScramVerifier verifier = ScramVerifiers.derive(new Secret("wildpost"));
    private final MessageIndexer indexer;
    private long nextId = 100;
    Duration rejection = Duration.ZERO;
    volatile Optional<RuntimeException> fault = Optional.empty();
    int questions;
    /** Slices that are given before the message vanishes. */
    int contentLeft = Integer.MAX_VALUE;

    volatile long quota = Long.MAX_VALUE;
    boolean full;

    private record Watcher(MailboxId mailbox, MailboxWatcher watcher) {}

    private record Message(long uid, byte[] octets, MessageIndex index, Instant date) {}

    private static final class Box {
        final MailboxId id;
        final long uidValidity;
        final Optional<SpecialUse> use;
        final TreeMap<Long, Message> messages = new TreeMap<>();
        final TreeMap<Long, Flags> flags = new TreeMap<>();
        final TreeMap<Long, Long> modSeqs = new TreeMap<>();
        final TreeMap<Long, Long> gone = new TreeMap<>();
        long uidNext = 1;
        long recentFrom = 1;
        long modSeq = 1;

        Box(long id, Optional<SpecialUse> use) {
            this.id = new MailboxId(id);
            this.uidValidity = 1_000 + id;
            this.use = use;
        }
    }

    MemoryMail(MessageIndexer indexer) {
        this.indexer = indexer;
        make(MailboxName.INBOX, Optional.empty());
        for (SpecialUse use : SpecialUse.values()) {
            make(use.defaultName(), Optional.of(use));
            subscriptions.add(use.defaultName());
        }
        subscriptions.add(MailboxName.INBOX);
    }

    private void make(MailboxName name, Optional<SpecialUse> use) {
        boxes.put(name, new Box(++nextId, use));
    }

    @Override
    public <T extends @org.jspecify.annotations.Nullable Object> T ask(Function<ImapListener, T> question) {
        synchronized (this) {
            questions++;
            if (fault.isPresent()) {
                throw fault.get();
            }
            return question.apply(this);
        }
    }

    /** Delivers a message from outside of any session. */
    long deliver(String mailbox, String message) {
        return deliver(mailbox, message.getBytes(StandardCharsets.ISO_8859_1));
    }

    long deliver(String mailbox, byte[] message) {
        try (SpooledMessage spooled = SpooledMessage.of(message)) {
            AppendRequest request =
                    new AppendRequest(spooled, indexer.index(spooled), Flags.NONE, Optional.of(ARRIVED));
            return ask(l -> ((AppendResult.Appended) append(ALICE, new MailboxName(mailbox), request)).uid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MailboxRef ref(String mailbox) {
        return new MailboxRef(ALICE, boxes.get(new MailboxName(mailbox)).id);
    }

    /** Changes flags, and the event is lost. */
    synchronized void mutedStore(String mailbox, long uid, Flags flags) {
        Box box = boxes.get(new MailboxName(mailbox));
        box.flags.put(uid, flags);
        box.modSeqs.put(uid, ++box.modSeq);
    }

    /** Another session removes a message. */
    void remove(String mailbox, long uid) {
        ask(l -> {
            remove(boxes.get(new MailboxName(mailbox)), new long[] {uid});
            return true;
        });
    }

    int watchers() {
        return watchers.size();
    }

    private void touched(Box box) {
        watchers.stream().filter(w -> w.mailbox.equals(box.id)).forEach(w -> w.watcher.changed(box.id));
    }

    private Box box(MailboxRef ref) {
        return boxes.values().stream()
                .filter(b -> b.id.equals(ref.mailbox()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public LoginResult login(LoginAttempt attempt) {
        boolean right = attempt.username().equalsIgnoreCase("alice@demo.test")
                && attempt.password().reveal().equals("wildpost");
        return answer(right);
    }

    private LoginResult answer(boolean right) {
        return right
                ? new LoginResult.Accepted(ALICE, EmailAddress.parse("alice@demo.test"))
                : new LoginResult.Rejected(rejection);
    }

    @Override
    public ScramLookup scram(MailProtocol protocol, Peer peer, String username) {
        return new ScramLookup(verifier);
    }

    @Override
    public LoginResult scramCompleted(MailProtocol protocol, Peer peer, String username, boolean proved) {
        return answer(proved);
    }

    private static MailboxStatus status(MailboxName name, Box box) {
        long unseen =
                box.flags.values().stream().filter(f -> !f.has(SystemFlag.SEEN)).count();
        long deleted = box.flags.values().stream()
                .filter(f -> f.has(SystemFlag.DELETED))
                .count();
        long size =
                box.messages.values().stream().mapToLong(m -> m.octets.length).sum();
        return new MailboxStatus(
                box.id,
                name,
                box.use,
                box.uidValidity,
                box.uidNext,
                box.modSeq,
                box.messages.size(),
                unseen,
                deleted,
                box.recentFrom,
                size);
    }

    @Override
    public MailboxList list(AccountId account) {
        List<MailboxStatus> all = new ArrayList<>();
        boxes.forEach((name, box) -> all.add(status(name, box)));
        return new MailboxList(all, subscriptions);
    }

    @Override
    public MailboxResult status(AccountId account, MailboxName name) {
        Box box = boxes.get(name);
        return box == null ? new MailboxResult.NoSuchMailbox() : new MailboxResult.Done(status(name, box));
    }

    @Override
    public long recent(MailboxRef mailbox) {
        Box box = box(mailbox);
        return box.messages.tailMap(box.recentFrom).size();
    }

    @Override
    public OpenResult open(AccountId account, MailboxName name, boolean readOnly) {
        Box box = boxes.get(name);
        if (box == null) {
            return new OpenResult.NoSuchMailbox();
        }
        MailboxStatus status = status(name, box);
        long firstRecent = box.recentFrom;
        if (!readOnly) {
            box.recentFrom = box.uidNext;
        }
        return new OpenResult.Opened(
                new MailboxSnapshot(
                        status,
                        box.flags.keySet().stream().mapToLong(u -> u).toArray(),
                        box.flags.values().stream().mapToInt(Flags::system).toArray(),
                        box.flags.values().stream().map(Flags::keywords).toList(),
                        box.modSeqs.values().stream().mapToLong(m -> m).toArray()),
                firstRecent);
    }

    @Override
    public MailboxResult create(AccountId account, MailboxName name, Optional<SpecialUse> use) {
        if (boxes.containsKey(name)) {
            return new MailboxResult.AlreadyExists();
        }
        if (use.isPresent() && boxes.values().stream().anyMatch(box -> box.use.equals(use))) {
            return new MailboxResult.UseTaken();
        }
        String value = name.value();
        for (int end = value.indexOf('/'); end > 0; end = value.indexOf('/', end + 1)) {
            MailboxName parent = new MailboxName(value.substring(0, end));
            if (!boxes.containsKey(parent)) {
                make(parent, Optional.empty());
            }
        }
        make(name, use);
        return status(account, name);
    }

    @Override
    public MailboxResult delete(AccountId account, MailboxName name) {
        if (name.equals(MailboxName.INBOX)) {
            return new MailboxResult.NotAllowed("INBOX stays");
        }
        if (boxes.keySet().stream().anyMatch(n -> n.value().startsWith(name.value() + "/"))) {
            return new MailboxResult.HasChildren();
        }
        MailboxResult result = status(account, name);
        Box box = boxes.remove(name);
        if (box != null) {
            touched(box);
        }
        return result;
    }

    @Override
    public MailboxResult rename(AccountId account, MailboxName from, MailboxName to) {
        if (boxes.containsKey(to)) {
            return new MailboxResult.AlreadyExists();
        }
        Box box = boxes.remove(from);
        if (box == null) {
            return new MailboxResult.NoSuchMailbox();
        }
        boxes.put(to, box);
        return status(account, to);
    }

    @Override
    public void subscribe(AccountId account, MailboxName name, boolean subscribed) {
        if (subscribed) {
            subscriptions.add(name);
        } else {
            subscriptions.remove(name);
        }
    }

    @Override
    public AppendResult append(AccountId account, MailboxName name, AppendRequest request) {
        Box box = boxes.get(name);
        if (box == null) {
            return new AppendResult.NoSuchMailbox();
        }
        if (request.message().size() > quota) {
            return new AppendResult.OverQuota();
        }
        if (full) {
            return new AppendResult.NoRoom();
        }
        try (InputStream in = request.message().open()) {
            long uid = put(box, in.readAllBytes(), request.index(), request.flags(), request.internalDate());
            return new AppendResult.Appended(box.uidValidity, uid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long put(Box box, byte[] octets, MessageIndex index, Flags flags, Optional<Instant> date) {
        long uid = box.uidNext++;
        box.messages.put(uid, new Message(uid, octets, index, date.orElse(ARRIVED)));
        box.flags.put(uid, flags);
        box.modSeqs.put(uid, ++box.modSeq);
        touched(box);
        return uid;
    }

    @Override
    public Changes changes(MailboxRef mailbox, long since) {
        Optional<Box> found = boxes.values().stream()
                .filter(b -> b.id.equals(mailbox.mailbox()))
                .findFirst();
        if (found.isEmpty()) {
            return new Changes(false, 0, 0, List.of(), new long[0]);
        }
        Box box = found.get();
        List<Changes.Changed> changed = box.modSeqs.entrySet().stream()
                .filter(e -> e.getValue() > since)
                .map(e -> new Changes.Changed(e.getKey(), box.flags.get(e.getKey()), e.getValue()))
                .toList();
        long[] gone = box.gone.entrySet().stream()
                .filter(e -> e.getValue() > since)
                .mapToLong(java.util.Map.Entry::getKey)
                .toArray();
        return new Changes(true, box.modSeq, box.uidNext, changed, gone);
    }

    @Override
    public List<FetchRow> fetch(MailboxRef mailbox, long[] uids, Set<FetchDetail> details) {
        Box box = box(mailbox);
        if (uids.length > BATCH) {
            throw new IllegalArgumentException("more than a batch");
        }
        return Arrays.stream(uids)
                .filter(box.messages::containsKey)
                .mapToObj(uid -> row(box, box.messages.get(uid), details))
                .toList();
    }

    private static FetchRow row(Box box, Message m, Set<FetchDetail> details) {
        return new FetchRow(
                m.uid,
                m.uid,
                box.flags.get(m.uid),
                box.modSeqs.get(m.uid),
                m.date,
                m.octets.length,
                details.contains(FetchDetail.ENVELOPE) ? Optional.of(m.index.envelope()) : Optional.empty(),
                details.contains(FetchDetail.STRUCTURE) ? Optional.of(m.index.root()) : Optional.empty(),
                m.index.preview());
    }

    @Override
    public Optional<byte[]> content(MailboxRef mailbox, long uid, long offset, int length) {
        if (length > SLICE) {
            throw new IllegalArgumentException("more than a slice");
        }
        Message m = box(mailbox).messages.get(uid);
        contentLeft--;
        if (m == null || contentLeft < 0) {
            return Optional.empty();
        }
        int from = (int) Math.min(offset, m.octets.length);
        return Optional.of(Arrays.copyOfRange(m.octets, from, (int) Math.min(m.octets.length, offset + length)));
    }

    @Override
    public StoreResult store(MailboxRef mailbox, StoreRequest request) {
        Box box = box(mailbox);
        List<Changes.Changed> result = new ArrayList<>();
        for (long uid : request.uids()) {
            Flags before = box.flags.get(uid);
            if (before == null) {
                continue;
            }
            Flags after = applied(before, request);
            if (!after.equals(before)) {
                box.flags.put(uid, after);
                box.modSeqs.put(uid, ++box.modSeq);
            }
            result.add(new Changes.Changed(uid, after, box.modSeqs.get(uid)));
        }
        touched(box);
        return new StoreResult(result, new long[0]);
    }

    private static Flags applied(Flags before, StoreRequest request) {
        List<String> keywords = new ArrayList<>(before.keywords());
        return switch (request.mode()) {
            case REPLACE -> request.flags();
            case ADD -> {
                keywords.addAll(request.flags().keywords());
                yield new Flags(before.system() | request.flags().system(), keywords);
            }
            case REMOVE -> {
                keywords.removeIf(request.flags()::has);
                yield new Flags(before.system() & ~request.flags().system(), keywords);
            }
        };
    }

    @Override
    public long[] search(MailboxRef mailbox, SearchKey key) {
        Box box = box(mailbox);
        return box.messages.values().stream()
                .filter(m ->
                        new MemorySearch(m.uid, m.octets, box.flags.get(m.uid), box.modSeqs.get(m.uid)).matches(key))
                .mapToLong(m -> m.uid)
                .toArray();
    }

    @Override
    public CopyResult copy(MailboxRef source, long[] uids, MailboxName target) {
        Box from = box(source);
        Box to = boxes.get(target);
        if (to == null) {
            return new CopyResult.NoSuchMailbox();
        }
        long[] existing = Arrays.stream(uids).filter(from.messages::containsKey).toArray();
        long[] copies = Arrays.stream(existing)
                .map(uid -> {
                    Message m = from.messages.get(uid);
                    return put(to, m.octets, m.index, from.flags.get(uid), Optional.of(m.date));
                })
                .toArray();
        return new CopyResult.Copied(to.uidValidity, existing, copies);
    }

    @Override
    public CopyResult move(MailboxRef source, long[] uids, MailboxName target) {
        CopyResult result = copy(source, uids, target);
        if (result instanceof CopyResult.Copied copied) {
            remove(box(source), copied.sourceUids());
        }
        return result;
    }

    @Override
    public long[] expunge(MailboxRef mailbox, Optional<long[]> uids) {
        Box box = box(mailbox);
        long[] gone = box.flags.entrySet().stream()
                .filter(e -> e.getValue().has(SystemFlag.DELETED))
                .mapToLong(java.util.Map.Entry::getKey)
                .filter(uid -> uids.isEmpty() || Arrays.stream(uids.get()).anyMatch(u -> u == uid))
                .toArray();
        remove(box, gone);
        return gone;
    }

    private void remove(Box box, long[] uids) {
        for (long uid : uids) {
            box.messages.remove(uid);
            box.flags.remove(uid);
            box.modSeqs.remove(uid);
            box.gone.put(uid, ++box.modSeq);
        }
        touched(box);
    }

    @Override
    public Watch watch(MailboxRef mailbox, MailboxWatcher watcher) {
        Watcher added = new Watcher(mailbox.mailbox(), watcher);
        watchers.add(added);
        return () -> watchers.remove(added);
    }
}
