// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wildpost.persistence.queue.Lane;
import org.wildpost.persistence.queue.QueueDestinations;

/**
 * Decides which of this node's consignments begins next: destinations take turns, and within one its accounts do. Those where nobody has
 * answered may have a part of the places only, so that however many of them are dead the others go on. Holds no connection and waits for
 * nothing. Safe for all threads.
 */
@ApplicationScoped
public class Dispatcher {
    /** Consignments for one destination that wait in memory; what is beyond waits in the database, where any node takes it. */
    static final int ROOM = 100;

    /** As many for a destination that nobody tried yet. */
    static final int ROOM_WHEN_NEW = 25;

    /** Consignments for all destinations that wait in memory. */
    static final int ROOM_FOR_ALL = 5_000;

    /** Octets of a message that may wait in memory; a larger one is read again when it is carried. */
    static final int SMALL = 64 * 1024;

    /** Destinations that are remembered when nothing is to be done for them. */
    static final int REMEMBERED = 20_000;

    @Inject
    QueueSettings settings;

    InstantSource clock = InstantSource.system();

    private final LinkedHashMap<String, Berth> berths = new LinkedHashMap<>();
    private final ArrayDeque<Berth> trusted = new ArrayDeque<>();
    private final ArrayDeque<Berth> doubtful = new ArrayDeque<>();
    private final LinkedHashSet<Berth> hungry = new LinkedHashSet<>();
    // Counted: an entry may be claimed again before it is heard that it was given back.
    private final Map<Long, Integer> inHand = new HashMap<>();
    private int underWay;
    private int doubtfulUnderWay;
    private int waiting;
    private long memory;
    private @Nullable Consumer<Run> starter;
    private @Nullable Runnable claimer;
    private @Nullable Retries retries;

    /**
     * A consignment that begins.
     *
     * @param doubtful whether it takes one of the places for destinations where nobody has answered
     */
    record Run(Consignment consignment, boolean doubtful) {}

    /**
     * A destination for which the database has more.
     *
     * @param place    where the last claim stopped
     * @param messages how many can be taken
     * @param news     how often it was said that there is more
     */
    record Want(Lane place, int messages, long news) {}

    /**
     * What follows a try.
     *
     * @param rests     nobody answers: the destination rests
     * @param recovered somebody answers again
     * @param back      what waited for it in memory, to be given back
     */
    record Change(boolean rests, boolean recovered, List<Consignment> back) {}

    /**
     * Begins to take work.
     *
     * @param begin carries, on a thread of its own
     * @param claim fetches work from the database, soon
     */
    synchronized void open(Consumer<Run> begin, Runnable claim, Retries waits) {
        starter = begin;
        claimer = claim;
        retries = waits;
    }

    /** Begins nothing any more; what had not begun is to be given back. */
    synchronized List<Consignment> close() {
        starter = null;
        claimer = null;
        List<Consignment> back = new ArrayList<>();
        for (Berth berth : berths.values()) {
            back.addAll(clear(berth));
            berth.backlog = false;
        }
        hungry.clear();
        return back;
    }

    /** What there is for a message of a transaction that is under way. */
    enum Place {
        /** Its recipients must wait in the database. */
        NONE,
        /** It is carried from here; its octets are read again. */
        WITHOUT_OCTETS,
        /** It is carried from here with its octets. */
        WITH_OCTETS
    }

    /** Keeps a place, and memory for so many octets. */
    synchronized Place reserve(String destination, long account, long octets) {
        if (starter == null || waiting >= ROOM_FOR_ALL) {
            return Place.NONE;
        }
        Berth berth = berth(destination);
        int room = berth.trusted ? ROOM : berth.failures == 0 ? ROOM_WHEN_NEW : 0;
        boolean full = berth.waiting.size() + berth.reserved >= room || berth.waiting.size(account) >= room / 2;
        if (full || berth.backlog || berth.rests(clock.instant())) {
            return Place.NONE;
        }
        berth.reserved++;
        waiting++;
        if (octets > SMALL || memory + octets > settings.memory()) {
            return Place.WITHOUT_OCTETS;
        }
        memory += octets;
        return Place.WITH_OCTETS;
    }

    /** The transaction came to nothing. */
    synchronized void cancel(Consignment consignment) {
        Berth berth = berth(consignment.destination());
        berth.reserved--;
        waiting--;
        memory -= octets(consignment);
        begin(berth);
    }

    /** A consignment with a place is committed; it is answered when it must be given back. */
    synchronized List<Consignment> arrive(Consignment consignment) {
        Berth berth = berth(consignment.destination());
        berth.reserved--;
        waiting--;
        memory -= octets(consignment);
        boolean here = add(berth, consignment);
        begin(berth);
        return here ? List.of() : List.of(consignment);
    }

