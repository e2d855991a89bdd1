// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.util.Arrays;
import java.util.Locale;

/** What is measured of an IMAP server, on INBOX with all messages unless it says otherwise. */
enum ImapRow {
    APPEND("append, 4 sessions", Unit.PER_SECOND, 0.25),
    LOGIN("login + select + logout", Unit.PER_SECOND, 1.0),
    FLAGS("FETCH UID FLAGS", Unit.MILLIS, 1.0),
    ENVELOPE("FETCH ENVELOPE INTERNALDATE SIZE", Unit.MILLIS, 1.0),
    STRUCTURE("FETCH BODYSTRUCTURE", Unit.MILLIS, 1.0),
    FIELDS("FETCH 3 header fields", Unit.MILLIS, 1.0),
    BODIES("FETCH whole bodies", Unit.MEGABYTES_PER_SECOND, 1.0),
    SUBJECT("SEARCH SUBJECT", Unit.MILLIS, 1.0),
    TEXT("SEARCH TEXT", Unit.MILLIS, 0.1),
    SORT("SORT DATE", Unit.MILLIS, 1.0),
    THREAD("THREAD REFERENCES", Unit.MILLIS, 1.0),
    STORE("STORE all", Unit.MILLIS, 1.0),
    COPY("COPY all", Unit.MILLIS, 1.0),
    EXPUNGE("EXPUNGE all", Unit.MILLIS, 1.0),
    IDLE("memory of an idle connection", Unit.KILOBYTES, 1.0);

    /** In what a row counts. */
    enum Unit {
        MILLIS("ms", false),
        PER_SECOND("/s", true),
        MEGABYTES_PER_SECOND("MB/s", true),
        KILOBYTES("KB", false);

        private final String word;
        private final boolean moreIsBetter;

        Unit(String word, boolean moreIsBetter) {
            this.word = word;
            this.moreIsBetter = moreIsBetter;
        }

        String word() {
            return word;
        }

        /** Our cost in that of the other: below 1 we are better. */
        double ratio(double ours, double theirs) {
            return moreIsBetter ? theirs / ours : ours / theirs;
        }
    }

    private final String label;
    private final Unit unit;
    private final double mark;

    ImapRow(String label, Unit unit, double mark) {
        this.label = label;
        this.unit = unit;
        this.mark = mark;
    }

    String label() {
        return label;
    }

    Unit unit() {
        return unit;
    }

    /** The greatest ratio that is good enough. */
    double mark() {
        return mark;
    }

    /** The row with that name in any case. */
    static ImapRow named(String name) {
        return Arrays.stream(values())
                .filter(row -> row.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no row '" + name + "', but "
                        + Arrays.toString(values()).toLowerCase(Locale.ROOT)));
    }
}
