// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.session;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the person likes to see pages: language, light or dark, time zone. Taken from cookies of ours and from what the browser prefers, and always
 * one of the values known here, whatever a request says.
 */
@Named("preferences")
@RequestScoped
public class Preferences {
    /** The languages that every text exists in, the default first. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);

    static final String LANGUAGE = "wildpost-language";
    static final String THEME = "wildpost-theme";
    static final String SCHEME = "wildpost-scheme";
    static final String ZONE = "wildpost-zone";

    @Inject
    HttpServletRequest request;

    private @Nullable Locale chosenLocale;
    private @Nullable String chosenTheme;

    public Locale getLocale() {
        if (chosenLocale != null) {
            return chosenLocale;
        }
        return cookie(LANGUAGE)
                .flatMap(Preferences::language)
                .orElseGet(() -> preferred(Collections.list(request.getLocales())));
    }

    /** The language as HTML and cookies name it. */
    public String getLanguage() {
        return getLocale().toLanguageTag();
    }

    /** {@code light} or {@code dark}: what the person chose, else what the browser said it prefers. */
    public String getTheme() {
        if (chosenTheme != null) {
            return chosenTheme;
        }
        String theme = cookie(THEME).or(() -> cookie(SCHEME)).orElse("light");
        return theme.equals("dark") ? "dark" : "light";
    }

    /** Whether the person chose, so that the browser's preference no longer counts. */
    public boolean isThemeChosen() {
        return chosenTheme != null || cookie(THEME).isPresent();
    }

    /** The name of the component library's theme. */
    public String getPrimeTheme() {
        return getTheme().equals("dark") ? "arya-blue" : "saga-blue";
    }

    /** The browser's time zone, else the server's. */
    public ZoneId getZone() {
        return cookie(ZONE).flatMap(Preferences::zone).orElseGet(ZoneId::systemDefault);
    }

    void choose(Locale locale) {
        chosenLocale = locale;
    }

    void choose(String theme) {
        chosenTheme = theme;
    }

    static Optional<Locale> language(String tag) {
        return LANGUAGES.stream()
                .filter(known -> known.toLanguageTag().equals(tag))
                .findFirst();
    }

    /** The first language that the browser asks for and we have. */
    static Locale preferred(List<Locale> asked) {
        return asked.stream()
                .flatMap(wish ->
                        LANGUAGES.stream().filter(known -> known.getLanguage().equals(wish.getLanguage())))
                .findFirst()
                .orElse(Locale.ENGLISH);
    }

    static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name.replace("%2F", "/")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<String> cookie(String name) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst();
    }
}
