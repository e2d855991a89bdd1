// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/**
 * The selected mailbox as the client knows it: the only place with sequence numbers (RFC 9051 §2.3.1.2). Changes are taken in at any time and
 * told when the client may hear them. For one thread at a time.
 */
final class MailboxView {
    /** The first recent UID for who knows no {@code \Recent}. */
    static final long NO_RECENT = Long.MAX_VALUE;

    private final MailboxRef ref;
    private final MailboxName name;
    private final boolean readOnly;
    private final long firstRecent;
    private final TreeSet<String> knownKeywords = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final TreeSet<Long> expunged = new TreeSet<>();
    private final TreeSet<Long> changed = new TreeSet<>();
    private long[] uids;
    private int[] systemFlags;
    private final List<List<String>> keywords;
    private int count;
    private int announced;
    private boolean keywordsChanged;
    private long modSeq;

    MailboxView(MailboxRef ref, OpenResult.Opened opened, boolean readOnly) {
        MailboxSnapshot snapshot = opened.snapshot();
        this.ref = ref;
        this.name = snapshot.status().name();
        this.readOnly = readOnly;
        this.firstRecent = opened.firstRecent();
        this.uids = snapshot.uids().clone();
        this.systemFlags = snapshot.systemFlags().clone();
        this.keywords = new ArrayList<>(snapshot.keywords());
        this.count = uids.length;
        this.announced = count;
        this.modSeq = snapshot.status().highestModSeq();
        keywords.forEach(knownKeywords::addAll);
    }

    MailboxRef ref() {
        return ref;
    }

    MailboxName name() {
        return name;
    }

    boolean readOnly() {
        return readOnly;
    }

    /** The modification sequence up to which this view is told. */
    long modSeq() {
        return modSeq;
    }

    int messages() {
        return count;
    }

    Set<String> knownKeywords() {
        return knownKeywords;
    }

    boolean isRecent(long uid) {
        return uid >= firstRecent;
    }

    int recentCount() {
        return count - firstNotBelow(firstRecent);
    }

    /** UIDs of the messages that are {@code \Recent} here. */
    long[] recent() {
        return Arrays.copyOfRange(uids, firstNotBelow(firstRecent), count);
    }

    /** The sequence number of the first message without {@code \Seen}, 0 when there is none. */
    int firstUnseen() {
        for (int i = 0; i < count; i++) {
            if ((systemFlags[i] & SystemFlag.SEEN.bit()) == 0) {
                return i + 1;
            }
        }
        return 0;
    }

    /** The sequence number of a UID, 0 when the client does not know it. */
    int sequence(long uid) {
        int i = Arrays.binarySearch(uids, 0, count, uid);
        return i < 0 || i >= announced ? 0 : i + 1;
    }

    Flags flags(long uid) {
        int i = index(uid);
        return i < 0 ? Flags.NONE : new Flags(systemFlags[i], keywords.get(i));
    }

