// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.ejb.outbound.Attempt;
import org.wildpost.ejb.outbound.Courier;
import org.wildpost.ejb.outbound.Shipment;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.queue.QueueEntry;
import org.wildpost.persistence.queue.QueuedMessage;

/** Hands consignments to the courier, those for this server to its own; whatever goes wrong there is an outcome. Safe for all threads. */
@ApplicationScoped
public class Carrier {
    private static final Logger LOG = System.getLogger(Carrier.class.getName());

    /** What is said of a fault of our own. */
    static final String FAULT_STATUS = "4.3.0";

    @Inject
    Database database;

    @Inject
    Instance<Courier> couriers;

    @Inject
    LocalCourier local;

    @Inject
    QueueNode node;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Recorder recorder;

    InstantSource clock = InstantSource.system();

    /** Whether there is somebody to carry. */
    boolean ready() {
        return couriers.isResolvable();
    }

    /** Tries once, and hands on what became of it. */
    void run(Dispatcher.Run run) {
        Consignment consignment = run.consignment();
        if (!node.alive()) {
            dispatcher.abandoned(run);
            recorder.giveBack(List.of(consignment));
            return;
        }
        Instant began = clock.instant();
        Optional<List<Attempt>> attempts = carry(consignment);
        try {
            if (attempts.isEmpty()) {
                dispatcher.abandoned(run);
                recorder.carried(new Ending.Tried(consignment, fault(consignment, began), false, false));
                return;
            }
            boolean answered = attempts.get().stream().anyMatch(Carrier::answered);
            if (!answered && !dispatcher.isOpen()) {
                // The end of the server cut it off: that says nothing about the other side.
                dispatcher.abandoned(run);
                recorder.giveBack(List.of(consignment));
                return;
            }
            Dispatcher.Change change = dispatcher.finished(run, answered);
            recorder.giveBack(change.back());
            recorder.carried(new Ending.Tried(consignment, attempts.get(), change.rests(), change.recovered()));
        } catch (InterruptedException e) {
            // The server ends: what is not recorded is tried again, the most that can happen is a second copy.
            Thread.currentThread().interrupt();
        }
    }

    private static boolean answered(Attempt attempt) {
        return !(attempt.outcome() instanceof Attempt.Deferred deferred
                && deferred.scope() == Attempt.Scope.DESTINATION);
    }

    /** An attempt for each entry, in order; empty when the courier failed. */
    private Optional<List<Attempt>> carry(Consignment consignment) {
        try {
            List<Attempt> attempts =
                    consignment.here() ? release(consignment) : couriers.get().carry(shipment(consignment));
            if (attempts.size() == consignment.entries().size()) {
                return Optional.of(attempts);
            }
            LOG.log(
                    Level.ERROR,
                    () -> "The courier gave " + attempts.size() + " outcomes for "
                            + consignment.entries().size() + " recipients of "
                            + consignment.message().deliveryId());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "Carrying " + consignment.message().deliveryId() + " failed", e);
        }
        return Optional.empty();
    }

    private List<Attempt> release(Consignment consignment) throws IOException {
        QueuedMessage message = consignment.message();
        Instant began = clock.instant();
        LocalCourier.Held held = new LocalCourier.Held(
                message.deliveryId(),
                message.account(),
                message.senderDomain(),
                message.reversePath(),
                message.options(),
                message.created(),
                message.prefix(),
                new Blobs(database, consignment));
        List<ForwardPath> recipients =
                consignment.entries().stream().map(QueueEntry::path).toList();
        return local.deliver(held, recipients).stream()
                .map(outcome -> nowhere(began, outcome))
                .toList();
    }

    /** A try that needed no next hop. */
    private Attempt nowhere(Instant began, Attempt.Outcome outcome) {
        return new Attempt(
                began,
                Duration.between(began, clock.instant()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                outcome);
    }

    private List<Attempt> fault(Consignment consignment, Instant began) {
        Attempt fault = nowhere(
                began,
                new Attempt.Deferred(
                        FAULT_STATUS, "a fault of this server; its log tells more", Attempt.Scope.MESSAGE));
        return Collections.nCopies(consignment.entries().size(), fault);
    }

    private Shipment shipment(Consignment consignment) {
        QueuedMessage message = consignment.message();
        QueueEntry first = consignment.entries().getFirst();
        List<ForwardPath> recipients =
                consignment.entries().stream().map(QueueEntry::path).toList();
        boolean international =
                message.reversePath().address().map(EmailAddress::international).orElse(false)
                        || recipients.stream().anyMatch(path -> path.address().international());
        return new Shipment(
                message.deliveryId(),
                first.path().address().domain(),
                message.senderDomain(),
                first.reroute().map(hop -> new Shipment.Reroute(hop.host(), hop.port())),
                message.reversePath(),
                message.options(),
                recipients,
                new Blobs(database, consignment),
                message.needsEight(),
                message.needsUtf8() || international);
    }
}
