// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as IMAP writes them (RFC 9051 §9 date, date-time). */
final class ImapDates {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final Pattern DATE_TIME = Pattern.compile(
            "(?<day>[ 0-9]?[0-9])-(?<month>[A-Za-z]{3})-(?<year>[0-9]{4}) (?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})"
                    + " (?<sign>[+-])(?<hours>[0-9]{2})(?<minutes>[0-9]{2})");
    private static final Pattern DATE = Pattern.compile("(?<day>[0-9]{1,2})-(?<month>[A-Za-z]{3})-(?<year>[0-9]{4})");
    private static final DateTimeFormatter INTERNAL_DATE = DateTimeFormatter.ofPattern(
                    "dd-MMM-uuuu HH:mm:ss '+0000'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private ImapDates() {}

    /** date-time without its quotes, always in UTC. */
    static String formatDateTime(Instant instant) {
        return INTERNAL_DATE.format(instant);
    }

    /** date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE. */
    static Instant parseDateTime(String text, int offset) throws ImapParseException {
        Matcher m = DATE_TIME.matcher(text);
        if (!m.matches() || m.group("day").length() == 1 && !Quirk.SHORT_DAY.tolerated()) {
            throw bad("a date-time such as \" 7-Feb-1994 21:52:25 -0800\" expected", offset);
        }
        try {
            int sign = m.group("sign").equals("-") ? -1 : 1;
            ZoneOffset zone = ZoneOffset.ofHoursMinutes(
                    sign * Integer.parseInt(m.group("hours")), sign * Integer.parseInt(m.group("minutes")));
            return LocalDateTime.of(date(m), LocalTime.parse(m.group("time"))).toInstant(zone);
        } catch (DateTimeException e) {
            throw bad("this moment does not exist", offset);
        }
    }

    /** date = date-text / DQUOTE date-text DQUOTE. */
    static LocalDate parseDate(String text, int offset) throws ImapParseException {
        Matcher m = DATE.matcher(text);
        if (!m.matches()) {
            throw bad("a date such as 1-Feb-1994 expected", offset);
        }
        try {
            return date(m);
        } catch (DateTimeException e) {
            throw bad("this day does not exist", offset);
        }
    }

    private static LocalDate date(Matcher m) {
        return LocalDate.of(
                Integer.parseInt(m.group("year")),
                MONTHS.indexOf(m.group("month").toUpperCase(Locale.ROOT)) + 1,
                Integer.parseInt(m.group("day").strip()));
    }

    private static ImapParseException bad(String message, int offset) {
        return new ImapParseException(message, offset, ImapParseException.Kind.SYNTAX);
    }
}