    /** UIDs of a set, ascending; empty when it names a sequence number that does not exist (RFC 9051 §9 seq-number). */
    Optional<long[]> resolve(SequenceSet set, boolean uid) {
        if (!uid) {
            for (int r = 0; r < set.ranges(); r++) {
                long last = set.last()[r] == SequenceSet.STAR ? set.first()[r] : set.last()[r];
                boolean star = last == SequenceSet.STAR;
                if (star ? announced == 0 : last > announced) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(existing(set, uid));
    }

    /** UIDs of those messages of a set that exist, ascending. */
    long[] existing(SequenceSet set, boolean uid) {
        BitSet chosen = new BitSet(announced);
        long greatest = announced == 0 ? 0 : uid ? uids[announced - 1] : announced;
        for (int r = 0; r < set.ranges(); r++) {
            long a = set.first()[r] == SequenceSet.STAR ? greatest : set.first()[r];
            long b = set.last()[r] == SequenceSet.STAR ? greatest : set.last()[r];
            long low = Math.min(a, b);
            long high = Math.max(a, b);
            long from = uid ? firstNotBelow(low) : low - 1;
            long to = uid ? firstNotBelow(high + 1) : high;
            to = Math.min(to, announced);
            if (from >= 0 && from < to) {
                chosen.set((int) from, (int) to);
            }
        }
        return chosen.stream().mapToLong(i -> uids[i]).toArray();
    }

    /** Those UIDs that the client knows. */
    long[] known(long[] some) {
        return Arrays.stream(some).filter(uid -> sequence(uid) > 0).toArray();
    }

    /** Takes in what happened elsewhere. */
    void apply(Changes changes) {
        for (Changes.Changed message : changes.changed()) {
            if (index(message.uid()) >= 0) {
                learn(message.uid(), message.flags());
            } else if (count == 0 || message.uid() > uids[count - 1]) {
                add(message.uid(), message.flags());
            }
        }
        vanished(changes.expunged());
        modSeq = Math.max(modSeq, changes.highestModSeq());
    }

    /** These messages are gone. */
    void vanished(long[] gone) {
        for (long uid : gone) {
            if (index(uid) >= 0) {
                expunged.add(uid);
            }
        }
    }

    /** A message's flags as they are now; told later when they differ from what the client was told. */
    void learn(long uid, Flags flags) {
        int i = index(uid);
        if (i < 0 || systemFlags[i] == flags.system() && keywords.get(i).equals(flags.keywords())) {
            return;
        }
        systemFlags[i] = flags.system();
        keywords.set(i, flags.keywords());
        noteKeywords(flags);
        if (i < announced) {
            changed.add(uid);
        }
    }

    /** The client is being told, or knows, the flags of this message. */
    void told(long uid) {
        changed.remove(uid);
    }

    /** Says what the client has not heard (RFC 9051 §7.4.1, §7.5.1, §7.5.2). */
    void announce(ImapWriter out, boolean expungeAllowed) throws IOException {
        if (expungeAllowed && !expunged.isEmpty()) {
            announceExpunged(out);
        }
        announceKeywords(out);
        if (count != announced) {
            announced = count;
            out.untagged(count + " EXISTS");
            if (firstRecent != NO_RECENT) {
                out.untagged(recentCount() + " RECENT");
            }
        }
        for (long uid : changed) {
            if (sequence(uid) > 0) {
                out.text("* " + sequence(uid) + " FETCH (UID " + uid + " FLAGS ")
                        .list(FlagText.words(flags(uid), isRecent(uid)))
                        .text(")")
                        .endLine();
            }
        }
        changed.clear();
    }

    /** New keywords are named before they are used. */
    void announceKeywords(ImapWriter out) throws IOException {
        if (keywordsChanged) {
            keywordsChanged = false;
            out.text("* FLAGS ").list(FlagText.all(knownKeywords)).endLine();
        }
    }

    private void announceExpunged(ImapWriter out) throws IOException {
        int kept = 0;
        int told = announced;
        for (int i = 0; i < count; i++) {
            if (expunged.contains(uids[i])) {
                if (i < announced) {
                    out.untagged((kept + 1) + " EXPUNGE");
                    told--;
                }
                changed.remove(uids[i]);
            } else {
                uids[kept] = uids[i];
                systemFlags[kept] = systemFlags[i];
                keywords.set(kept, keywords.get(i));
                kept++;
            }
        }
        keywords.subList(kept, count).clear();
        count = kept;
        announced = told;
        expunged.clear();
    }

    private void add(long uid, Flags flags) {
        if (count == uids.length) {
            int capacity = Math.max(16, count + (count >> 1));
            uids = Arrays.copyOf(uids, capacity);
            systemFlags = Arrays.copyOf(systemFlags, capacity);
        }
        uids[count] = uid;
        systemFlags[count] = flags.system();
        keywords.add(flags.keywords());
        count++;
        noteKeywords(flags);
    }

    private void noteKeywords(Flags flags) {
        keywordsChanged |= knownKeywords.addAll(flags.keywords());
    }

    private int index(long uid) {
        return Arrays.binarySearch(uids, 0, count, uid);
    }

    /** The index of the first message with this UID or a greater one. */
    private int firstNotBelow(long uid) {
        int i = index(uid);
        return i < 0 ? -i - 1 : i;
    }
}
