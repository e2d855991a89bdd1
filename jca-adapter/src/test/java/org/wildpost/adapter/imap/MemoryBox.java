// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.wildpost.core.acl.FlagRights;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.MailboxMeasure;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.SnapshotBuilder;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.listener.imap.Vanished;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** One mailbox of {@link MemoryMail}: UIDs and MODSEQs ascend, and what left is remembered. */
final class MemoryBox {
    final MailboxId id;
    Optional<SpecialUse> use;
    private final TreeMap<Long, MemoryMessage> messages = new TreeMap<>();
    private final TreeMap<Long, Long> gone = new TreeMap<>();
    private long uidNext = 1;
    private long recentFrom = 1;
    private long modSeq = 1;
    private long forgotten;
    private final Map<AccountId, Map<Long, Mark>> marks = new HashMap<>();
    private MailboxSnapshot view = new SnapshotBuilder().build(1, 1);

    /** Whether somebody who is not the owner has seen a message. */
    private record Mark(boolean seen, long modSeq) {}

    MemoryBox(long id, Optional<SpecialUse> use) {
        this.id = new MailboxId(id);
        this.use = use;
    }

    long uidValidity() {
        return 1_000 + id.value();
    }

    /** Something else than its messages changed. */
    void moveOn() {
        modSeq++;
    }

    MailboxStatus status(MailboxName name) {
        return new MailboxStatus(
                id,
                name,
                use,
                uidValidity(),
                uidNext,
                modSeq,
                messages.size(),
                count(m -> !m.flags().has(SystemFlag.SEEN)),
                count(m -> m.flags().has(SystemFlag.DELETED)),
                recentFrom,
                size());
    }

    private long count(Predicate<MemoryMessage> counted) {
        return messages.values().stream().filter(counted).count();
    }

    QuotaAmount amount() {
        return new QuotaAmount(size(), messages.size());
    }

    long size() {
        return messages.values().stream().mapToLong(MemoryMessage::size).sum();
    }

    long measure(MailboxMeasure what) {
        return switch (what) {
            case RECENT -> messages.tailMap(recentFrom).size();
            case DELETED_SIZE ->
                messages.values().stream()
                        .filter(m -> m.flags().has(SystemFlag.DELETED))
                        .mapToLong(MemoryMessage::size)
                        .sum();
        };
    }

    /** Gives the mark of the new messages away; returns the first that had it. */
    long takeRecent(boolean readOnly) {
        long first = recentFrom;
        recentFrom = readOnly ? first : uidNext;
        return first;
    }

    /** The messages as they are now; the same object while nothing happens. */
    MailboxSnapshot view() {
        if (view.highestModSeq() != modSeq) {
            view = view.with(changes(view.highestModSeq()));
        }
        return view;
    }

    long[] uids(Predicate<MemoryMessage> wanted) {
        return messages.values().stream()
                .filter(wanted)
                .mapToLong(MemoryMessage::uid)
                .toArray();
    }

    /** Those of the messages that exist, ascending. */
    List<MemoryMessage> existing(long[] uids) {
        return Arrays.stream(uids)
                .sorted()
                .distinct()
                .filter(messages::containsKey)
                .mapToObj(messages::get)
                .toList();
    }

    Optional<MemoryMessage> message(long uid) {
        return Optional.ofNullable(messages.get(uid));
    }

    /** Takes a message in under the next UID and gives that. */
    long put(MemoryMessage message, long messageId) {
        long uid = uidNext++;
        messages.put(uid, message.placed(uid, ++modSeq, messageId, MemoryMailboxes.ARRIVED));
        return uid;
    }

    MemoryMessage flag(long uid, Flags flags) {
        return messages.compute(uid, (key, before) -> before.flagged(flags, ++modSeq));
    }

    void remove(long[] uids) {
        for (long uid : uids) {
            messages.remove(uid);
            gone.put(uid, ++modSeq);
        }
    }

    Vanished vanished(long since) {
        return new Vanished(
                since >= forgotten,
                gone.entrySet().stream()
                        .filter(e -> e.getValue() > Math.max(since, forgotten))
                        .mapToLong(Map.Entry::getKey)
                        .toArray());
    }

