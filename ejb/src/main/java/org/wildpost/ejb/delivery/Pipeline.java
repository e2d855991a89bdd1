// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpVerdict;

/**
 * The steps of a delivery in their order: filter, expand, look for room, store. All that is slow comes before the one short transaction, which is inside of the last
 * step; what that step returns is committed. Safe for all threads.
 */
final class Pipeline {
    private static final Logger LOG = System.getLogger(Pipeline.class.getName());

    private final List<Filter> filters;
    private final Function<SmtpEnvelope, Expansion> expansions;
    private final LongFunction<Function<Expansion.Copy, Optional<Problem>>> room;
    private final Store store;

    /** The last step. */
    @FunctionalInterface
    interface Store {
        SmtpVerdict store(Delivery delivery, Expansion expansion) throws IOException;
    }

    /** @param room what stands against a copy of so many octets */
    Pipeline(
            List<Filter> filters,
            Function<SmtpEnvelope, Expansion> expansions,
            LongFunction<Function<Expansion.Copy, Optional<Problem>>> room,
            Store store) {
        this.filters = List.copyOf(filters);
        this.expansions = expansions;
        this.room = room;
        this.store = store;
    }

    /** Runs all steps for all recipients or for none; an accepted message is stored. */
    SmtpVerdict run(Delivery delivery) throws IOException {
        Optional<SmtpVerdict> stopped = filter(delivery);
        if (stopped.isPresent()) {
            return stopped.get();
        }
        Expansion expansion = expand(delivery);
        List<Problem> problems =
                expansion.problems().stream().flatMap(Optional::stream).toList();
        if (problems.contains(Problem.BEEN_HERE)) {
            return Replies.BEEN_HERE;
        }
        if (problems.size() == delivery.envelope().recipients().size()) {
            return Replies.of(problems.getFirst());
        }
        if (problems.stream().allMatch(Pipeline::wantsRoom)) {
            // There is one answer for all recipients: the others get it now, and these when they have room.
            expansion.goOn();
        } else {
            LOG.log(Level.INFO, () -> delivery.id() + ": something went away after it was accepted: " + problems);
            return Replies.TRY_LATER;
        }
        return store.store(delivery, expansion);
    }

    /** Runs all steps with an answer for each recipient (RFC 2033 §4.2). */
    List<SmtpVerdict> runEach(Delivery delivery) throws IOException {
        int recipients = delivery.envelope().recipients().size();
        Optional<SmtpVerdict> stopped = filter(delivery);
        if (stopped.isPresent()) {
            return Collections.nCopies(recipients, stopped.get());
        }
        Expansion expansion = expand(delivery);
        List<Optional<Problem>> problems = expansion.problems();
        if (problems.stream().allMatch(Optional::isPresent)) {
            return problems.stream()
                    .map(problem -> Replies.of(problem.orElseThrow()))
                    .toList();
        }
        SmtpVerdict stored = store.store(delivery, expansion);
        return problems.stream()
                .map(problem -> problem.map(Replies::of).orElse(stored))
                .toList();
    }

    private Optional<SmtpVerdict> filter(Delivery delivery) {
        for (Filter filter : filters) {
            if (filter.judge(delivery) instanceof Filter.Verdict.Stop(SmtpVerdict answer)) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    private static boolean wantsRoom(Problem problem) {
        return problem == Problem.FULL || problem == Problem.TOO_LARGE;
    }

    private Expansion expand(Delivery delivery) throws IOException {
        Expansion expansion = expansions.apply(delivery.envelope());
        if (!expansion.forwarders().isEmpty()) {
            expansion.breakLoops(DeliveredTo.of(delivery.message()));
        }
        if (!expansion.deadEnds().isEmpty()) {
            LOG.log(Level.WARNING, () -> delivery.id() + ": nobody has " + expansion.deadEnds());
        }
        expansion.setAside(room.apply(delivery.message().size()));
        return expansion;
    }
}
