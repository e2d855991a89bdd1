// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;

/** {@code ./wildpost bench relay}: messages submitted, signed and delivered to another server per second, beside Postfix with opendkim. */
@CommandLine.Command(
        name = "relay",
        description =
                "Submits to a running instance ('./wildpost run --demo') and, in turns, to Postfix with opendkim; counts what a sink receives.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RelayBench implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @CommandLine.Option(names = "--sessions", description = "Connections at once (default: ${DEFAULT-VALUE}).")
    private int sessions = 20;

    @CommandLine.Option(names = "--size", description = "Octets of a message (default: ${DEFAULT-VALUE}).")
    private int size = 4096;

    @CommandLine.Option(names = "--accounts", description = "Accounts that send (default: ${DEFAULT-VALUE}).")
    private int accounts = 20;

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

    /** A turn of one server. */
    private record Turn(long acknowledged, long delivered, long errors, Duration time) {
        double perSecond() {
            return delivered / (time.toNanos() / 1e9);
        }

        Turn plus(Turn other) {
            return new Turn(
                    acknowledged + other.acknowledged,
                    delivered + other.delivered,
                    errors + other.errors,
                    time.plus(other.time));
        }
    }

    @Override
    public Integer call() throws IOException {
        List<RelayTarget> targets = new ArrayList<>();
        try (Sink sink = new Sink()) {
            targets.add(new WildpostRelay(instance.offset(), instance.administrator(), accounts, sink.port()));
            String missing = noPeer ? "not asked for" : PostfixOpendkimRelay.missing();
            if (missing.isEmpty()) {
                targets.add(PostfixOpendkimRelay.start(sink.port()));
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
            return report(targets, sink);
        } finally {
            for (RelayTarget target : targets) {
                target.close();
            }
        }
    }

    private int report(List<RelayTarget> targets, Sink sink) {
        targets.forEach(target -> turn(target, sink, warmUp));
        List<Turn> totals = new ArrayList<>();
        targets.forEach(target -> totals.add(new Turn(0, 0, 0, Duration.ZERO)));
        System.out.printf("%-18s %12s %12s %12s %8s%n", "", "delivered/s", "acknowledged", "delivered", "errors");
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < targets.size(); i++) {
                Turn turn = turn(targets.get(i), sink, seconds);
                totals.set(i, totals.get(i).plus(turn));
                System.out.printf(
                        Locale.ROOT,
                        "%-18s %12.0f %12d %12d %8d%n",
                        targets.get(i).name(),
                        turn.perSecond(),
                        turn.acknowledged(),
                        turn.delivered(),
                        turn.errors());
            }
        }
        if (totals.size() > 1) {
            System.out.printf(
                    Locale.ROOT,
                    "ratio %.1f%n",
                    totals.getFirst().perSecond() / totals.get(1).perSecond());
        }
        System.out.printf(
                Locale.ROOT,
                "the sink saw %d duplicates and %d messages without a signature%n",
                sink.duplicates(),
                sink.unsigned());
        boolean good = totals.stream().allMatch(turn -> turn.errors() == 0 && turn.delivered() >= turn.acknowledged());
        return good && sink.unsigned() == 0 ? 0 : FAILED;
    }

    /** Until the last message that was acknowledged is at the sink. */
    private Turn turn(RelayTarget target, Sink sink, int length) {
        long before = sink.messages();
        AtomicLong acknowledged = new AtomicLong();
        AtomicLong errors = new AtomicLong();
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(length);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> session(target, number, end, acknowledged, errors)));
        }
        SmtpLoad.join(threads);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (sink.messages() - before < acknowledged.get() && System.nanoTime() < deadline) {
            SmtpLoad.pause();
        }
        Duration time = Duration.ofNanos(System.nanoTime() - begun);
        return new Turn(acknowledged.get(), sink.messages() - before, errors.get(), time);
    }

    private void session(RelayTarget target, int number, long end, AtomicLong acknowledged, AtomicLong errors) {
        String owner = target.owner(number);
        try (SmtpClient client = new SmtpClient(target.submissionPort())) {
            client.logIn(owner, target.password());
            for (int i = 0; System.nanoTime() < end; i++) {
                String recipient = "r" + (number * 31 + i * 7) % 1000 + "@sink.test";
                client.send(
                        owner,
                        recipient,
                        Messages.plain(size, owner, recipient, target.name() + number + "." + System.nanoTime()));
                acknowledged.incrementAndGet();
            }
        } catch (IOException e) {
            if (errors.getAndIncrement() == 0) {
                System.err.println(target.name() + ": " + e.getMessage());
            }
        }
    }
}
