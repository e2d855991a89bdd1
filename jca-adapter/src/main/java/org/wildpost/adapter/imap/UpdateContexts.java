// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.SearchQuery;
import org.wildpost.core.listener.imap.SnapshotDifference;
import org.wildpost.core.search.SearchKey;

/**
 * The searches of a session whose results are kept up to date, and the telling of what changes in them (RFC 5267 §4.3). Ends with the selection.
 * For one thread at a time.
 */
final class UpdateContexts {
    /** Updating searches of one session; for more the client is told NOUPDATE (RFC 5267 §4.3.1). */
    static final int MAX = 16;

    /** How long a search for what is so old may say nothing while nothing else happens (RFC 5032 §2 allows delays). */
    private static final Duration DYNAMIC = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(UpdateContexts.class.getName());

    private final ImapContext context;
    private final InstantSource clock;
    private final Map<String, UpdateContext> byTag = new LinkedHashMap<>();

    UpdateContexts(ImapContext context, InstantSource clock) {
        this.context = context;
        this.clock = clock;
    }

    boolean has(String tag) {
        return byTag.containsKey(tag);
    }

    /** Begins to tell of a search; the client hears when that cannot be. */
    void start(UpdateContext one) throws IOException {
        if (byTag.size() < MAX && !one.isRanked()) {
            byTag.put(one.tag(), one);
        } else {
            context.writer().untagged("NO [NOUPDATE \"" + one.tag() + "\"] no updates of this search");
        }
    }

    /** Whether there was such a search. */
    boolean cancel(String tag) {
        return byTag.remove(tag) != null;
    }

    void clear() {
        byTag.clear();
    }

    /** Messages that are gone leave the results while their numbers are still right (RFC 5267 §4.3.4). */
    void tellGone(MailboxView view) throws IOException {
        for (UpdateContext one : byTag.values()) {
            MailboxSnapshot latest = view.latest();
            if (latest != one.seen()) {
                long[] left = LongStream.of(one.results())
                        .filter(uid -> latest.indexOf(uid) >= 0)
                        .toArray();
                tell(view, one, left);
            }
        }
    }

    /** Tells what else changed in the results, now that the client knows of the messages (RFC 5267 §4.3.3). */
    void tellChanged(MailboxView view) throws IOException {
        for (UpdateContext one : byTag.values()) {
            try {
                long firstNew = one.seen().uidNext();
                long[] now = LongStream.of(evaluated(view, one))
                        .filter(uid -> view.sequence(uid) > 0)
                        .toArray();
                // Before it is said that they were found; not of those that were there and have other flags now (RFC
                // 5465 §7).
                context.notices()
                        .describe(
                                LongStream.of(now)
                                        .filter(uid -> uid >= firstNew)
                                        .toArray(),
                                one.items());
                tell(view, one, now);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "the results of a search could not be brought up to date", e);
            }
        }
    }

    private long[] evaluated(MailboxView view, UpdateContext one) {
        MailboxSnapshot latest = view.latest();
        boolean due = one.term().isDynamic() && System.nanoTime() - one.evaluatedAt() > DYNAMIC.toNanos();
        if (latest == one.seen() && !due) {
            return one.results();
        }
        SearchKey key = one.term().withoutView(clock.instant());
        long[] touched = touched(latest, one.seen());
        long[] now;
        if (one.isUnsorted() && !one.term().isDynamic()) {
            now = touched.length == 0 ? one.results() : merged(view, one, key, touched);
        } else {
            now = touched.length == 0 && !due
                    ? one.results()
                    : found(view, new SearchQuery(key, one.order(), Set.of()));
        }
        one.evaluated(latest);
        return now;
    }

    /** UIDs of messages that are new or have other flags. */
    private static long[] touched(MailboxSnapshot latest, MailboxSnapshot seen) {
        SnapshotDifference news = latest.since(seen);
        return LongStream.concat(
                        Arrays.stream(news.changed()).mapToLong(latest::uid),
                        IntStream.range(news.firstAdded(), latest.size()).mapToLong(latest::uid))
                .toArray();
    }

    /** Only what was touched can have come or gone. */
    private long[] merged(MailboxView view, UpdateContext one, SearchKey key, long[] touched) {
        SearchKey among = new SearchKey.And(List.of(new SearchKey.Uids(touched), key));
        long[] matching = found(view, SearchQuery.of(among));
        TreeSet<Long> all = LongStream.of(one.results()).boxed().collect(Collectors.toCollection(TreeSet::new));
        LongStream.of(touched).forEach(all::remove);
        LongStream.of(matching).forEach(all::add);
        return all.stream().mapToLong(Long::longValue).toArray();
    }

    private long[] found(MailboxView view, SearchQuery query) {
        return context.ask(l -> l.search(view.ref(), query)).uids();
    }

    private void tell(MailboxView view, UpdateContext one, long[] now) throws IOException {
        String removed = changes(view, one, one.results(), now, true);
        String added = changes(view, one, now, one.results(), false);
        if (!removed.isEmpty() || !added.isEmpty()) {
            SearchAnswer.begin(context.writer(), one.tag(), one.mailbox(), one.uid())
                    .text(removed.isEmpty() ? "" : " REMOVEFROM (" + removed + ")")
                    .text(added.isEmpty() ? "" : " ADDTO (" + added + ")")
                    .endLine();
        }
        one.told(now);
    }

    /**
     * Positions and sets of what is in one list and not in the other.
     *
     * @param shrinks whether what stands behind moves up with each pair
     */
    private static String changes(MailboxView view, UpdateContext one, long[] list, long[] other, boolean shrinks) {
        Set<Long> kept = new HashSet<>();
        LongStream.of(other).forEach(kept::add);
        StringBuilder out = new StringBuilder();
        int told = 0;
        int at = 0;
        if (one.isUnsorted()) {
            long[] some = LongStream.of(list).filter(uid -> !kept.contains(uid)).toArray();
            return some.length == 0 ? "" : "0 " + set(view, one, some);
        }
        while (at < list.length) {
            int end = at;
            while (end < list.length && !kept.contains(list[end])) {
                end++;
            }
            if (end > at) {
                int position = at + 1 - (shrinks ? told : 0);
                out.append(out.isEmpty() ? "" : " ").append(position).append(' ');
                out.append(set(view, one, Arrays.copyOfRange(list, at, end)));
                told += end - at;
            }
            at = Math.max(end, at + 1);
        }
        return out.toString();
    }

    private static String set(MailboxView view, UpdateContext one, long[] uids) {
        return SequenceSet.format(
                one.uid() ? uids : LongStream.of(uids).map(view::sequence).toArray());
    }
}
