// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.Changes.Changed;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.SnapshotDifference;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/**
 * The selected mailbox as the client knows it: the only place with sequence numbers (RFC 9051 §2.3.1.2). It holds two states of the mailbox, what the
 * client was told and what there is, mostly one object that all sessions share; the difference is told when the client may hear it. For one thread at
 * a time.
 */
final class MailboxView {
    private static final long[] NONE = new long[0];

    private final MailboxRef ref;
    private final MailboxName name;
    private final boolean readOnly;
    private RecentMessages recent;

    /** What the client was told that it may do. */
    private Rights rights;

    /** What the client knows: its sequence numbers are the indexes here and one more. */
    private MailboxSnapshot told;

    private MailboxSnapshot latest;

    /** States that the client heard of beside {@link #told}, by UID. */
    private Map<Long, Changed> heard = Map.of();

    /** Keywords that were named in FLAGS. */
    private Set<String> named;

    MailboxView(OpenResult.Opened opened, boolean readOnly, RecentMessages recent) {
        this.ref = opened.ref();
        this.name = opened.status().name();
        this.readOnly = readOnly;
        this.recent = recent;
        this.rights = opened.rights();
        this.told = opened.snapshot();
        this.latest = told;
        this.named = told.knownKeywords();
    }

    /** What {@code $} stands for (RFC 5182 §2.1), ascending; what is gone meanwhile is left out where it is asked for. */
    private long[] saved = NONE;

    MailboxRef ref() {
        return ref;
    }

    MailboxName name() {
        return name;
    }

    boolean readOnly() {
        return readOnly;
    }

    Rights rights() {
        return rights;
    }

    /** The client is told of other rights. */
    void rights(Rights now) {
        rights = now;
    }

    /** The modification sequence up to which the client is told of everything. */
    long modSeq() {
        return told.highestModSeq();
    }

    /** The modification sequence up to which changes were taken in. */
    long latestModSeq() {
        return latest.highestModSeq();
    }

    int messages() {
        return told.size();
    }

    /** UIDs from here on were never given to a message that the client may know. */
    long uidNext() {
        return told.uidNext();
    }

    Set<String> knownKeywords() {
        return named;
    }

    boolean isRecent(long uid) {
        return recent.has(uid);
    }

    /** From now on no message is {@code \Recent}. */
    void forgetRecent() {
        recent = new RecentMessages(ref.mailbox());
    }

    int recentCount() {
        return recent.count(told);
    }

    /** UIDs of the messages that are {@code \Recent} here. */
    long[] recent() {
        return recent.of(told);
    }

    /** The sequence number of the first message without {@code \Seen}, 0 when there is none. */
    int firstUnseen() {
        return told.firstWithout(SystemFlag.SEEN.bit()) + 1;
    }

    /** The sequence number of a UID, 0 when the client does not know it. */
    int sequence(long uid) {
        return Math.max(0, told.indexOf(uid) + 1);
    }

    /** The UID of a sequence number. */
    long uid(int sequence) {
        return told.uid(sequence - 1);
    }

    /** A message's flags as they are now; as they were last, when it is gone and the client does not know that yet. */
    Flags flags(long uid) {
        Changed newer = newerThanKnown(uid);
        if (newer != null) {
            return newer.flags();
        }
        MailboxSnapshot from = latest.indexOf(uid) >= 0 ? latest : told;
        int i = from.indexOf(uid);
        return i >= 0 ? from.flags(i) : Flags.NONE;
    }

    /** A message's modification sequence as it is now, likewise; 0 when there is no such message. */
    long modSeq(long uid) {
        Changed newer = newerThanKnown(uid);
        return newer != null ? newer.modSeq() : knownModSeq(uid);
    }

    private long knownModSeq(long uid) {
        MailboxSnapshot from = latest.indexOf(uid) >= 0 ? latest : told;
        int i = from.indexOf(uid);
        return i >= 0 ? from.modSeq(i) : 0;
    }

    /** What the client heard of a message, when that is newer than both states here. */
    private @Nullable Changed newerThanKnown(long uid) {
        Changed state = heard.isEmpty() ? null : heard.get(uid);
        return state != null && state.modSeq() > knownModSeq(uid) ? state : null;
    }

