// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.sort.BaseSubject;

/** RFC 5256 §3 THREAD. A message is written as {@code id subject <references}, or {@code id@date subject <references}; the result as THREAD tells it. */
class ThreadsTest {
    private static List<ThreadInput> mailbox(String text) {
        List<ThreadInput> messages = new ArrayList<>();
        for (String line : text.split("/")) {
            String[] parts = line.strip().split("<", 2);
            String[] words = parts[0].strip().split(" ", 2);
            String[] name = words[0].split("@", 2);
            BaseSubject subject = BaseSubject.of(words.length > 1 ? words[1] : "");
            long uid = messages.size() + 1L;
            messages.add(new ThreadInput(
                    uid,
                    name.length > 1 ? Long.parseLong(name[1]) : uid,
                    subject.text(),
                    subject.isReply(),
                    id(name[0]),
                    parts.length > 1 ? ids(parts[1]) : new long[0]));
        }
        return messages;
    }

    private static long id(String name) {
        return name.equals("-") ? 0 : name.charAt(0);
    }

    private static long[] ids(String names) {
        return names.strip().chars().asLongStream().toArray();
    }

    /** The simplest rendering: a node, and its children in brackets. */
    static String shown(ThreadForest forest) {
        StringBuilder out = new StringBuilder();
        int depth = -1;
        for (int i = 0; i < forest.uids().length; i++) {
            for (; depth >= forest.depths()[i]; depth--) {
                out.append(')');
            }
            out.append('(').append(forest.uids()[i] == 0 ? "-" : Long.toString(forest.uids()[i]));
            depth = forest.depths()[i];
        }
        return out.append(")".repeat(depth + 1)).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a x / b y / c re: x|(1(3))(2)",
                "a x / b x / c x|(1(2)(3))",
                "a@9 x / b@1 x / c@5 y|(2(1))(3)",
                "a@1 x / b@1 y|(1)(2)",
                "a / b re: |(1(2))"
            })
    void threadsBySubject(String mailbox, String threads) {
        assertThat(shown(Threads.of(ThreadAlgorithm.ORDEREDSUBJECT, mailbox(mailbox))))
                .isEqualTo(threads);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // step 1
                "a / b <a / c <ab|(1(2(3)))",
                "a / b <a / c <a|(1(2)(3))",
                "c <ab / b <a / a|(3(2(1)))",
                "a <a|(1)",
                "a <b / b <a|(2(1))",
                "a <xy / b <yx|(-(1)(2))",
                // a truncated list is set right by the message itself, and does not move others
                "a / c <ab / b|(1)(3(2))",
                "a / d <ac / b <a / c <b|(1(3(4(2))))",
                // the second with one identifier, and those without one
                "a / a / b <a|(1(3))(2)",
                "- / - / b|(1)(2)(3)",
                "- <a / - <a|(-(1)(2))",
                // step 3
                "b <a|(1)",
                "b <a / c <a|(-(1)(2))",
                "c <xab / d <xa|(-(1)(2))",
                "c <ab / d <ab|(-(1)(2))",
                "d <rabc / e <ra / f <rabc|(-(1)(2)(3))",
                "a / d <abc|(1(2))",
                // step 4 and 6
                "a@5 / b@9 <a / c@7 <a / d@1|(4)(1(3)(2))",
                "b@5 <x / c@2 <x / a@3|(-(2)(1))(3)",
                // step 5
                "a x / b re: x|(1(2))",
                "a re: x / b x|(2(1))",
                "a x / b x|(-(1)(2))",
                "a re: x / b re: x|(-(1)(2))",
                "a x / b x / c x|(-(1)(2)(3))",
                "a x / b re: x / c re: x|(1(2)(3))",
                "b x <p / c x <p / d x <q / e x <q|(-(1)(2)(3)(4))",
                "b x <p / c x <p / d re: x|(-(1)(2)(3))",
                "d x / b x <p / c x <p|(-(1)(2)(3))",
                "a / b|(1)(2)"
            })
    void threadsByReferences(String mailbox, String threads) {
        assertThat(shown(Threads.of(ThreadAlgorithm.REFERENCES, mailbox(mailbox))))
                .isEqualTo(threads);
    }

    @Test
    void hasEveryMessageOnceWhateverTheyReferTo() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<ThreadInput> messages = new ArrayList<>();
            int count = 1 + random.nextInt(30);
            for (int i = 1; i <= count; i++) {
                long[] references = LongStream.generate(() -> 1 + random.nextInt(count + 5))
                        .limit(random.nextInt(5))
                        .toArray();
                String subject = "s" + random.nextInt(6);
                messages.add(new ThreadInput(
                        i, random.nextInt(20), subject, random.nextBoolean(), 1 + random.nextInt(count), references));
            }
            for (ThreadAlgorithm algorithm : ThreadAlgorithm.values()) {
                ThreadForest forest = Threads.of(algorithm, messages);
                assertThat(LongStream.of(forest.uids())
                                .filter(uid -> uid != ThreadForest.DUMMY)
                                .sorted()
                                .toArray())
                        .as("round " + round)
                        .containsExactly(LongStream.rangeClosed(1, count).toArray());
                for (int i = 0; i < forest.uids().length; i++) {
                    boolean dummy = forest.uids()[i] == ThreadForest.DUMMY;
                    assertThat(!dummy || forest.depths()[i] == 0 && forest.children()[i] > 1)
                            .as("a dummy holds several at the root")
                            .isTrue();
                }
            }
        }
    }

    @Test
    void threadsDeepConversationsInLittleTimeAndNoStack() {
        List<ThreadInput> chain = IntStream.rangeClosed(1, 100_000)
                .mapToObj(i -> new ThreadInput(
                        i, i, "s" + i, false, i, i == 1 ? new long[0] : new long[] {1, Math.max(1, i - 2), i - 1}))
                .toList();
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            ThreadForest forest = Threads.of(ThreadAlgorithm.REFERENCES, chain);
            assertThat(forest.depths()[99_999]).isEqualTo(99_999);
            ThreadForest reversed = Threads.of(
                    ThreadAlgorithm.REFERENCES,
                    IntStream.rangeClosed(1, 100_000)
                            .mapToObj(i -> new ThreadInput(i, i, "s" + i, false, i, new long[] {i + 1}))
                            .toList());
            assertThat(reversed.depths()).contains(99_999);
        });
    }
}
