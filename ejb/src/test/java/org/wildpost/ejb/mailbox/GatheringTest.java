// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GatheringTest {
    private static final int MOST = 3;
    private static final int HEAVIEST = 10;
    private static final int PATIENCE_SECONDS = 20;

    private final List<List<String>> groups = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Answers with the questions in capitals, the first one called "slow" only when it goes on; refuses a group with "bad". */
    private final Gathering<String, String, String> gathering =
            new Gathering<>(MOST, HEAVIEST, String::length, fault -> fault instanceof IllegalArgumentException);

    private String ask(String subject, String question) {
        return gathering.ask(subject, question, this::answer);
    }

    private List<String> answer(String subject, List<String> questions) {
        groups.add(questions);
        if (questions.contains("slow")) {
            begun.countDown();
            await(goesOn);
        }
        if (questions.contains("bad")) {
            throw new IllegalArgumentException("refused");
        }
        if (questions.contains("gone")) {
            throw new IllegalStateException("nobody knows");
        }
        if (questions.contains("dead")) {
            throw new AssertionError("dead");
        }
        List<String> answers =
                questions.stream().map(question -> subject + question).toList();
        return questions.contains("few") ? answers.subList(1, answers.size()) : answers;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void end() {
        goesOn.countDown();
        // Not close: whoever is never answered would keep it for ever.
        threads.shutdownNow();
    }

    /** Asks these one after the other while an answer about the subject is under way, then lets all go on. */
    private List<Future<String>> askMeanwhile(String... questions) {
        List<Future<String>> asked = new ArrayList<>();
        asked.add(threads.submit(() -> ask("A", "slow")));
        await(begun);
        for (String question : questions) {
            int before = gathering.waiting("A");
            asked.add(threads.submit(() -> ask("A", question)));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (gathering.waiting("A") == before) {
                assertThat(System.nanoTime()).as("nobody waits").isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
        goesOn.countDown();
        return asked;
    }

    @Test
    void answersAtOnceWhoComesAlone() {
        assertThat(ask("A", "x")).isEqualTo("Ax");
        assertThat(ask("A", "y")).isEqualTo("Ay");
        assertThat(groups).containsExactly(List.of("x"), List.of("y"));
    }

    @Test
    void answersThoseTogetherWhoCameMeanwhileInTheirOrder() throws Exception {
        List<Future<String>> asked = askMeanwhile("x", "y");
        assertThat(asked.get(1).get()).isEqualTo("Ax");
        assertThat(asked.get(2).get()).isEqualTo("Ay");
        assertThat(groups).containsExactly(List.of("slow"), List.of("x", "y"));
    }

    @Test
    void makesNoGroupGreaterThanAllowed() throws Exception {
        for (Future<String> one : askMeanwhile("1", "2", "3", "4", "5")) {
            one.get();
        }
        assertThat(groups).containsExactly(List.of("slow"), List.of("1", "2", "3"), List.of("4", "5"));
    }

    @Test
    void makesNoGroupHeavierThanAllowedSaveOfOne() throws Exception {
        for (Future<String> one : askMeanwhile("123456", "1234", "1", "12345678901234", "2")) {
            one.get();
        }
        assertThat(groups)
                .containsExactly(
                        List.of("slow"),
                        List.of("123456", "1234"),
                        List.of("1"),
                        List.of("12345678901234"),
                        List.of("2"));
    }

    @Test
    void keepsSubjectsApart() throws Exception {
        Future<String> slow = threads.submit(() -> ask("A", "slow"));
        await(begun);
        assertThat(ask("B", "x")).isEqualTo("Bx");
        goesOn.countDown();
        assertThat(slow.get()).isEqualTo("Aslow");
    }

    @Test
    void oneThatIsRefusedDoesNotHarmTheOthers() throws Exception {
        List<Future<String>> asked = askMeanwhile("x", "bad", "y");
        assertThat(asked.get(1).get()).isEqualTo("Ax");
        assertThat(asked.get(3).get()).isEqualTo("Ay");
        assertThatThrownBy(asked.get(2)::get).hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFirstOfAGroupThatIsRefusedDoesNotHarmTheOthers() throws Exception {
        List<Future<String>> asked = askMeanwhile("bad", "x");
        assertThat(asked.get(2).get()).isEqualTo("Ax");
        assertThatThrownBy(asked.get(1)::get).hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatMayHaveBeenDoneIsNotDoneAgain() {
        List<Future<String>> asked = askMeanwhile("x", "gone", "y");
        for (Future<String> one : asked.subList(1, 4)) {
            assertThatThrownBy(one::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
        assertThat(groups).containsExactly(List.of("slow"), List.of("x", "gone", "y"));
    }

    @Test
    void tooFewAnswersReachAllOfTheGroup() {
        List<Future<String>> asked = askMeanwhile("x", "few", "y");
        for (Future<String> one : asked.subList(1, 4)) {
            assertThatThrownBy(one::get)
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("2 answers to 3 questions");
        }
        assertThat(gathering.subjects()).isZero();
    }

    @Test
    void anErrorReachesAllOfTheGroupAndNobodyBehindIt() throws Exception {
        List<Future<String>> asked = askMeanwhile("x", "dead", "y", "z");
        for (Future<String> one : asked.subList(1, 4)) {
            assertThatThrownBy(one::get).hasCauseInstanceOf(AssertionError.class);
        }
        assertThat(asked.get(4).get()).isEqualTo("Az");
    }

    @Test
    void forgetsASubjectThatNobodyAsksAbout() throws Exception {
        for (Future<String> one : askMeanwhile("x", "y", "z", "u")) {
            one.get();
        }
        assertThatThrownBy(() -> ask("A", "bad")).isInstanceOf(IllegalArgumentException.class);
        assertThat(gathering.subjects()).isZero();
    }
}
