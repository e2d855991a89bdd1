// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.wildpost.ejb.admin.Page;
import org.wildpost.persistence.blob.PostgresBlobs;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.queue.DeliveryOutcome;
import org.wildpost.persistence.queue.EntrySelection;
import org.wildpost.persistence.queue.EntryState;
import org.wildpost.persistence.queue.QueueDestinations;
import org.wildpost.persistence.queue.QueueEntry;
import org.wildpost.persistence.queue.QueueReads;
import org.wildpost.persistence.queue.QueueReads.Listed;

/**
 * What operators do with the queue. Actions on many entries are done in batches of {@value #BATCH}, each in a transaction of its own. Safe for
 * all threads.
 */
@ApplicationScoped
public class QueueAdministration {
    /** Entries that one transaction handles. */
    static final int BATCH = 500;

    /** The enhanced status of what an operator sends back (RFC 3463 §3.8). */
    static final String BOUNCED = "5.7.1";

    @Inject
    Database database;

    @Inject
    QueueNode node;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Ledger ledger;

    InstantSource clock = InstantSource.system();

    /**
     * Entries, the newest first.
     *
     * @param page from 1
     * @param size entries of a page; the default when below 1
     */
    public Page<QueueItem> list(QueueFilter filter, int page, int size) {
        int number = Math.max(page, 1);
        int length = size < 1 ? Page.DEFAULT_SIZE : Math.min(size, Page.MAX_SIZE);
        int offset = (int) Math.min((number - 1L) * length, Integer.MAX_VALUE);
        return database.transaction(connection -> {
            QueueReads reads = new QueueReads(connection);
            EntrySelection selection = filter.selection();
            long total = reads.count(selection);
            List<QueueItem> items = reads.list(selection, offset, length).stream()
                    .map(QueueItem::of)
                    .toList();
            int last = Math.clamp((total + length - 1) / length, 1, Integer.MAX_VALUE);
            return new Page<>(items, number, last, total);
        });
    }

    /** One entry. */
    public Optional<QueueItem> find(long id) {
        return listed(id).map(QueueItem::of);
    }

    /**
     * Octets of an entry's message as it leaves, from an offset on; fewer at the end.
     *
     * @return empty when there is no such entry
     */
    public Optional<byte[]> octets(long id, long offset, int length) {
        return listed(id).map(found -> {
            byte[] prefix = found.message().prefix();
            if (offset < prefix.length) {
                return Arrays.copyOfRange(prefix, (int) offset, (int) Math.min(prefix.length, offset + length));
            }
            return database.statement(connection ->
                    new PostgresBlobs(connection).read(found.message().blob(), offset - prefix.length, length));
        });
    }

    private Optional<Listed> listed(long id) {
        return database
                .statement(connection -> new QueueReads(connection).list(EntrySelection.of(List.of(id)), 0, 1))
                .stream()
                .findFirst();
    }

    /** Does something with all entries that are meant now. */
    public QueueAction.Result act(QueueAction action, QueueFilter filter) {
        EntrySelection selection = filter.selection();
        QueueAction.Result sum = new QueueAction.Result(0, 0);
        long above = 0;
        List<Listed> batch;
        do {
            long from = above;
            batch = database.statement(connection -> new QueueReads(connection).above(selection, from, BATCH));
            if (!batch.isEmpty()) {
                sum = sum.plus(act(action, batch));
                above = batch.getLast().entry().id();
            }
        } while (batch.size() == BATCH);
        return sum;
    }