    /** UIDs of a set, ascending; empty when it names a sequence number that does not exist (RFC 9051 §9 seq-number). */
    Optional<long[]> resolve(SequenceSet set, boolean uid) {
        if (!uid) {
            for (int r = 0; r < set.ranges(); r++) {
                long last = set.last()[r] == SequenceSet.STAR ? set.first()[r] : set.last()[r];
                boolean star = last == SequenceSet.STAR;
                if (star ? told.size() == 0 : last > told.size()) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(existing(set, uid));
    }

    /** UIDs of those messages of a set that exist, ascending. */
    long[] existing(SequenceSet set, boolean uid) {
        int size = told.size();
        if (size == 0 || set.isSaved()) {
            return size == 0 ? NONE : known(saved);
        }
        BitSet chosen = new BitSet(size);
        long greatest = uid ? told.uid(size - 1) : size;
        for (int r = 0; r < set.ranges(); r++) {
            long a = set.first()[r] == SequenceSet.STAR ? greatest : set.first()[r];
            long b = set.last()[r] == SequenceSet.STAR ? greatest : set.last()[r];
            long low = Math.min(a, b);
            long high = Math.max(a, b);
            long from = uid ? told.firstNotBelow(low) : low - 1;
            long to = uid ? told.firstNotBelow(high + 1) : high;
            to = Math.min(to, size);
            if (from >= 0 && from < to) {
                chosen.set((int) from, (int) to);
            }
        }
        long[] uids = new long[chosen.cardinality()];
        int at = 0;
        for (int from = chosen.nextSetBit(0); from >= 0; ) {
            int to = chosen.nextClearBit(from);
            told.copyUids(from, to, uids, at);
            at += to - from;
            from = chosen.nextSetBit(to);
        }
        return uids;
    }

    /** From now on {@code $} stands for these, ascending (RFC 5182 §2.1). */
    void save(long[] uids) {
        saved = uids.clone();
    }

    /** The state up to which changes were taken in. */
    MailboxSnapshot latest() {
        return latest;
    }

    /** UIDs of the messages from one on that the client knows. */
    long[] from(long uid) {
        int first = told.firstNotBelow(uid);
        long[] uids = new long[told.size() - first];
        told.copyUids(first, told.size(), uids, 0);
        return uids;
    }

    /** Whether there is more than the client was told. */
    boolean isBehind() {
        return told != latest;
    }

    /** Those UIDs that the client knows. */
    long[] known(long[] some) {
        return Arrays.stream(some).filter(uid -> sequence(uid) > 0).toArray();
    }

    /** Takes in what there is now. */
    void apply(MailboxSnapshot now) {
        latest = now;
    }

    /** What the client believes a message's flags to be; empty when it heard of a newer state than this view has. */
    Optional<Flags> believed(long uid) {
        int i = told.indexOf(uid);
        return i < 0 || heard.containsKey(uid) ? Optional.empty() : Optional.of(told.flags(i));
    }

    /** The modification sequence of the last state of a message that was told by way of news. */
    long toldModSeq(long uid) {
        int i = told.indexOf(uid);
        return i < 0 ? 0 : told.modSeq(i);
    }

    /** The client is being told the state of a message, or infers it. */
    void heard(Changed state) {
        int i = told.indexOf(state.uid());
        if (i < 0 || told.modSeq(i) >= state.modSeq()) {
            return;
        }
        if (heard.isEmpty()) {
            heard = new HashMap<>();
        }
        heard.merge(state.uid(), state, (one, other) -> one.modSeq() > other.modSeq() ? one : other);
    }

    /** Says what the client has not heard (RFC 9051 §7.4.1, §7.5.1, §7.5.2). */
    void announce(MessageLines lines, boolean expungeAllowed) throws IOException {
        announce(lines, expungeAllowed, true);
    }

    /**
     * The same.
     *
     * @param flags whether changes of flags are said; else they are known without that
     */
    void announce(MessageLines lines, boolean expungeAllowed, boolean flags) throws IOException {
        if (told != latest) {
            tell(lines, expungeAllowed, flags);
        }
        if (!heard.isEmpty()) {
            // Of what is newer than the latest state it must be known later that the client heard it.
            heard.values().removeIf(state -> state.modSeq() <= latest.highestModSeq());
        }
    }

    private void tell(MessageLines lines, boolean expungeAllowed, boolean flags) throws IOException {
        MailboxSnapshot now = latest;
        MailboxSnapshot before = told;
        SnapshotDifference news = now.since(before);
        boolean all = expungeAllowed || news.gone().length == 0;
        if (all && news.gone().length > 0) {
            lines.gone(before, news.gone());
        }
        announceKeywords(lines, now.knownKeywords());
        told = all ? now : before.with(stillWithThem(news));
        if (news.firstAdded() < now.size()) {
            recent.came(before.uidNext(), now.uidNext() - 1);
            lines.count(told.size(), recentCount());
        }
        for (int index : news.changed()) {
            if (flags && isNews(lines, now, index, before)) {
                lines.changed(this, now.uid(index));
            }
        }
    }

    private boolean isNews(MessageLines lines, MailboxSnapshot now, int index, MailboxSnapshot before) {
        long uid = now.uid(index);
        Changed known = heard.get(uid);
        if (known != null) {
            return known.modSeq() < now.modSeq(index);
        }
        return lines.tellsModSeqs() || !now.flags(index).equals(before.flags(before.indexOf(uid)));
    }

    /**
     * The news without those that are gone, and so without moving on the sequence up to which everything is told; what was heard of these last before they
     * went is their state while the client counts them.
     */
    private Changes stillWithThem(SnapshotDifference news) {
        Map<Long, Changed> states = new TreeMap<>();
        for (int index : news.changed()) {
            states.put(latest.uid(index), state(index));
        }
        for (int index = news.firstAdded(); index < latest.size(); index++) {
            states.put(latest.uid(index), state(index));
        }
        for (int index : news.gone()) {
            Changed last = heard.get(told.uid(index));
            if (last != null) {
                states.put(last.uid(), last);
            }
        }
        return new Changes(true, true, told.highestModSeq(), latest.uidNext(), List.copyOf(states.values()), NONE);
    }

    private Changed state(int index) {
        return new Changed(latest.uid(index), latest.flags(index), latest.modSeq(index));
    }

    /** New keywords are named before they are used. */
    void announceKeywords(MessageLines lines, Collection<String> used) throws IOException {
        if (!named.containsAll(used)) {
            TreeSet<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            all.addAll(named);
            all.addAll(used);
            named = all;
            lines.newFlags(this);
        }
    }
}
