// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Answers those together who ask about one subject at the same time. Who comes alone is answered at once; who comes while an answer about the subject is
 * under way would have to wait for it in any case, and is then answered together with all others who came meanwhile, in the order of their coming. The
 * thread of the first of a group works for all of it, and for no other group, so that nobody works for strangers for long. Safe for all threads.
 *
 * @param <K> what the questions are about
 * @param <Q> a question
 * @param <A> its answer
 */
final class Gathering<K, Q, A> {
    private final int most;
    private final long heaviest;
    private final ToLongFunction<Q> weight;
    private final Predicate<RuntimeException> undone;
    private final ConcurrentHashMap<K, Deque<Asked<Q, A>>> waiting = new ConcurrentHashMap<>();

    /** Answers questions about one subject, all of them or, by throwing, none. */
    @FunctionalInterface
    interface Work<K, Q, A> {
        /** The answers in the order of the questions. */
        List<A> answer(K subject, List<Q> questions);
    }

    /** What somebody who waits is told. */
    private sealed interface Turn<Q, A> {
        /** To work for these, the first of whom it is. */
        record Lead<Q, A>(List<Asked<Q, A>> group) implements Turn<Q, A> {}

        /** That another did it. */
        record Answered<Q, A>(A answer) implements Turn<Q, A> {}

        /** That nothing was done for the group, through whoever's fault, and each shall try alone. */
        record Alone<Q, A>() implements Turn<Q, A> {}
    }

    private record Asked<Q, A>(Q question, CompletableFuture<Turn<Q, A>> turn) {}

    /**
     * @param most     questions of one group
     * @param heaviest weight of a group of more than one
     * @param weight   of a question
     * @param undone   whether a fault says that nothing at all was done for the group, so that each may try again by itself
     */
    Gathering(int most, long heaviest, ToLongFunction<Q> weight, Predicate<RuntimeException> undone) {
        this.most = most;
        this.heaviest = heaviest;
        this.weight = weight;
        this.undone = undone;
    }

    /**
     * The answer, or the fault that there was instead of one. Does not heed interrupts: the group may be at work for this question already.
     *
     * @param work how a group is answered; the same for all
     */
    A ask(K subject, Q question, Work<K, Q, A> work) {
        Asked<Q, A> own = new Asked<>(question, new CompletableFuture<>());
        waiting.compute(subject, (_, others) -> {
            if (others == null) {
                own.turn().complete(new Turn.Lead<>(List.of(own)));
                return new ArrayDeque<>(1);
            }
            others.add(own);
            return others;
        });
        return switch (turn(own)) {
            case Turn.Lead<Q, A>(List<Asked<Q, A>> group) -> lead(subject, group, work);
            case Turn.Answered<Q, A>(A answer) -> answer;
            case Turn.Alone<Q, A> _ -> work.answer(subject, List.of(question)).getFirst();
        };
    }

    private static <Q, A> Turn<Q, A> turn(Asked<Q, A> own) {
        try {
            return own.turn().join();
        } catch (CompletionException e) {
            // What the thread threw that worked for the group.
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw e;
            }
        }
    }

    private A lead(K subject, List<Asked<Q, A>> group, Work<K, Q, A> work) {
        List<Asked<Q, A>> others = group.subList(1, group.size());
        List<A> answers;
        try {
            answers = work.answer(subject, group.stream().map(Asked::question).toList());
            if (answers.size() != group.size()) {
                throw new IllegalStateException(answers.size() + " answers to " + group.size() + " questions");
            }
        } catch (RuntimeException e) {
            boolean again = !others.isEmpty() && undone.test(e);
            others.forEach(other -> {
                if (again) {
                    other.turn().complete(new Turn.Alone<>());
                } else {
                    other.turn().completeExceptionally(e);
                }
            });
            if (again) {
                return work.answer(subject, List.of(group.getFirst().question()))
                        .getFirst();
            }
            throw e;
        } catch (Error e) {
            others.forEach(other -> other.turn().completeExceptionally(e));
            throw e;
        } finally {
            next(subject);
        }
        for (int i = 0; i < others.size(); i++) {
            others.get(i).turn().complete(new Turn.Answered<>(answers.get(i + 1)));
        }
        return answers.getFirst();
    }

    /** Lets those go on who wait the longest; forgets the subject when there are none. */
    private void next(K subject) {
        waiting.compute(subject, (_, others) -> {
            if (others == null || others.isEmpty()) {
                return null;
            }
            List<Asked<Q, A>> group = new ArrayList<>();
            long sum = 0;
            while (!others.isEmpty() && group.size() < most) {
                sum += weight.applyAsLong(others.getFirst().question());
                if (!group.isEmpty() && sum > heaviest) {
                    break;
                }
                group.add(others.removeFirst());
            }
            group.getFirst().turn().complete(new Turn.Lead<>(List.copyOf(group)));
            return others;
        });
    }

    /** Subjects about which something is under way. */
    int subjects() {
        return waiting.size();
    }

    /** How many wait until the work about a subject that is under way is done. */
    int waiting(K subject) {
        int[] count = {0};
        waiting.computeIfPresent(subject, (_, others) -> {
            count[0] = others.size();
            return others;
        });
        return count[0];
    }
}
