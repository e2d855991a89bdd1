// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as operators write them: a number and a unit, {@code s}, {@code m}, {@code h} or {@code d}. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

    private Durations() {}

    /**
     * One duration, such as {@code 4h}.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration such as 30s, 5m, 4h or 5d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** Durations with commas between them. */
    static List<Duration> parseList(String text) {
        return Arrays.stream(text.split(",", -1)).map(Durations::parse).toList();
    }
}
