// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;

/**
 * How fast a full queue drains to many destinations, without and with some that never answer. Messages with many recipients fill the queue faster
 * than it can empty; the time counts from the first of them to the last delivery to a destination that answers.
 */
@CommandLine.Command(
        name = "queue",
        mixinStandardHelpOptions = true,
        description = "Measures how much destinations that never answer slow the others down.")
final class QueueBench implements Callable<Integer> {
    private static final int RECIPIENTS = 100;
    private static final int FAILED = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @CommandLine.Option(names = "--entries", description = "Entries of the queue (default: ${DEFAULT-VALUE}).")
    private int entries = 20_000;

    @CommandLine.Option(names = "--destinations", description = "Their destinations (default: ${DEFAULT-VALUE}).")
    private int destinations = 2_000;

    @CommandLine.Option(names = "--dead", description = "Destinations that never answer (default: ${DEFAULT-VALUE}).")
    private int dead = 200;

    @CommandLine.Option(names = "--rounds", description = "Turns without and with them (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @CommandLine.Option(names = "--sessions", description = "Sessions that fill (default: ${DEFAULT-VALUE}).")
    private int sessions = 4;

    @CommandLine.Option(names = "--size", description = "Octets of a message (default: ${DEFAULT-VALUE}).")
    private int size = 4096;

    @CommandLine.Mixin
    private final InstanceOptions instance = new InstanceOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        RestClient rest = new RestClient(instance.offset(), instance.administrator());
        try (Sink sink = new Sink();
                SilentHost silent = new SilentHost()) {
            WildpostRelay relay = new WildpostRelay(instance.offset(), instance.administrator(), sessions, sink.port());
            relay.routeEverything(sink.port());
            System.out.printf(
                    Locale.ROOT, "%d entries, %d destinations, %d of them dead%n", entries, destinations, dead);
            drain(relay, sink, 0, "");
            double alone = 0;
            double beside = 0;
            for (int round = 0; round < rounds; round++) {
                // New names each time: destinations that were found dead before rest, and would cost nothing.
                String grave = ".dead" + round + ".test";
                for (int i = 0; i < dead; i++) {
                    relay.route("d" + i + grave, silent.port());
                }
                alone += told("healthy alone", drain(relay, sink, 0, grave));
                beside += told("beside the dead", drain(relay, sink, dead, grave));
                empty(rest, silent);
            }
            System.out.printf(
                    Locale.ROOT, "ratio %.2f; the dead were called %d times%n", beside / alone, silent.calls());
            return beside > 0 ? 0 : FAILED;
        }
    }

    private static void empty(RestClient rest, SilentHost silent) throws IOException, InterruptedException {
        String answer;
        do {
            silent.hangUp();
            Thread.sleep(500);
            answer = rest.ask("POST", "queue/actions", "{\"action\":\"delete\",\"all\":true}");
        } while (!answer.contains("\"busy\":0"));
    }

    private static double told(String what, double perSecond) {
        System.out.printf(Locale.ROOT, "%-18s %8.0f delivered/s%n", what, perSecond);
        return perSecond;
    }

    /** Deliveries per second to those that answer; 0 when some did not arrive in time. */
    private double drain(WildpostRelay relay, Sink sink, int silent, String grave)
            throws IOException, InterruptedException {
        int healthy = destinations - dead;
        int each = entries / destinations;
        List<String> recipients = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            for (int d = 0; d < healthy; d++) {
                recipients.add("r" + i + "@d" + d + ".alive.test");
            }
            for (int d = 0; d < silent; d++) {
                recipients.add("r" + i + "@d" + d + grave);
            }
        }
        Collections.shuffle(recipients, new Random(entries));
        long before = sink.deliveries();
        long begun = System.nanoTime();
        fill(relay, recipients);
        long wanted = before + (long) healthy * each;
        long deadline = begun + PATIENCE.toNanos();
        while (sink.deliveries() < wanted && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
        if (sink.deliveries() < wanted) {
            System.err.println(wanted - sink.deliveries() + " deliveries did not arrive within " + PATIENCE.toMinutes()
                    + " minutes");
            return 0;
        }
        return healthy * each / seconds;
    }

    private void fill(WildpostRelay relay, List<String> recipients) throws IOException, InterruptedException {
        List<Callable<Void>> work = new ArrayList<>();
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < sessions; i++) {
            String owner = relay.owner(i);
            work.add(() -> {
                try (SmtpClient client = new SmtpClient(relay.submissionPort())) {
                    client.logIn(owner, relay.password());
                    for (int at = next.getAndAdd(RECIPIENTS); at < recipients.size(); at = next.getAndAdd(RECIPIENTS)) {
                        List<String> some = recipients.subList(at, Math.min(at + RECIPIENTS, recipients.size()));
                        client.send(
                                owner, some, Messages.plain(size, owner, "many@alive.test", "q" + System.nanoTime()));
                    }
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> session : threads.invokeAll(work)) {
                session.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("the queue could not be filled: " + e.getCause(), e);
        }
    }
}