    /** Gives up all tombstones. */
    void forget() {
        forgotten = modSeq;
    }

    Changes changes(long since) {
        long[] expunged = gone.entrySet().stream()
                .filter(e -> e.getValue() > since)
                .mapToLong(Map.Entry::getKey)
                .toArray();
        List<Changes.Changed> changed = messages.values().stream()
                .filter(m -> m.modSeq() > since)
                .map(MemoryMessage::state)
                .toList();
        return new Changes(true, true, modSeq, uidNext, changed, expunged);
    }

    private Map<Long, Mark> marks(AccountId reader) {
        return marks.computeIfAbsent(reader, one -> new TreeMap<>());
    }

    /** A message as somebody sees it who is not the owner. */
    MemoryMessage shown(MemoryMessage message, AccountId reader) {
        Mark mark = marks(reader).getOrDefault(message.uid(), new Mark(false, 0));
        int others = message.flags().system() & ~SystemFlag.SEEN.bit();
        Flags flags = new Flags(
                others | (mark.seen ? SystemFlag.SEEN.bit() : 0),
                message.flags().keywords());
        return message.flagged(flags, Math.max(message.modSeq(), mark.modSeq));
    }

    List<MemoryMessage> shown(AccountId reader) {
        return messages.values().stream().map(m -> shown(m, reader)).toList();
    }

    MailboxSnapshot view(AccountId reader) {
        SnapshotBuilder builder = new SnapshotBuilder();
        shown(reader)
                .forEach(m -> builder.add(m.uid(), m.flags().system(), m.flags().keywords(), m.modSeq()));
        return builder.build(uidNext, modSeq);
    }

    Changes changes(AccountId reader, long since) {
        Changes owners = changes(since);
        List<Changes.Changed> changed = shown(reader).stream()
                .filter(m -> m.modSeq() > since)
                .map(MemoryMessage::state)
                .toList();
        return new Changes(true, true, modSeq, uidNext, changed, owners.expunged());
    }

    /** Flags that somebody else gives a message: {@code \Seen} for themselves, the others for all. */
    MemoryMessage flag(AccountId reader, long uid, Flags flags) {
        MemoryMessage owners = messages.get(uid);
        Flags before = shown(owners, reader).flags();
        int seen = SystemFlag.SEEN.bit();
        long at = modSeq + 1;
        if (before.has(SystemFlag.SEEN) != flags.has(SystemFlag.SEEN)) {
            modSeq = at;
            marks(reader).put(uid, new Mark(flags.has(SystemFlag.SEEN), at));
        }
        Flags all = new Flags(owners.flags().system() & seen | flags.system() & ~seen, flags.keywords());
        if (!all.equals(owners.flags())) {
            modSeq = at;
            messages.put(uid, owners.flagged(all, at));
        }
        return shown(messages.get(uid), reader);
    }

    StoreResult store(AccountId reader, StoreRequest request, Rights rights) {
        long limit = request.unchangedSince().orElse(Long.MAX_VALUE);
        List<MemoryMessage> asked =
                existing(request.uids()).stream().map(m -> shown(m, reader)).toList();
        List<Changes.Changed> result = asked.stream()
                .filter(m -> m.modSeq() <= limit)
                .map(m -> flag(reader, m.uid(), FlagRights.changed(m.flags(), applied(m.flags(), request), rights))
                        .state())
                .toList();
        return new StoreResult(
                result,
                asked.stream()
                        .filter(m -> m.modSeq() > limit)
                        .mapToLong(MemoryMessage::uid)
                        .toArray());
    }

    StoreResult store(StoreRequest request) {
        long limit = request.unchangedSince().orElse(Long.MAX_VALUE);
        List<MemoryMessage> asked = existing(request.uids());
        List<Changes.Changed> result = new ArrayList<>();
        asked.stream().filter(m -> m.modSeq() <= limit).forEach(before -> {
            Flags after = applied(before.flags(), request);
            MemoryMessage now = after.equals(before.flags()) ? before : flag(before.uid(), after);
            result.add(now.state());
        });
        return new StoreResult(
                result,
                asked.stream()
                        .filter(m -> m.modSeq() > limit)
                        .mapToLong(MemoryMessage::uid)
                        .toArray());
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
}