    private QueueAction.Result act(QueueAction action, List<Listed> batch) {
        recall(batch);
        int done = switch (action) {
            case QueueAction.Hold _ -> hold(batch);
            case QueueAction.Release _ -> release(batch);
            case QueueAction.Retry _ -> retry(batch);
            case QueueAction.Reroute(Optional<QueueAction.Hop> hop) ->
                reroute(batch, hop.map(to -> new QueueEntry.NextHop(to.host(), to.port())));
            case QueueAction.Bounce(String reason) -> end(batch, DeliveryOutcome.BOUNCED, BOUNCED, reason);
            case QueueAction.Delete _ -> end(batch, DeliveryOutcome.DELETED, BOUNCED, "deleted by an operator");
        };
        return new QueueAction.Result(
                done,
                switch (action) {
                    case QueueAction.Hold _, QueueAction.Release _ -> 0;
                    case QueueAction.Reroute _ -> elsewhere(batch).size() - done;
                    case QueueAction.Retry _, QueueAction.Bounce _, QueueAction.Delete _ -> batch.size() - done;
                });
    }

    /** What this node has claimed and not begun is given back first, so that the action reaches it. */
    private void recall(List<Listed> batch) {
        Set<Long> carried = batch.stream()
                .filter(one -> one.state() == EntryState.CARRIED)
                .map(one -> one.entry().id())
                .collect(Collectors.toSet());
        List<Consignment> back = carried.isEmpty() ? List.of() : dispatcher.recall(carried);
        if (!back.isEmpty()) {
            ledger.write(
                    ledger.tally(back.stream().<Ending>map(Ending.Back::new).toList()));
            dispatcher.forget(back);
        }
    }

    private int hold(List<Listed> batch) {
        return database.transaction(connection -> new QueueReads(connection).hold(ids(batch), clock.instant()));
    }

    private int release(List<Listed> batch) {
        return now(batch, connection -> new QueueReads(connection).unhold(ids(batch), clock.instant()));
    }

    private int retry(List<Listed> batch) {
        return now(batch, connection -> new QueueReads(connection).retryNow(ids(batch), clock.instant()));
    }

    private int reroute(List<Listed> batch, Optional<QueueEntry.NextHop> hop) {
        List<QueueEntry> entries = elsewhere(batch);
        Set<String> names = new TreeSet<>();
        entries.forEach(entry -> names.add(hop.map(QueueEntry.NextHop::destination)
                .orElseGet(() -> entry.path().address().domain().ascii())));
        return now(names, connection -> new QueueReads(connection).reroute(entries, hop, clock.instant()));
    }

    /** What waits for somebody of this server has no next hop. */
    private static List<QueueEntry> elsewhere(List<Listed> batch) {
        return batch.stream().map(Listed::entry).filter(entry -> !entry.here()).toList();
    }

    private int now(List<Listed> batch, Database.Work<Integer> change) {
        Set<String> names = new TreeSet<>();
        batch.forEach(one -> names.add(one.entry().destination()));
        return now(names, change);
    }

    /** Changes entries and lets their destinations be tried at once. */
    private int now(Set<String> names, Database.Work<Integer> change) {
        int done = database.transaction(connection -> {
            int changed = change.run(connection);
            due(connection, names);
            return changed;
        });
        dispatcher.revive(names);
        return done;
    }

    private void due(Connection connection, Set<String> names) throws SQLException {
        Instant now = clock.instant();
        QueueDestinations destinations = new QueueDestinations(connection);
        destinations.recover(names, now);
        Map<String, Instant> due = new TreeMap<>();
        names.forEach(name -> due.put(name, now));
        destinations.touch(due);
    }

    private int end(List<Listed> batch, DeliveryOutcome outcome, String status, String reply) {
        long self = node.id().orElse(0);
        List<Long> mine = database.transaction(connection -> new QueueReads(connection).seize(ids(batch), self));
        Set<Long> seized = new HashSet<>(mine);
        List<Ending> endings = new ArrayList<>();
        for (Listed one : batch) {
            if (seized.contains(one.entry().id())) {
                Consignment consignment = new Consignment(one.message(), List.of(one.entry()), null);
                endings.add(new Ending.Over(consignment, outcome, status, reply));
            }
        }
        Tally tally = ledger.tally(endings);
        ledger.write(tally);
        tally.told.values().forEach(ledger::write);
        return endings.size();
    }

    private static long[] ids(List<Listed> batch) {
        return batch.stream().mapToLong(one -> one.entry().id()).toArray();
    }
}
