// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.srs;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalInt;

/** The day on which a return path was made: two base32 digits, so that it comes round every 1024 days. */
final class SrsTimestamp {
    /** Days after which the count begins again. */
    static final int CYCLE = 1024;

    /** Base32 (RFC 4648 §6). */
    static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static final int DIGIT_BITS = 5;
    private static final int DIGIT_MASK = (1 << DIGIT_BITS) - 1;
    private static final long SECONDS_OF_A_DAY = Duration.ofDays(1).toSeconds();

    private SrsTimestamp() {}

    static String of(Instant moment) {
        int day = day(moment);
        return "" + DIGITS.charAt(day >> DIGIT_BITS) + DIGITS.charAt(day & DIGIT_MASK);
    }

    /**
     * Days from a timestamp to a moment; one that clocks of other nodes are ahead by counts as 0.
     *
     * @return empty when it is no timestamp
     */
    static OptionalInt age(String timestamp, Instant moment) {
        String digits = timestamp.toUpperCase(Locale.ROOT);
        if (digits.length() != 2) {
            return OptionalInt.empty();
        }
        int high = DIGITS.indexOf(digits.charAt(0));
        int low = DIGITS.indexOf(digits.charAt(1));
        if (high < 0 || low < 0) {
            return OptionalInt.empty();
        }
        int age = Math.floorMod(day(moment) - (high << DIGIT_BITS | low), CYCLE);
        return OptionalInt.of(age == CYCLE - 1 ? 0 : age);
    }

    private static int day(Instant moment) {
        return (int) Math.floorMod(Math.floorDiv(moment.getEpochSecond(), SECONDS_OF_A_DAY), (long) CYCLE);
    }
}
