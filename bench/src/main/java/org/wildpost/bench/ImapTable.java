// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The rows as a table in Markdown.
 *
 * @param names of the servers, ours first
 */
record ImapTable(List<String> names) {
    private static final int PRECISE_BELOW = 10;

    void head() {
        System.out.println("| | " + String.join(" | ", names) + " | ratio | mark | |");
        System.out.println("|---|" + "---|".repeat(names.size() + 3));
    }

    void row(ImapRow row, List<ImapSeries> series) {
        StringBuilder line = new StringBuilder("| ").append(row.label()).append(" |");
        series.forEach(one -> line.append(' ').append(one.text()).append(" |"));
        OptionalDouble ours = series.getFirst().median();
        OptionalDouble theirs = series.getLast().median();
        String mark = String.format(Locale.ROOT, "%.2f", row.mark());
        if (series.size() > 1 && ours.isPresent() && theirs.isPresent()) {
            double ratio = row.unit().ratio(ours.getAsDouble(), theirs.getAsDouble());
            line.append(String.format(
                    Locale.ROOT, " %.2f | <= %s | %s |", ratio, mark, ratio <= row.mark() ? "yes" : "**no**"));
        } else {
            line.append(" | <= ").append(mark).append(" | |");
        }
        System.out.println(line);
    }

    /** A value with its unit. */
    static String number(double value, ImapRow.Unit unit) {
        return String.format(Locale.ROOT, value < PRECISE_BELOW ? "%.1f %s" : "%.0f %s", value, unit.word());
    }
}
