// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code ./wildpost bench imap}: what a mailbox costs, beside Dovecot where it is. */
@CommandLine.Command(
        name = "imap",
        description =
                "Fills a mailbox of a running instance ('./wildpost run --demo') and of Dovecot with the same messages, and measures what clients ask.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ImapBench implements Callable<Integer> {
    private static final int FAILED = 1;

    @CommandLine.Option(names = "--messages", description = "Messages in the mailbox (default: ${DEFAULT-VALUE}).")
    private int messages = 5_000;

    @CommandLine.Option(
            names = "--rounds",
            description = "Samples of each row, whose median counts (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @CommandLine.Option(
            names = "--warm-up",
            description = "Repeats of each row that do not count (default: ${DEFAULT-VALUE}).")
    private int warmUp = 10;

    @CommandLine.Option(
            names = "--row-seconds",
            description = "After so long a server gets no more samples of a row (default: ${DEFAULT-VALUE}).")
    private int rowSeconds = 10;

    @CommandLine.Option(
            names = "--settle",
            description =
                    "Seconds that a server gets at most for the index of words that its first search in texts asks for (default: ${DEFAULT-VALUE}).")
    private int settle = 60;

    @CommandLine.Option(
            names = "--limit",
            description = "Seconds after which no row is begun (default: ${DEFAULT-VALUE}).")
    private int limit = 270;

    @CommandLine.Option(
            names = "--append",
            description = "Messages of one sample of APPEND (default: ${DEFAULT-VALUE}).")
    private int append = 1_000;

    @CommandLine.Option(names = "--append-sessions", description = "Sessions that append (default: ${DEFAULT-VALUE}).")
    private int appendSessions = 4;

    @CommandLine.Option(
            names = "--idle",
            description = "Idle connections whose memory is measured (default: ${DEFAULT-VALUE}).")
    private int idle = 500;

    @CommandLine.Option(
            names = "--rows",
            split = ",",
            description =
                    "Only these of: append, login, flags, envelope, structure, fields, bodies, subject, text, sort,"
                            + " thread, store, copy, expunge, idle.")
    private List<String> rows = new ArrayList<>();

    @CommandLine.Mixin
    private final InstanceOptions instance = new InstanceOptions();

    @CommandLine.Option(names = "--no-peer", description = "Measure Wildpost alone.")
    private boolean noPeer;

    @Override
    public Integer call() throws IOException {
        long begun = System.nanoTime();
        List<ImapRow> chosen = rows.isEmpty()
                ? List.of(ImapRow.values())
                : rows.stream().map(ImapRow::named).toList();
        Corpus corpus = new Corpus(messages);
        ImapPlan plan = new ImapPlan(rounds, warmUp, Duration.ofSeconds(rowSeconds), append, appendSessions, idle);
        List<ImapSide> sides = new ArrayList<>();
        try {
            sides.add(new ImapSide(new WildpostImap(instance.offset(), instance.administrator()), corpus, plan));
            String missing = noPeer ? "not asked for" : DovecotImap.missing();
            if (missing.isEmpty()) {
                sides.add(new ImapSide(DovecotImap.start(), corpus, plan));
            } else {
                System.out.println("without a peer: " + missing);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d messages, %.1f MB, filled after %.0f s; medians of up to %d samples%n",
                    messages,
                    sides.getFirst().size() / 1e6,
                    seconds(begun),
                    rounds);
            return report(chosen, sides, plan, begun);
        } finally {
            for (ImapSide side : sides) {
                side.close();
            }
        }
    }

    private int report(List<ImapRow> chosen, List<ImapSide> sides, ImapPlan plan, long begun) throws IOException {
        ImapTable table = new ImapTable(sides.stream().map(ImapSide::name).toList());
        table.head();
        boolean right = true;
        List<String> settled = new ArrayList<>();
        for (ImapRow row : chosen) {
            if (seconds(begun) > limit) {
                System.out.println(row.label() + ": not measured, the time is over");
                continue;
            }
            List<ImapSeries> series = new ArrayList<>();
            for (ImapSide side : sides) {
                if (row == ImapRow.TEXT) {
                    settled.add(ImapSettling.of(messages, Duration.ofSeconds(settle))
                            .settle(side.name(), row, () -> side.measure(row)));
                }
                ImapSeries one = new ImapSeries(row, side, plan);
                one.warmUp();
                series.add(one);
            }
            for (int round = 0; round < rounds; round++) {
                for (ImapSeries one : series) {
                    one.sample();
                }
            }
            table.row(row, series);
            Optional<String> wrong =
                    series.stream().flatMap(one -> one.wrong().stream()).findFirst();
            wrong.ifPresent(what -> System.out.println("  WRONG " + what));
            right &= wrong.isEmpty();
        }
        settled.forEach(System.out::println);
        System.out.printf(Locale.ROOT, "%.0f s in all%n", seconds(begun));
        return right ? 0 : FAILED;
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
