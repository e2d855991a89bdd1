// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The samples of one row on one server. For one thread. */
final class ImapSeries {
    /** Of the time for a row, what warming up may take. */
    private static final int WARM_UP_SHARE = 3;

    private final ImapRow row;
    private final ImapSide side;
    private final ImapPlan plan;
    private final List<Double> samples = new ArrayList<>();
    private long spent;
    private boolean notOffered;
    private @Nullable String wrong;

    ImapSeries(ImapRow row, ImapSide side, ImapPlan plan) {
        this.row = row;
        this.side = side;
        this.plan = plan;
    }

    /** Checks the answer closely, then repeats it without a clock. Memory has no second first time. */
    void warmUp() throws IOException {
        side.check(row).ifPresent(problem -> wrong = side.name() + ", " + row.label() + ": " + problem);
        long begun = System.nanoTime();
        for (int i = 0; i < plan.warmUps() && row != ImapRow.IDLE && goesOn(); i++) {
            take(side.measure(row));
            if (System.nanoTime() - begun > plan.rowTime().toNanos() / WARM_UP_SHARE) {
                break;
            }
        }
        samples.clear();
    }

    void sample() throws IOException {
        boolean enough = row == ImapRow.IDLE || spent > plan.rowTime().toNanos();
        if (goesOn() && (samples.isEmpty() || !enough)) {
            long begun = System.nanoTime();
            take(side.measure(row));
            spent += System.nanoTime() - begun;
        }
    }

    private boolean goesOn() {
        return wrong == null && !notOffered;
    }

    private void take(ImapSample sample) {
        switch (sample) {
            case ImapSample.Value(double value) -> samples.add(value);
            case ImapSample.NotOffered() -> notOffered = true;
            case ImapSample.Wrong(String what) -> wrong = side.name() + ", " + row.label() + ": " + what;
        }
    }

    Optional<String> wrong() {
        return Optional.ofNullable(wrong);
    }

    /** The median; empty when there is none that counts. */
    OptionalDouble median() {
        if (samples.isEmpty() || !goesOn()) {
            return OptionalDouble.empty();
        }
        List<Double> sorted = samples.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return OptionalDouble.of(
                sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }

    /** The median in words, or why there is none. */
    String text() {
        if (wrong != null) {
            return "wrong";
        }
        return notOffered ? "not offered" : ImapTable.number(median().orElseThrow(), row.unit());
    }
}