    /** Octets that a message may have to be claimed with them. */
    synchronized int smallNow() {
        return memory < settings.memory() ? SMALL : 0;
    }

    private static long octets(Consignment consignment) {
        byte[] octets = consignment.octets();
        return octets == null ? 0 : octets.length;
    }

    /** Consignments that were claimed; those that must be given back. */
    synchronized List<Consignment> claimed(Collection<Consignment> consignments) {
        List<Consignment> back = consignments.stream()
                .filter(one -> !add(berth(one.destination()), one))
                .toList();
        // All are there before the first begins, so that the most urgent one does.
        consignments.forEach(one -> begin(berth(one.destination())));
        return back;
    }

    private boolean add(Berth berth, Consignment consignment) {
        hold(consignment);
        if (starter == null || berth.rests(clock.instant())) {
            return false;
        }
        berth.waiting.add(consignment.urgency(), consignment.account(), consignment);
        waiting++;
        memory += octets(consignment);
        return true;
    }

    /** Something waits in the database for these destinations. */
    synchronized void backlog(Collection<String> destinations) {
        for (String destination : destinations) {
            Berth berth = berth(destination);
            berth.backlog = starter != null;
            berth.news++;
            berth.wrapped = false;
            begin(berth);
        }
        wake();
    }

    /** What the database says about destinations that are due. */
    synchronized void learn(Collection<QueueDestinations.State> states) {
        Instant now = clock.instant();
        for (QueueDestinations.State state : states) {
            Berth berth = berth(state.name());
            if (state.failures() > 0 && (!berth.trusted || berth.underWay == 0)) {
                berth.rest(state.failures(), state.backoffUntil().orElse(null));
            } else if (state.failures() == 0) {
                berth.restsUntil = null;
            }
            berth.backlog = starter != null && !berth.rests(now);
            berth.news++;
            begin(berth);
        }
    }

    /** Destinations for which work should be claimed now. */
    synchronized List<Want> wants(int most) {
        List<Want> wants = new ArrayList<>();
        List<Berth> served = new ArrayList<>();
        Iterator<Berth> all = hungry.iterator();
        while (all.hasNext() && wants.size() < most && waiting < ROOM_FOR_ALL) {
            Berth berth = all.next();
            int messages = appetite(berth);
            if (messages > 0) {
                wants.add(new Want(berth.place, messages, berth.news));
                served.add(berth);
            }
        }
        served.forEach(hungry::remove);
        hungry.addAll(served);
        return wants;
    }

    private int appetite(Berth berth) {
        int here = berth.waiting.size() + berth.reserved;
        if (berth.trusted) {
            return here > ROOM / 2 ? 0 : ROOM - here;
        }
        boolean places = doubtfulUnderWay + doubtful.size() < settings.doubtful();
        return places ? Math.max(0, berth.window - berth.underWay - here) : 0;
    }

    /**
     * How a look at a destination's lanes ended.
     *
     * @param want  what was wanted
     * @param next  where the next look goes on
     * @param found whether something was claimed
     * @param whole whether all lanes were seen
     * @param end   whether the last lane was
     * @return whether nothing is due there at all
     */
    synchronized boolean looked(Want want, Lane next, boolean found, boolean whole, boolean end) {
        Berth berth = berth(next.destination());
        boolean nothing = !found && (whole || end && berth.wrapped);
        berth.place = next;
        berth.wrapped = !found && !nothing && (berth.wrapped || end);
        // What was committed since the want was made may not have been seen.
        berth.backlog = berth.backlog && !(nothing && berth.news == want.news());
        begin(berth);
        return nothing;
    }

    /**
     * A try is over.
     *
     * @param answered whether the other side was reached
     */
    synchronized Change finished(Run run, boolean answered) {
        Berth berth = berth(run.consignment().destination());
        underWay--;
        memory -= octets(run.consignment());
        berth.underWay--;
        doubtfulUnderWay -= run.doubtful() ? 1 : 0;
        boolean recovered = false;
        boolean rests = false;
        List<Consignment> back = List.of();
        if (answered) {
            recovered = berth.answered(settings.perDestination());
        } else if (retries != null && berth.unanswered(clock.instant(), retries)) {
            rests = true;
            back = clear(berth);
            berth.backlog = false;
        }
        begin(berth);
        beginOthers();
        wake();
        return new Change(rests, recovered, back);
    }

