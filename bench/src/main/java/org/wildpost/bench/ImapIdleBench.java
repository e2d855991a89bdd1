// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
import javax.net.ssl.SSLContext;
import picocli.CommandLine;

/** {@code ./wildpost bench imap-idle}: what thousands of clients cost that only wait, and how soon one of them hears of a message. */
@CommandLine.Command(
        name = "imap-idle",
        description = "Holds connections over TLS in IDLE, each on a mailbox of its own, and delivers to some of them.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ImapIdleBench implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final String DOMAIN = "idle-bench.test";
    private static final String PASSWORD = "bench-password-1";
    private static final String SENDER = "sender@example.org";
    private static final int AT_ONCE = 8;
    private static final int SIZE = 4096;
    private static final double MOST_MEGABYTES = 1024;
    private static final double MOST_MILLIS = 200;
    private static final long MEGABYTE = 1024 * 1024;

    @CommandLine.Option(names = "--connections", description = "Idle connections (default: ${DEFAULT-VALUE}).")
    private int connections = 5_000;

    @CommandLine.Option(
            names = "--accounts",
            description = "Accounts that these mailboxes are spread over; each takes some password hashing to make"
                    + " (default: ${DEFAULT-VALUE}).")
    private int accounts = 500;

    @CommandLine.Option(
            names = "--deliveries",
            description = "Messages to some of them that idle on an INBOX (default: ${DEFAULT-VALUE}).")
    private int deliveries = 50;

    @CommandLine.Option(
            names = "--settle",
            description = "Seconds of silence before memory is measured (default: ${DEFAULT-VALUE}).")
    private int settle = 10;

    @CommandLine.Mixin
    private final InstanceOptions instance = new InstanceOptions();

    private final List<ImapClient> clients = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Integer call() throws IOException {
        long begun = System.nanoTime();
        int port = 993 + instance.offset();
        RestClient rest = new RestClient(instance.offset(), instance.administrator());
        rest.make("domains", "{\"name\":\"" + DOMAIN + "\"}");
        accounts = Math.min(accounts, connections);
        eachNumber(
                accounts,
                number -> rest.make(
                        "boxes",
                        "{\"name\":\"idle\",\"email\":\"" + account(number) + "\",\"passwordPlaintext\":\"" + PASSWORD
                                + "\"}"));
        System.out.printf(Locale.ROOT, "%d accounts after %.0f s%n", accounts, seconds(begun));
        memory("before", port);
        ImapClient[] idle = new ImapClient[connections];
        try {
            SSLContext tls = Trusting.context();
            eachNumber(connections, number -> idle[number] = idling(number, port, tls));
            System.out.printf(Locale.ROOT, "all idle after %.0f s%n", seconds(begun));
            TimeUnit.SECONDS.sleep(settle);
            double used = cpu(port);
            double memory = memory("with all", port);
            System.out.printf(Locale.ROOT, "%.1f %% of one processor while nothing happens%n", used);
            double[] millis = deliver(idle);
            int alive = finish(idle);
            System.out.printf(
                    Locale.ROOT,
                    "%d deliveries seen: median %.1f ms, latest %.1f ms after the 250; %d of %d connections alive at the end%n",
                    millis.length,
                    millis[millis.length / 2],
                    millis[millis.length - 1],
                    alive,
                    connections);
            boolean good = alive == connections && memory < MOST_MEGABYTES && millis[millis.length - 1] <= MOST_MILLIS;
            return good ? 0 : FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            for (ImapClient client : clients) {
                client.close();
            }
        }
    }

    private String account(int number) {
        return "idle" + number % accounts + "@" + DOMAIN;
    }

    /** The first of an account has its INBOX. */
    private String mailbox(int number) {
        int of = number / accounts;
        return of == 0 ? "INBOX" : "Idle" + of;
    }

    /** Does something for one of the accounts. */
    @FunctionalInterface
    private interface Work {
        void with(int number) throws IOException;
    }

    private static void eachNumber(int count, Work work) throws IOException {
        AtomicInteger next = new AtomicInteger();
        List<Callable<Void>> all = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            all.add(() -> {
                for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                    work.with(number);
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : threads.invokeAll(all)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }

    private ImapClient idling(int number, int port, SSLContext tls) throws IOException {
        ImapClient client = new ImapClient(port, tls, IdleMemory.address(number));
        clients.add(client);
        new ScramLogin(account(number), PASSWORD).over(client);
        String mailbox = mailbox(number);
        if (!mailbox.equals("INBOX")) {
            // It may be there from an earlier run.
            client.ask("CREATE " + mailbox);
        }
        client.ask("SELECT " + mailbox).orThrow();
        client.send("i IDLE\r\n".getBytes(StandardCharsets.US_ASCII));
        String line = client.line();
        if (!line.startsWith("+")) {
            throw new IOException("no IDLE: " + line);
        }
        return client;
    }

    private static double memory(String when, int port) throws IOException {
        List<Long> processes = Processes.ofInstance(port);
        double resident = (double) Processes.resident(processes) / MEGABYTE;
        double proportional = (double) Processes.proportional(processes) / MEGABYTE;
        System.out.printf(
                Locale.ROOT,
                "%s: %.0f MB resident (PSS), %.0f MB with shared pages counted in each of %d processes (RSS)%n",
                when,
                proportional,
                resident,
                processes.size());
        return proportional;
    }

    private double cpu(int port) throws IOException, InterruptedException {
        List<Long> processes = Processes.ofInstance(port);
        long before = Processes.processorMillis(processes);
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(settle);
        return (Processes.processorMillis(processes) - before) / 10.0 / seconds(begun);
    }

    /** Milliseconds from the 250 to the news, ascending. */
    private double[] deliver(ImapClient[] idle) throws IOException {
        Random random = new Random(connections);
        double[] millis = new double[deliveries];
        try (SmtpClient smtp = new SmtpClient(25 + instance.offset())) {
            for (int i = 0; i < deliveries; i++) {
                int number = random.nextInt(accounts);
                byte[] message = Messages.plain(SIZE, SENDER, account(number), "idle" + i + "." + System.nanoTime());
                smtp.send(SENDER, account(number), message);
                long begun = System.nanoTime();
                String line;
                do {
                    line = idle[number].line();
                } while (!line.endsWith(" EXISTS"));
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis;
    }

    /** How many still answer. */
    private int finish(ImapClient[] idle) throws IOException {
        AtomicInteger alive = new AtomicInteger();
        eachNumber(connections, number -> {
            idle[number].send("DONE\r\n".getBytes(StandardCharsets.US_ASCII));
            String line;
            do {
                line = idle[number].line();
            } while (line.startsWith("*"));
            if (line.startsWith("i OK")) {
                alive.incrementAndGet();
            }
        });
        return alive.get();
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
