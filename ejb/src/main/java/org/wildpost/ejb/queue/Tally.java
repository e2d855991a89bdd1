// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.ejb.outbound.Attempt;
import org.wildpost.persistence.queue.AttemptRow;
import org.wildpost.persistence.queue.DeferredEntry;
import org.wildpost.persistence.queue.DeliveryOutcome;
import org.wildpost.persistence.queue.EndedEntry;
import org.wildpost.persistence.queue.QueueEntry;
import org.wildpost.persistence.queue.QueuedMessage;

/** Sorts endings into what is to be written: what many share in one transaction, and apart from it messages whose sender is told. For one thread. */
final class Tally {
    /** The delivery time expired (RFC 3463 §3.5). */
    static final String EXPIRED = "4.4.7";

    /** The deadline of DELIVERBY passed (RFC 2852 §4.1). */
    static final String DEADLINE = "5.4.7";

    final List<AttemptRow> attempts = new ArrayList<>();
    final List<EndedEntry> ended = new ArrayList<>();
    final List<DeferredEntry> deferred = new ArrayList<>();
    final List<Long> back = new ArrayList<>();
    final Map<String, String> resting = new TreeMap<>();
    final Set<String> recovered = new TreeSet<>();
    final Map<Long, Told> told = new LinkedHashMap<>();

    private final Retries retries;
    private final Instant now;

    Tally(Retries retries, Instant now) {
        this.retries = retries;
        this.now = now;
    }

    /** A message whose sender is told of some of its recipients. */
    static final class Told {
        final Consignment original;
        final List<AttemptRow> attempts = new ArrayList<>();
        final List<EndedEntry> ended = new ArrayList<>();
        final List<Report.Recipient> failures = new ArrayList<>();
        final List<Report.Recipient> successes = new ArrayList<>();
        final List<Report.Recipient> relayed = new ArrayList<>();

        Told(Consignment original) {
            this.original = original;
        }
    }

    /** The moment at which each destination of what was deferred has something to do. */
    Map<String, Instant> due() {
        Map<String, Instant> due = new HashMap<>();
        deferred.forEach(one -> due.merge(one.entry().destination(), one.next(), (a, b) -> a.isBefore(b) ? a : b));
        return due;
    }

    void add(Ending ending) {
        switch (ending) {
            case Ending.Back(Consignment consignment) -> consignment.entries().forEach(entry -> back.add(entry.id()));
            case Ending.Over over -> over.consignment().entries().forEach(entry -> over(over, entry));
            case Ending.Tried tried -> tried(tried);
        }
    }

