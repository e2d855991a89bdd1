// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
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
    private MailboxSnapshot view = new SnapshotBuilder().build(1, 1);

    MemoryBox(long id, Optional<SpecialUse> use) {
        this.id = new MailboxId(id);
        this.use = use;
    }

    long uidValidity() {
        return 1_000 + id.value();
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
