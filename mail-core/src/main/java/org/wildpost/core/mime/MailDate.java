// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the Date field (RFC 5322 §3.3, the obsolete forms of §4.3), as forgiving as the mail that is out there. */
public final class MailDate {
    private static final Pattern DATE = Pattern.compile(
            "(?:[A-Za-z]+\\s*,?\\s*)?(\\d{1,2})[\\s-]+([A-Za-z]{3})[A-Za-z]*[\\s-]+(\\d{2,4})(?:[\\s,]+(\\d{1,2})\\s*[:.]\\s*(\\d{2})(?:\\s*[:.]\\s*(\\d{2}))?)?\\s*([+-]\\d{4}|[A-Za-z]{1,5})?.*");
    private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** RFC 5322 §4.3; any other name counts as UTC. */
    private static final Map<String, Integer> ZONES =
            Map.of("EST", -5, "EDT", -4, "CST", -6, "CDT", -5, "MST", -7, "MDT", -6, "PST", -8, "PDT", -7);

    private static final int MAX_LENGTH = 200;

    private MailDate() {}

    /** The moment with its offset as written, or empty when it is no date. */
    public static Optional<OffsetDateTime> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher date = DATE.matcher(COMMENT.matcher(text).replaceAll(" ").strip());
        if (!date.matches()) {
            return Optional.empty();
        }
        int month = MONTHS.indexOf(date.group(2).toLowerCase(Locale.ROOT)) + 1;
        try {
            LocalDate day = LocalDate.of(year(date.group(3)), month, Integer.parseInt(date.group(1)));
            LocalTime time = time(number(date.group(4)), number(date.group(5)), number(date.group(6)));
            return Optional.of(OffsetDateTime.of(day, time, zone(date.group(7))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** RFC 5256 §2.2: a time that cannot be is midnight; a leap second is the one before it. */
    private static LocalTime time(int hour, int minute, int second) {
        boolean valid = hour < 24 && minute < 60 && second <= 60;
        return valid ? LocalTime.of(hour, minute, Math.min(second, 59)) : LocalTime.MIDNIGHT;
    }

    private static int number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** RFC 5322 §4.3: two digits below 50 are of this century, three digits count from 1900. */
    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        if (digits.length() == 4) {
            return year;
        }
        return digits.length() == 2 && year < 50 ? 2000 + year : 1900 + year;
    }

    private static ZoneOffset zone(@org.jspecify.annotations.Nullable String zone) {
        if (zone == null) {
            return ZoneOffset.UTC;
        }
        if (zone.startsWith("+") || zone.startsWith("-")) {
            int sign = zone.startsWith("-") ? -1 : 1;
            int hours = Integer.parseInt(zone.substring(1, 3));
            int minutes = Integer.parseInt(zone.substring(3, 5));
            // RFC 5256 §2.2: a zone that cannot be is UTC.
            boolean valid = minutes < 60 && hours * 60 + minutes <= 18 * 60;
            return valid ? ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes) : ZoneOffset.UTC;
        }
        return ZoneOffset.ofHours(ZONES.getOrDefault(zone.toUpperCase(Locale.ROOT), 0));
    }
}
