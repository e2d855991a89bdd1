// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FaultLogTest {
    private final List<String> written = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final FaultLog log = new FaultLog(new Kept(), () -> now);

    @Test
    void tracesTheFirstOfAKindAndNamesTheOthers() {
        fail(new IllegalStateException(new IOException("away")));
        fail(new RuntimeException(new IOException("still away")));
        fail(new IllegalArgumentException("something else"));

        assertThat(written)
                .containsExactly(
                        "question failed + trace",
                        "question failed again: java.io.IOException: still away",
                        "question failed + trace");
    }

    @Test
    void tracesAgainAfterAWhile() {
        fail(new IOException("away"));
        now = now.plus(FaultLog.BETWEEN_TRACES).minusMillis(1);
        fail(new IOException("away"));
        now = now.plusMillis(1);
        fail(new IOException("away"));
        fail(new IOException("away"));

        assertThat(written)
                .containsExactly(
                        "question failed + trace",
                        "question failed again: java.io.IOException: away",
                        "question failed + trace",
                        "question failed again: java.io.IOException: away");
    }

    @Test
    void isNotCaughtInACircleOfCauses() {
        RuntimeException one = new RuntimeException("one");
        one.initCause(new RuntimeException("two", one));

        fail(one);

        assertThat(written).containsExactly("question failed + trace");
    }

    private void fail(Throwable fault) {
        log.write(Level.WARNING, "question failed", fault);
    }

    private final class Kept implements Logger {
        @Override
        public String getName() {
            return "kept";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable fault) {
            written.add(text + (fault == null ? "" : " + trace"));
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... parameters) {
            written.add(format);
        }
    }
}
