// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ImapSettlingTest {
    private static final Duration QUIET = Duration.ofMillis(700);

    private final AtomicInteger asked = new AtomicInteger();

    private String settle(Duration limit, ImapSettling.Sampling sampling) throws IOException {
        return new ImapSettling(QUIET, limit).settle("server", ImapRow.TEXT, () -> {
            asked.incrementAndGet();
            return sampling.sample();
        });
    }

    @Test
    void waitsUntilTheAnswerComesNoFaster() throws IOException {
        double[] times = {1000, 500, 100, 95};
        String said = settle(
                Duration.ofSeconds(30), () -> new ImapSample.Value(times[Math.min(asked.get(), times.length) - 1]));
        assertThat(said).startsWith("server, SEARCH TEXT: settled").endsWith("1000 ms then, 100 ms now");
        assertThat(asked.get()).as("while it was quiet").isGreaterThan(4);
    }

    @Test
    void givesUpWhatGetsFasterForEver() throws IOException {
        String said = settle(Duration.ofSeconds(2), () -> new ImapSample.Value(1000 * Math.pow(0.5, asked.get())));
        assertThat(said).startsWith("server, SEARCH TEXT: not settled 2.0 s");
    }

    @Test
    void doesNotWaitForWhoHasNoAnswer() throws IOException {
        assertThat(settle(Duration.ofSeconds(30), ImapSample.NotOffered::new))
                .isEqualTo("server, SEARCH TEXT: no answer to wait for");
        assertThat(asked.get()).isEqualTo(1);
    }

    @Test
    void waitsLongerForMoreMessages() {
        assertThat(ImapSettling.of(100, QUIET).quiet()).isEqualTo(Duration.ofSeconds(3));
        assertThat(ImapSettling.of(50_000, QUIET).quiet()).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void saysSomethingOfExceptionsWithoutWords() {
        assertThat(Bench.said(new java.net.ConnectException())).isEqualTo("ConnectException");
        assertThat(Bench.said(new IOException("no such host"))).isEqualTo("no such host");
    }
}
