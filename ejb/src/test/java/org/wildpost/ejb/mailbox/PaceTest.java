// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PaceTest {
    /** Whoever asks at whatever moment: something is done after that. */
    @Test
    void losesNothingThatManyAskFor() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger times = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(1);
        Pace pace = new Pace(
                Duration.ofMillis(1),
                () -> {
                    times.incrementAndGet();
                    done.set(asked.get());
                    if (done.get() == 20_000) {
                        all.countDown();
                    }
                },
                Pace.CLOCK);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                threads.execute(() -> {
                    for (int j = 0; j < 1_000; j++) {
                        asked.incrementAndGet();
                        pace.ask();
                    }
                });
            }
        }
        assertThat(all.await(30, TimeUnit.SECONDS)).as("done after the last").isTrue();
        assertThat(times.get()).isPositive();
    }

    @Test
    void goesOnAfterAFault() {
        AtomicInteger times = new AtomicInteger();
        Pace pace = new Pace(
                Duration.ZERO,
                () -> {
                    if (times.getAndIncrement() == 0) {
                        throw new IllegalStateException("once");
                    }
                },
                (end, pause) -> end.run());
        assertThatThrownBy(pace::ask).hasMessage("once");
        pace.ask();
        assertThat(times).hasValue(2);
    }
}