    private void over(Ending.Over over, QueueEntry entry) {
        QueuedMessage message = over.consignment().message();
        String reply = over.reply() + (entry.lastText().isEmpty() ? "" : "; last: " + entry.lastText());
        EndedEntry end = new EndedEntry(entry, message, over.outcome(), over.status(), reply, now, entry.attempts());
        boolean silent = over.outcome() == DeliveryOutcome.DELETED || !wants(message, entry, ForwardPath.Event.FAILURE);
        if (silent) {
            ended.add(end);
            return;
        }
        Told one = told(over.consignment());
        one.ended.add(end);
        one.failures.add(new Report.Recipient(
                entry.path(),
                Report.Action.FAILED,
                over.status(),
                reply,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private void tried(Ending.Tried tried) {
        Consignment consignment = tried.consignment();
        if (tried.rests()) {
            resting.put(consignment.destination(), lastWords(tried.attempts()));
        } else if (tried.recovered()) {
            recovered.add(consignment.destination());
        }
        for (int i = 0; i < tried.attempts().size(); i++) {
            tried(consignment, consignment.entries().get(i), tried.attempts().get(i));
        }
    }

    private static String lastWords(List<Attempt> attempts) {
        return attempts.isEmpty() ? "" : attempts.getLast().outcome().text();
    }

    private void tried(Consignment consignment, QueueEntry entry, Attempt attempt) {
        AttemptRow row = row(entry, attempt);
        switch (attempt.outcome()) {
            case Attempt.Delivered delivered -> {
                EndedEntry end = end(consignment, entry, attempt, DeliveryOutcome.DELIVERED);
                boolean success =
                        !delivered.relayedDsn() && wants(consignment.message(), entry, ForwardPath.Event.SUCCESS);
                if (success || deadlineTold(consignment.message(), entry, delivered)) {
                    Told one = told(consignment);
                    one.attempts.add(row);
                    one.ended.add(end);
                    (success ? one.successes : one.relayed).add(recipient(entry, attempt, Report.Action.RELAYED));
                } else {
                    attempts.add(row);
                    ended.add(end);
                }
            }
            case Attempt.Failed _ -> failed(consignment, entry, attempt, row, DeliveryOutcome.FAILED);
            case Attempt.Deferred deferral -> {
                if (now.isBefore(entry.expiresAt())) {
                    attempts.add(row);
                    Instant next = retries.next(now, entry.attempts() + 1);
                    deferred.add(new DeferredEntry(entry, next, deferral.status(), deferral.text()));
                } else {
                    failed(consignment, entry, late(consignment, attempt), row, DeliveryOutcome.EXPIRED);
                }
            }
        }
    }

    /** The last try of what is too old: past the deadline of its sender the status is that of the deadline (RFC 2852 §4.1.3). */
    private Attempt late(Consignment consignment, Attempt last) {
        return expiredStatus(consignment.message(), now).equals(DEADLINE)
                ? new Attempt(
                        last.began(),
                        last.took(),
                        last.host(),
                        last.address(),
                        last.tls(),
                        last.policy(),
                        new Attempt.Failed(DEADLINE, last.outcome().text()))
                : last;
    }

    private void failed(
            Consignment consignment, QueueEntry entry, Attempt attempt, AttemptRow row, DeliveryOutcome outcome) {
        EndedEntry end = end(consignment, entry, attempt, outcome);
        if (!wants(consignment.message(), entry, ForwardPath.Event.FAILURE)) {
            attempts.add(row);
            ended.add(end);
            return;
        }
        Told one = told(consignment);
        one.attempts.add(row);
        one.ended.add(end);
        one.failures.add(recipient(entry, attempt, Report.Action.FAILED));
    }

    private EndedEntry end(Consignment consignment, QueueEntry entry, Attempt attempt, DeliveryOutcome outcome) {
        return new EndedEntry(
                entry,
                consignment.message(),
                outcome,
                attempt.outcome().status(),
                attempt.outcome().text(),
                now,
                entry.attempts() + 1);
    }

    private Told told(Consignment consignment) {
        return told.computeIfAbsent(consignment.message().id(), _ -> new Told(consignment));
    }

    /** Never a notification about a notification (RFC 3461 §6.1), and none that was not wanted. */
    private static boolean wants(QueuedMessage message, QueueEntry entry, ForwardPath.Event event) {
        return message.reversePath().address().isPresent()
                && entry.path().notice().wants(event);
    }

    /**
     * Whether the sender is told that the message went on: to a server that does not look at the deadline (RFC 2852 §4.1.4.2), or to any when every
     * step was to be told of (§4.1.4). Whoever wants no notification at all gets none.
     */
    private static boolean deadlineTold(QueuedMessage message, QueueEntry entry, Attempt.Delivered delivered) {
        return message.reversePath().address().isPresent()
                && !entry.here()
                && !entry.path().notice().events().isEmpty()
                && message.options()
                        .deliverBy()
                        .filter(by -> by.trace() || !delivered.watchesDeadline())
                        .isPresent();
    }

    private static Report.Recipient recipient(QueueEntry entry, Attempt attempt, Report.Action action) {
        return new Report.Recipient(
                entry.path(),
                action,
                attempt.outcome().status(),
                attempt.outcome().text(),
                attempt.host(),
                Optional.of(attempt.began()),
                Optional.empty());
    }

    /** The status of what is too old, by what it was waiting for. */
    static String expiredStatus(QueuedMessage message, Instant now) {
        return message.options()
                .deliverBy()
                .filter(by -> by.mode() == MailOptions.DeliverBy.Mode.RETURN && !now.isBefore(by.deadline()))
                .map(_ -> DEADLINE)
                .orElse(EXPIRED);
    }

    private static AttemptRow row(QueueEntry entry, Attempt attempt) {
        return new AttemptRow(
                entry.id(),
                entry.attempts() + 1,
                attempt.began(),
                attempt.took().toMillis(),
                attempt.host().orElse(null),
                attempt.address().orElse(null),
                attempt.tls().map(Attempt.Tls::protocol).orElse(null),
                attempt.tls().map(Attempt.Tls::cipher).orElse(null),
                attempt.tls().map(Attempt.Tls::verified).orElse(null),
                attempt.policy(),
                switch (attempt.outcome()) {
                    case Attempt.Delivered _ -> "delivered";
                    case Attempt.Deferred _ -> "deferred";
                    case Attempt.Failed _ -> "failed";
                },
                attempt.outcome().status(),
                attempt.outcome().text());
    }
}
