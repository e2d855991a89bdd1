// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code ./wildpost bench smtp}: messages acknowledged and stored per second, beside Postfix and Dovecot where they are. */
@CommandLine.Command(
        name = "smtp",
        description =
                "Sends to a running instance ('./wildpost run --demo') and, in turns, to Postfix and Dovecot; counts what is stored.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SmtpBench implements Callable<Integer> {
    private static final int FAILED = 1;

    @CommandLine.Option(names = "--sessions", description = "Connections at once (default: ${DEFAULT-VALUE}).")
    private int sessions = 20;

    @CommandLine.Option(names = "--size", description = "Octets of a message (default: ${DEFAULT-VALUE}).")
    private int size = 4096;

    @CommandLine.Option(names = "--accounts", description = "Accounts that receive (default: ${DEFAULT-VALUE}).")
    private int accounts = 100;

    @CommandLine.Option(names = "--seconds", description = "Length of each turn (default: ${DEFAULT-VALUE}).")
    private int seconds = 10;

    @CommandLine.Option(names = "--rounds", description = "Turns of each server (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @CommandLine.Option(
            names = "--warm-up",
            description = "Seconds before the first turn that do not count (default: ${DEFAULT-VALUE}).")
    private int warmUp = 10;

    @CommandLine.Mixin
    private final InstanceOptions instance = new InstanceOptions();

    @CommandLine.Option(names = "--no-peer", description = "Measure Wildpost alone.")
    private boolean noPeer;

    @Override
    public Integer call() throws IOException {
        SmtpLoad load = new SmtpLoad(sessions, size);
        List<Target> targets = new ArrayList<>();
        try {
            targets.add(new WildpostTarget(instance.offset(), accounts, instance.administrator()));
            String missing = noPeer ? "not asked for" : PostfixDovecotTarget.missing();
            if (missing.isEmpty()) {
                targets.add(PostfixDovecotTarget.start(accounts));
            } else {
                System.out.println("without a peer: " + missing);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d sessions, %d octets, %d accounts, %d turns of %d s each%n",
                    sessions,
                    size,
                    accounts,
                    rounds,
                    seconds);
            return report(targets, load);
        } finally {
            for (Target target : targets) {
                target.close();
            }
        }
    }

    private int report(List<Target> targets, SmtpLoad load) throws IOException {
        for (Target target : targets) {
            load.run(target, Duration.ofSeconds(warmUp));
        }
        List<Totals> totals = new ArrayList<>();
        targets.forEach(target -> totals.add(new Totals()));
        System.out.printf("%-16s %12s %12s %10s %10s %8s%n", "", "stored/s", "stored", "p50 ms", "p99 ms", "errors");
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < targets.size(); i++) {
                SmtpLoad.Result result = load.run(targets.get(i), Duration.ofSeconds(seconds));
                print(targets.get(i).name(), result);
                totals.get(i).add(result);
            }
        }
        if (targets.size() > 1) {
            System.out.printf(
                    Locale.ROOT,
                    "ratio %.1f%n",
                    totals.getFirst().perSecond() / totals.get(1).perSecond());
        }
        return totals.stream().allMatch(Totals::complete) ? 0 : FAILED;
    }

    private static void print(String name, SmtpLoad.Result result) {
        System.out.printf(
                Locale.ROOT,
                "%-16s %12.0f %12d %10.1f %10.1f %8d%n",
                name,
                result.perSecond(),
                result.stored(),
                result.latency().getValueAtPercentile(50) / 1000.0,
                result.latency().getValueAtPercentile(99) / 1000.0,
                result.errors());
        if (result.stored() != result.acknowledged()) {
            System.out.println("  acknowledged " + result.acknowledged() + ", stored " + result.stored());
        }
    }

    /** All turns of one server. */
    private static final class Totals {
        private long stored;
        private long acknowledged;
        private long errors;
        private Duration time = Duration.ZERO;

        void add(SmtpLoad.Result result) {
            stored += result.stored();
            acknowledged += result.acknowledged();
            errors += result.errors();
            time = time.plus(result.time());
        }

        double perSecond() {
            return stored / (time.toNanos() / 1e9);
        }

        boolean complete() {
            return stored >= acknowledged && errors == 0;
        }
    }
}
