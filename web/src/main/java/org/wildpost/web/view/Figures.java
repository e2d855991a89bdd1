// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.wildpost.web.session.Preferences;

/** Dates and sizes as the person reads them. */
@Named("figures")
@RequestScoped
public class Figures {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    @Inject
    Preferences preferences;

    @Inject
    Texts texts;

    private final Clock clock = Clock.systemUTC();

    /** Short, for lists: the time today, the day this year, else the date. */
    public String brief(Instant moment) {
        ZonedDateTime when = moment.atZone(preferences.getZone());
        LocalDate today = LocalDate.now(clock.withZone(preferences.getZone()));
        if (when.toLocalDate().equals(today)) {
            return when.format(TIME);
        }
        String key = when.getYear() == today.getYear() ? "date.day" : "date.year";
        return when.format(DateTimeFormatter.ofPattern(texts.get(key), preferences.getLocale()));
    }

    /** Long, for one message. */
    public String full(Instant moment) {
        ZonedDateTime when = moment.atZone(preferences.getZone());
        DateTimeFormatter day =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(preferences.getLocale());
        return texts.get("date.full", when.format(day), when.format(TIME));
    }

    /** Octets in the unit that fits. */
    public String size(long octets) {
        if (octets < 1024) {
            return octets + " B";
        }
        double kibi = octets / 1024.0;
        return kibi < 1024
                ? String.format(Locale.ROOT, "%.0f KB", kibi)
                : String.format(Locale.ROOT, "%.1f MB", kibi / 1024);
    }
}
