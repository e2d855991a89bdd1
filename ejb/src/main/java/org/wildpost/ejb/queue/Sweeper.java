// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.queue.DeliveryOutcome;
import org.wildpost.persistence.queue.DeliveryRecords;
import org.wildpost.persistence.queue.QueueClaims;
import org.wildpost.persistence.queue.QueueDestinations;
import org.wildpost.persistence.queue.QueueEntry;
import org.wildpost.persistence.queue.QueueNotices;
import org.wildpost.persistence.queue.QueuedContent;

/**
 * What must happen by time alone: entries that are too old go back, senders are told of delays, claims that nobody has in hand are freed, old
 * records are forgotten. For one thread.
 */
@ApplicationScoped
public class Sweeper {
    /** Between two sweeps. */
    static final Duration SWEEP = Duration.ofSeconds(10);

    /** Between two looks for claims that nobody has in hand. */
    static final Duration RECONCILE = Duration.ofMinutes(1);

    /** Between two clean-ups of old records. */
    static final Duration FORGET = Duration.ofDays(1);

    /** Entries that one transaction takes. */
    static final int BATCH = 200;

    /** Records that one transaction forgets. */
    static final int FORGET_BATCH = 2_000;

    private static final Logger LOG = System.getLogger(Sweeper.class.getName());

    @Inject
    Database database;

    @Inject
    QueueNode node;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Recorder recorder;

    @Inject
    Notices notices;

    @Inject
    QueueSettings settings;

    InstantSource clock = InstantSource.system();

    private Set<Long> suspects = Set.of();
    private Instant reconciled = Instant.MIN;
    private Instant forgot = Instant.MIN;

    /** Does what is due. */
    void sweep() {
        Instant now = clock.instant();
        if (node.alive()) {
            expire(now);
            tellOfDelays(now);
        }
        if (!now.isBefore(reconciled.plus(RECONCILE))) {
            reconciled = now;
            reconcile();
        }
        if (!now.isBefore(forgot.plus(FORGET))) {
            forget(now.minus(settings.recordsKept()));
            forgot = now;
        }
    }

    private void expire(Instant now) {
        int claimed;
        do {
            List<Consignment> old = database.transaction(connection -> {
                QueueClaims claims = new QueueClaims(connection);
                claims.byIndexOnly();
                return together(claims, claims.claimExpired(node.id().orElseThrow(), now, BATCH));
            });
            dispatcher.take(old);
            List<Ending> endings = new ArrayList<>();
            for (Consignment one : old) {
                String status = Tally.expiredStatus(one.message(), now);
                endings.add(new Ending.Over(one, DeliveryOutcome.EXPIRED, status, "the time for its delivery is over"));
            }
            recorder.record(endings);
            claimed = old.stream().mapToInt(one -> one.entries().size()).sum();
            // What is claimed is in memory until it is recorded.
        } while (claimed >= BATCH && recorder.waiting() < Recorder.UNRECORDED);
    }

    private static List<Consignment> together(QueueClaims claims, List<QueueEntry> entries)
            throws java.sql.SQLException {
        Set<Long> messages = new HashSet<>();
        entries.forEach(entry -> messages.add(entry.message()));
        Map<Long, QueuedContent> contents = messages.isEmpty() ? Map.of() : claims.contents(messages, 0);
        return Consignments.of(entries, contents);
    }

    private void tellOfDelays(Instant now) {
        List<QueueEntry> due;
        do {
            Map<Long, List<QueueEntry>> byMessage = new HashMap<>();
            Map<Long, QueuedContent> contents = new HashMap<>();
            Map<String, String> words = new HashMap<>();
            due = database.transaction(connection -> {
                QueueClaims claims = new QueueClaims(connection);
                claims.byIndexOnly();
                List<QueueEntry> late = new QueueNotices(connection).due(now, BATCH);
                late.forEach(entry -> byMessage
                        .computeIfAbsent(entry.message(), _ -> new ArrayList<>())
                        .add(entry));
                contents.putAll(byMessage.isEmpty() ? Map.of() : claims.contents(byMessage.keySet(), 0));
                Set<String> names = new LinkedHashSet<>();
                late.forEach(entry -> names.add(entry.destination()));
                new QueueDestinations(connection)
                        .states(names)
                        .forEach(state -> words.put(state.name(), state.lastText()));
                return late;
            });
            byMessage.forEach((id, entries) -> tryToTell(contents.get(id), entries, words));
        } while (due.size() >= BATCH);
    }

    /** One that cannot be told of must not keep the others waiting: nobody tells of it again. */
    private void tryToTell(@Nullable QueuedContent content, List<QueueEntry> entries, Map<String, String> words) {
        try {
            tell(content, entries, words);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A sender could not be told of a delay", e);
            database.transaction(connection -> new QueueNotices(connection).take(entries));
        }
    }

    private void tell(@Nullable QueuedContent content, List<QueueEntry> entries, Map<String, String> words) {
        if (content == null) {
            return;
        }
        Consignment original = new Consignment(content.message(), entries, null);
        // RFC 2852 §4.1.3: the notice is about the deadline then, whatever the last try said.
        boolean deadline = content.message().options().deliverBy().isPresent();
        List<Report.Recipient> recipients = entries.stream()
                .map(entry -> new Report.Recipient(
                        entry.path(),
                        Report.Action.DELAYED,
                        entry.lastStatus().isEmpty() || deadline ? Tally.EXPIRED : entry.lastStatus(),
                        entry.lastText().isEmpty() ? words.getOrDefault(entry.destination(), "") : entry.lastText(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(entry.expiresAt())))
                .toList();
        Optional<Notices.Ready> ready =
                notices.prepare(Ledger.report(content.message(), Report.Kind.DELAY, recipients), original);
        database.transaction(connection -> {
            boolean mine = !new QueueNotices(connection).take(entries).isEmpty();
            if (mine) {
                ready.ifPresent(notices::store);
            }
            return mine;
        });
    }

    /** Frees what this node has claimed but has not in hand: the end of its transaction was not heard of. */
    void reconcile() {
        node.freeOrphans();
        if (node.id().isEmpty()) {
            return;
        }
        long self = node.id().getAsLong();
        List<Long> claimed = database.statement(connection -> new QueueClaims(connection).claimedBy(self));
        Set<Long> unknown = new HashSet<>();
        claimed.stream().filter(id -> !dispatcher.holds(id)).forEach(unknown::add);
        // A transaction may be over and not yet heard of: only what is unknown twice is lost.
        long[] lost = unknown.stream()
                .filter(suspects::contains)
                .mapToLong(Long::longValue)
                .toArray();
        suspects = unknown;
        if (lost.length > 0) {
            LOG.log(Level.WARNING, () -> "Freed " + lost.length + " entries that were claimed and not in hand");
            Map<String, Instant> freed = database.transaction(connection -> {
                Map<String, Instant> due = new QueueClaims(connection).release(lost, self);
                new QueueDestinations(connection).touch(due);
                return due;
            });
            dispatcher.backlog(freed.keySet());
        }
    }

    private void forget(Instant before) {
        int gone;
        do {
            gone = database.transaction(connection -> new DeliveryRecords(connection).forget(before, FORGET_BATCH));
        } while (gone >= FORGET_BATCH);
    }
}
