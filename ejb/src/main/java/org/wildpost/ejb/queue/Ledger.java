// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.queue.EndedEntry;
import org.wildpost.persistence.queue.QueueClaims;
import org.wildpost.persistence.queue.QueueDestinations;
import org.wildpost.persistence.queue.QueueOutcomes;
import org.wildpost.persistence.queue.QueuedMessage;

/** Writes endings: what belongs together in one transaction, the notification with the entries that it tells of. Safe for all threads. */
@ApplicationScoped
public class Ledger {
    @Inject
    Database database;

    @Inject
    QueueNode node;

    @Inject
    Notices notices;

    @Inject
    QueueSettings settings;

    InstantSource clock = InstantSource.system();
    RandomGenerator chance = new RandomGenerator() {
        @Override
        public long nextLong() {
            return ThreadLocalRandom.current().nextLong();
        }
    };

    /** Sorts endings by how they are written. */
    Tally tally(List<Ending> endings) {
        Tally tally = new Tally(retries(), clock.instant());
        endings.forEach(tally::add);
        return tally;
    }

    /** When to try again. */
    Retries retries() {
        return new Retries(settings.retries(), chance);
    }

    /** Writes all but what senders are told of. */
    void write(Tally tally) {
        Instant now = clock.instant();
        database.transaction(connection -> {
            new QueueClaims(connection).byIndexOnly();
            QueueOutcomes outcomes = new QueueOutcomes(connection);
            outcomes.attempted(tally.attempts);
            outcomes.end(tally.ended);
            outcomes.defer(tally.deferred, self());
            Map<String, Instant> due = new HashMap<>(tally.due());
            if (!tally.back.isEmpty()) {
                long[] back = tally.back.stream().mapToLong(Long::longValue).toArray();
                new QueueClaims(connection)
                        .release(back, self())
                        .forEach((name, next) -> due.merge(name, next, (a, b) -> a.isBefore(b) ? a : b));
            }
            destinations(connection, tally, due, now);
            return true;
        });
    }

    private void destinations(Connection connection, Tally tally, Map<String, Instant> due, Instant now)
            throws SQLException {
        QueueDestinations destinations = new QueueDestinations(connection);
        destinations.fail(tally.resting, now, retries().millis());
        if (!tally.recovered.isEmpty()) {
            destinations.recover(tally.recovered, now);
        }
        TreeMap<String, Instant> others = new TreeMap<>(due);
        tally.resting.keySet().forEach(others::remove);
        destinations.touch(others);
    }

    /** Takes entries of a message out of the queue and tells its sender, both or neither. */
    void write(Tally.Told told) {
        List<Notices.Ready> ready = new ArrayList<>();
        report(told, Report.Kind.FAILURE, told.failures).ifPresent(ready::add);
        report(told, Report.Kind.SUCCESS, told.successes).ifPresent(ready::add);
        report(told, Report.Kind.RELAYED, told.relayed).ifPresent(ready::add);
        database.transaction(connection -> {
            new QueueClaims(connection).byIndexOnly();
            QueueOutcomes outcomes = new QueueOutcomes(connection);
            outcomes.attempted(told.attempts);
            Set<Long> gone = outcomes.end(told.ended);
            if (!gone.isEmpty()) {
                // Who else had them has told the sender otherwise.
                ready.forEach(notices::store);
            }
            return true;
        });
    }

    private Optional<Notices.Ready> report(Tally.Told told, Report.Kind kind, List<Report.Recipient> recipients) {
        return recipients.isEmpty()
                ? Optional.empty()
                : notices.prepare(report(told.original.message(), kind, recipients), told.original);
    }

    /** A report about a message; it must have a reverse-path. */
    static Report report(QueuedMessage message, Report.Kind kind, List<Report.Recipient> recipients) {
        return new Report(
                kind,
                message.reversePath().address().orElseThrow(),
                message.deliveryId(),
                message.options().envelopeId(),
                message.created(),
                message.options().deliverBy().map(MailOptions.DeliverBy::deadline),
                message.messageId(),
                message.subject(),
                recipients);
    }

    /** Stops entries that could not be recorded. */
    void park(List<EndedEntry> entries, String why) {
        database.transaction(connection -> {
            QueueOutcomes outcomes = new QueueOutcomes(connection);
            for (EndedEntry one : entries) {
                outcomes.park(one.entry().id(), why);
            }
            return true;
        });
    }

    private long self() {
        OptionalLong id = node.id();
        return id.orElse(-1);
    }
}
