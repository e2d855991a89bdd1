// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.persistence.jdbc.IdBlocks;
import org.wildpost.persistence.message.MessageAppends;
import org.wildpost.persistence.queue.QueueClaims;
import org.wildpost.persistence.queue.QueueDestinations;
import org.wildpost.persistence.queue.QueueEntry;
import org.wildpost.persistence.queue.QueueInserts;
import org.wildpost.persistence.queue.QueueInserts.NewEntry;
import org.wildpost.persistence.queue.QueuedMessage;

/**
 * Where mail that leaves is handed in: its rows are written in the transaction that acknowledges it. When this node has room it claims the rows
 * as it writes them and carries them right after the commit, with the octets still at hand; else they wait in the database for any node. Safe for
 * all threads.
 */
@ApplicationScoped
public class MailQueue {
    @Inject
    QueueSettings settings;

    @Inject
    QueueNode node;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Recorder recorder;

    /** Not by its name in java:comp, which threads that the container did not start do not have: the first to need this bean may be one of the queue's. */
    @Resource(lookup = "java:jboss/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transactions;

    InstantSource clock = InstantSource.system();

    private final IdBlocks ids = new IdBlocks("queue_seq");

    /** What a transaction brings when it is committed. */
    private record Departure(List<Consignment> here, Set<String> elsewhere) {}

    /**
     * What is to be done beside storing a message so that copies of it leave.
     *
     * @param deliveryId what the client is told and what logs and Received carry
     */
    public MessageAppends.Alongside departing(
            String deliveryId, SpooledMessage message, MessageIndex index, List<OutgoingCopy> copies) {
        return copies.isEmpty()
                ? MessageAppends.Alongside.NOTHING
                : (connection, blob) -> enqueue(connection, blob, deliveryId, message, index, copies);
    }

    /**
     * Writes copies of a message into the queue, in the transaction of the connection; they leave after its commit, and never when it is rolled
     * back. The message may be closed then.
     *
     * @param blob the octets of the message, written in the same transaction
     */
    public void enqueue(
            Connection connection,
            BlobId blob,
            String deliveryId,
            SpooledMessage message,
            MessageIndex index,
            List<OutgoingCopy> copies)
            throws SQLException, IOException {
        MessageFacts facts = MessageFacts.of(message, index.root());
        Departure departure = new Departure(new ArrayList<>(), new LinkedHashSet<>());
        atTheEnd(departure);
        TreeMap<String, Instant> waiting = new TreeMap<>();
        byte @Nullable [] octets = null;
        if (message.inMemory() && message.size() <= Dispatcher.SMALL) {
            try (InputStream in = message.open()) {
                octets = in.readAllBytes();
            }
        }
        for (OutgoingCopy copy : copies) {
            QueuedMessage queued = queued(connection, blob, deliveryId, message, index, copy, facts);
            write(connection, queued, copy, octets, departure, waiting);
        }
        new QueueDestinations(connection).touch(waiting);
    }

    private QueuedMessage queued(
            Connection connection,
            BlobId blob,
            String deliveryId,
            SpooledMessage message,
            MessageIndex index,
            OutgoingCopy copy,
            MessageFacts facts)
            throws SQLException {
        String messageId = index.envelope().messageId();
        return new QueuedMessage(
                ids.next(connection),
                deliveryId,
                blob,
                copy.prefix(),
                copy.prefix().length + message.size(),
                copy.account(),
                copy.senderDomain(),
                copy.reversePath(),
                copy.options(),
                messageId == null ? "" : messageId,
                index.subject(),
                facts.eight(),
                facts.utf8(),
                clock.instant(),
                copy.recipients().size());
    }

    private void write(
            Connection connection,
            QueuedMessage message,
            OutgoingCopy copy,
            byte @Nullable [] octets,
            Departure departure,
            Map<String, Instant> waiting)
            throws SQLException {
        Map<String, List<ForwardPath>> byDestination = new LinkedHashMap<>();
        for (ForwardPath path : copy.recipients()) {
            byDestination
                    .computeIfAbsent(
                            copy.here()
                                    ? QueueEntry.HERE
                                    : path.address().domain().ascii(),
                            _ -> new ArrayList<>())
                    .add(path);
        }
        List<NewEntry> rows = new ArrayList<>();
        for (Map.Entry<String, List<ForwardPath>> group : byDestination.entrySet()) {
            List<ForwardPath> paths = group.getValue();
            for (int from = 0; from < paths.size(); from += QueueClaims.RECIPIENTS) {
                List<ForwardPath> some = paths.subList(from, Math.min(paths.size(), from + QueueClaims.RECIPIENTS));
                rows.addAll(entries(connection, message, group.getKey(), some, octets, departure, waiting));
            }
        }
        new QueueInserts(connection).insert(message, rows);
    }

    private List<NewEntry> entries(
            Connection connection,
            QueuedMessage message,
            String destination,
            List<ForwardPath> paths,
            byte @Nullable [] octets,
            Departure departure,
            Map<String, Instant> waiting)
            throws SQLException {
        long[] rowIds = ids.next(connection, paths.size());
        List<QueueEntry> entries = new ArrayList<>();
        for (int i = 0; i < rowIds.length; i++) {
            entries.add(entry(message, rowIds[i], destination, paths.get(i)));
        }
        Instant first = entries.getFirst().nextAttemptAt();
        OptionalLong claim = OptionalLong.empty();
        OptionalLong self = node.id();
        boolean now = !first.isAfter(message.created());
        if (now && self.isPresent() && node.alive()) {
            long account = message.account().map(AccountId::value).orElse(0L);
            Dispatcher.Place place =
                    dispatcher.reserve(destination, account, octets == null ? Long.MAX_VALUE : octets.length);
            if (place != Dispatcher.Place.NONE) {
                claim = self;
                departure
                        .here()
                        .add(new Consignment(message, entries, place == Dispatcher.Place.WITH_OCTETS ? octets : null));
            }
        }
        if (claim.isEmpty()) {
            if (now) {
                departure.elsewhere().add(destination);
            }
            waiting.merge(destination, first, (a, b) -> a.isBefore(b) ? a : b);
        }
        OptionalLong claimed = claim;
        return entries.stream().map(entry -> new NewEntry(entry, claimed)).toList();
    }

    private QueueEntry entry(QueuedMessage message, long id, String destination, ForwardPath path) {
        MailOptions options = message.options();
        Instant start = options.releaseAt()
                .filter(release -> release.isAfter(message.created()))
                .orElse(message.created());
        Instant expires = start.plus(settings.lifetime());
        Optional<Instant> notice = Optional.of(start.plus(settings.delayNotice()));
        if (options.deliverBy().isPresent()) {
            MailOptions.DeliverBy by = options.deliverBy().get();
            switch (by.mode()) {
                case RETURN -> expires = earlier(expires, by.deadline());
                case NOTIFY -> notice = Optional.of(by.deadline());
            }
        }
        boolean told =
                message.reversePath().address().isPresent() && path.notice().wants(ForwardPath.Event.DELAY);
        return new QueueEntry(
                id,
                message.id(),
                destination,
                path,
                0,
                start,
                expires,
                told ? notice : Optional.empty(),
                "",
                "",
                Optional.empty());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private void atTheEnd(Departure departure) {
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    depart(departure);
                } else {
                    // Also when nobody knows how it ended: what is committed after all is found by the sweeper.
                    departure.here().forEach(dispatcher::cancel);
                }
            }
        });
    }

    private void depart(Departure departure) {
        List<Consignment> back = new ArrayList<>();
        departure.here().forEach(one -> back.addAll(dispatcher.arrive(one)));
        recorder.giveBack(back);
        dispatcher.backlog(departure.elsewhere());
    }
}