    /** A shipment that was not tried at all; nothing is learnt from it. */
    synchronized void abandoned(Run run) {
        Berth berth = berth(run.consignment().destination());
        underWay--;
        memory -= octets(run.consignment());
        berth.underWay--;
        doubtfulUnderWay -= run.doubtful() ? 1 : 0;
        begin(berth);
    }

    /** An operator wants these destinations to be tried at once. */
    synchronized void revive(Collection<String> destinations) {
        destinations.forEach(destination -> berth(destination).restsUntil = null);
        backlog(destinations);
    }

    /** Entries that were claimed to be ended without a try. */
    synchronized void take(Collection<Consignment> consignments) {
        consignments.forEach(this::hold);
    }

    private void hold(Consignment consignment) {
        for (long id : consignment.ids()) {
            inHand.merge(id, 1, Integer::sum);
        }
    }

    /** Takes consignments back that have not begun and have one of these entries. */
    synchronized List<Consignment> recall(Set<Long> entries) {
        List<Consignment> back = new ArrayList<>();
        for (Berth berth : berths.values()) {
            back.addAll(berth.waiting.remove(
                    one -> one.entries().stream().anyMatch(entry -> entries.contains(entry.id()))));
        }
        waiting -= back.size();
        memory -= back.stream().mapToLong(Dispatcher::octets).sum();
        return back;
    }

    /** This node is done with these consignments. */
    synchronized void forget(Collection<Consignment> consignments) {
        for (Consignment one : consignments) {
            for (long id : one.ids()) {
                inHand.computeIfPresent(id, (_, times) -> times == 1 ? null : times - 1);
            }
        }
    }

    /** Whether this node has the entry in hand. */
    synchronized boolean holds(long entry) {
        return inHand.containsKey(entry);
    }

    /** Whether it takes work. */
    synchronized boolean isOpen() {
        return starter != null;
    }

    /** Shipments under way. */
    synchronized int underWay() {
        return underWay;
    }

    /** Entries in hand: waiting in memory, under way, or not yet recorded. */
    synchronized int inHand() {
        return inHand.size();
    }

    /** Destinations that something is known of. */
    synchronized int remembered() {
        return berths.size();
    }

    private List<Consignment> clear(Berth berth) {
        List<Consignment> back = berth.waiting.clear();
        waiting -= back.size();
        memory -= back.stream().mapToLong(Dispatcher::octets).sum();
        return back;
    }

    private void begin(Berth berth) {
        if (!berth.inLine && berth.mayBegin(clock.instant())) {
            berth.inLine = true;
            (berth.trusted ? trusted : doubtful).add(berth);
        }
        if (berth.backlog && !berth.rests(clock.instant())) {
            hungry.add(berth);
        } else {
            hungry.remove(berth);
        }
        beginOthers();
    }

    /** Fills the free places: doubtful ones first as far as their part goes, so that they become trusted or rest. */
    private void beginOthers() {
        while (starter != null && underWay < settings.inFlight()) {
            boolean mayDoubt = doubtfulUnderWay < settings.doubtful();
            @Nullable Berth next = mayDoubt && !doubtful.isEmpty() ? doubtful.poll() : trusted.poll();
            if (next == null) {
                return;
            }
            beginOne(next);
        }
    }

    private void beginOne(Berth berth) {
        berth.inLine = false;
        if (!berth.mayBegin(clock.instant())) {
            return;
        }
        boolean doubt = !berth.trusted;
        if (doubt && doubtfulUnderWay >= settings.doubtful()) {
            // It stood in line while it was trusted.
            berth.inLine = true;
            doubtful.add(berth);
            return;
        }
        Consignment consignment = berth.waiting.poll();
        if (consignment == null || starter == null) {
            return;
        }
        waiting--;
        underWay++;
        berth.underWay++;
        doubtfulUnderWay += doubt ? 1 : 0;
        if (berth.mayBegin(clock.instant())) {
            berth.inLine = true;
            (berth.trusted ? trusted : doubtful).add(berth);
        }
        starter.accept(new Run(consignment, doubt));
    }

    private void wake() {
        if (claimer != null && !hungry.isEmpty()) {
            claimer.run();
        }
    }

    private Berth berth(String destination) {
        Berth berth = berths.computeIfAbsent(destination, Berth::new);
        if (berths.size() > REMEMBERED) {
            Iterator<Map.Entry<String, Berth>> oldest = berths.entrySet().iterator();
            for (int looked = 0; looked < 10 && oldest.hasNext(); looked++) {
                Berth candidate = oldest.next().getValue();
                if (candidate != berth && candidate.idle() && !candidate.inLine) {
                    oldest.remove();
                }
            }
        }
        return berth;
    }
}
