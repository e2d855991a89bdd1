// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.queue.Lane;
import org.wildpost.persistence.queue.QueueClaims;
import org.wildpost.persistence.queue.QueueClaims.Wish;
import org.wildpost.persistence.queue.QueueDestinations;
import org.wildpost.persistence.queue.QueueEntry;
import org.wildpost.persistence.queue.QueuedContent;

/**
 * Fetches work from the database: looks which destinations are due, and claims for those that the dispatcher has room for, a little of each
 * account. One transaction serves many destinations. Safe for all threads.
 */
@ApplicationScoped
public class Claimer {
    /** Between two looks for destinations that became due by time. */
    static final Duration LOOK = Duration.ofSeconds(5);

    /** Destinations that one look takes. */
    static final int DUE = 500;

    /** Times that a look goes on at once when there were so many. */
    static final int ROUNDS = 10;

    /** Destinations for which one transaction claims. */
    static final int DESTINATIONS = 50;

    @Inject
    Database database;

    @Inject
    QueueNode node;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Recorder recorder;

    InstantSource clock = InstantSource.system();

    /** Lanes of a destination in the order in which they are served. */
    private record Lanes(Dispatcher.Want want, List<Lane> served, Lane further, boolean whole, boolean end) {}

    /** Tells the dispatcher which destinations are due. */
    void look() {
        Instant now = clock.instant();
        for (int round = 0; round < ROUNDS; round++) {
            List<QueueDestinations.State> due = database.transaction(connection -> {
                new QueueClaims(connection).byIndexOnly();
                return new QueueDestinations(connection).look(now, DUE);
            });
            dispatcher.learn(due);
            if (due.size() < DUE) {
                return;
            }
        }
    }

    /** Claims once; false when nothing is wanted or nobody may carry. */
    boolean claim() {
        if (!node.alive()) {
            return false;
        }
        List<Dispatcher.Want> wants = dispatcher.wants(DESTINATIONS);
        if (wants.isEmpty()) {
            return false;
        }
        List<Consignment> claimed = database.transaction(connection -> {
            QueueClaims claims = new QueueClaims(connection);
            claims.byIndexOnly();
            Map<String, Lanes> lanes = lanes(claims, wants);
            List<QueueEntry> entries = claims.claim(wishes(lanes), node.id().orElseThrow(), clock.instant());
            Set<Long> messages = new HashSet<>();
            entries.forEach(entry -> messages.add(entry.message()));
            Map<Long, QueuedContent> contents =
                    messages.isEmpty() ? Map.of() : claims.contents(messages, dispatcher.smallNow());
            List<Consignment> consignments = Consignments.of(ordered(entries), contents);
            settle(new QueueDestinations(connection), lanes, consignments);
            return consignments;
        });
        recorder.giveBack(dispatcher.claimed(claimed));
        return true;
    }

    private static List<QueueEntry> ordered(List<QueueEntry> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(QueueEntry::nextAttemptAt).thenComparingLong(QueueEntry::id))
                .toList();
    }

    private static Map<String, Lanes> lanes(QueueClaims claims, List<Dispatcher.Want> wants) throws SQLException {
        Map<String, List<Lane>> behind = byDestination(
                claims.lanesBehind(wants.stream().map(Dispatcher.Want::place).toList()));
        List<Lane> starts = wants.stream()
                .map(Dispatcher.Want::place)
                .filter(place -> !place.equals(Lane.beforeAll(place.destination())))
                .map(place -> Lane.beforeAll(place.destination()))
                .toList();
        Map<String, List<Lane>> first = starts.isEmpty() ? Map.of() : byDestination(claims.lanesBehind(starts));
        Map<String, Lanes> all = new TreeMap<>();
        for (Dispatcher.Want want : wants) {
            String name = want.place().destination();
            all.put(name, order(want, behind.getOrDefault(name, List.of()), first.getOrDefault(name, List.of())));
        }
        return all;
    }

    /** What is urgent first; of the same urgency those behind the place where the last claim stopped. */
    private static Lanes order(Dispatcher.Want want, List<Lane> behind, List<Lane> fromStart) {
        List<Lane> served = new ArrayList<>(behind);
        fromStart.stream().filter(lane -> !behind.contains(lane)).forEach(served::add);
        served.sort(Comparator.comparingInt(Lane::urgency));
        boolean end = behind.size() < QueueClaims.LANES;
        Lane further = end ? Lane.beforeAll(want.place().destination()) : behind.getLast();
        return new Lanes(want, served, further, end && fromStart.size() < QueueClaims.LANES, end);
    }

    private static Map<String, List<Lane>> byDestination(List<Lane> lanes) {
        Map<String, List<Lane>> all = new HashMap<>();
        lanes.forEach(lane ->
                all.computeIfAbsent(lane.destination(), _ -> new ArrayList<>()).add(lane));
        return all;
    }

    private static List<Wish> wishes(Map<String, Lanes> lanes) {
        List<Wish> wishes = new ArrayList<>();
        for (Lanes one : lanes.values()) {
            int wanted = one.want().messages();
            int share =
                    Math.max(1, Math.ceilDiv(wanted, Math.max(1, one.served().size())));
            for (int turn = 0; turn < one.served().size(); turn++) {
                wishes.add(new Wish(one.served().get(turn), share, turn, wanted));
            }
        }
        return wishes;
    }

    private void settle(QueueDestinations destinations, Map<String, Lanes> lanes, List<Consignment> claimed)
            throws SQLException {
        Map<String, Set<Lane>> used = new HashMap<>();
        for (Consignment one : claimed) {
            used.computeIfAbsent(one.destination(), _ -> new HashSet<>())
                    .add(new Lane(one.destination(), one.urgency(), one.account()));
        }
        List<String> empty = new ArrayList<>();
        lanes.forEach((name, seen) -> {
            Set<Lane> here = used.getOrDefault(name, Set.of());
            // The next claim begins behind the last lane that this one served.
            Lane next = seen.served().stream().filter(here::contains).reduce(seen.further(), (_, last) -> last);
            if (dispatcher.looked(seen.want(), next, !here.isEmpty(), seen.whole(), seen.end())) {
                empty.add(name);
            }
        });
        if (!used.isEmpty()) {
            destinations.busy(used.keySet());
        }
        if (!empty.isEmpty()) {
            destinations.settle(empty, clock.instant());
        }
    }
}
