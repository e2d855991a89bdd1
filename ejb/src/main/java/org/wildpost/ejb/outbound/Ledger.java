// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.wildpost.core.transport.Fate;

/** Who of a shipment's recipients is settled, who is still to be served, and what would be said of them if nobody served them. For one thread. */
final class Ledger {
    private static final Attempt.Outcome UNTRIED =
            new Attempt.Deferred("4.4.1", "no host could be called in time", Attempt.Scope.DESTINATION);

    private final InstantSource clock;
    private final Instant began;
    private final int recipients;
    private final List<Integer> open = new ArrayList<>();
    private final Map<Integer, Attempt> settled = new HashMap<>();
    private final Map<Integer, Attempt> fallbacks = new HashMap<>();

    Ledger(int recipients, InstantSource clock) {
        this.clock = clock;
        this.began = clock.instant();
        this.recipients = recipients;
        IntStream.range(0, recipients).forEach(open::add);
    }

    boolean done() {
        return open.isEmpty();
    }

    /** The next of those that are open. */
    List<Integer> next(int most) {
        return List.copyOf(open.subList(0, Math.min(most, open.size())));
    }

    /** What a host said of one; it stays open when another may say better. */
    void enter(int recipient, Fate fate, Outcomes.Place place) {
        Attempt attempt = attempt(Outcomes.of(fate), place);
        if (fate.chance() == Fate.Chance.NONE) {
            settled.put(recipient, attempt);
            open.remove(Integer.valueOf(recipient));
        } else {
            fallBack(recipient, attempt);
        }
    }

    /** What hinders everybody who is open, unless another host does not. */
    void enterAll(Attempt.Outcome outcome, Outcomes.Place place) {
        open.forEach(recipient -> fallBack(recipient, attempt(outcome, place)));
    }

    /** The hope that one host leaves outweighs that another left none. */
    private void fallBack(int recipient, Attempt attempt) {
        Attempt before = fallbacks.get(recipient);
        boolean hope = before != null && before.outcome() instanceof Attempt.Deferred;
        if (!(hope && attempt.outcome() instanceof Attempt.Failed)) {
            fallbacks.put(recipient, attempt);
        }
    }

    /** The end: an attempt for each recipient, in order. */
    List<Attempt> close() {
        Attempt untried = attempt(UNTRIED, Outcomes.Place.NOWHERE);
        return IntStream.range(0, recipients)
                .mapToObj(i -> settled.getOrDefault(i, fallbacks.getOrDefault(i, untried)))
                .toList();
    }

    private Attempt attempt(Attempt.Outcome outcome, Outcomes.Place place) {
        Duration took = Duration.between(began, clock.instant());
        return new Attempt(began, took, place.host(), place.address(), place.tls(), place.policy(), outcome);
    }
}
