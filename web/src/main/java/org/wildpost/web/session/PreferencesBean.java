// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.session;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;

/** The switches for language and theme in every page's head. */
@Named("preferencesMenu")
@RequestScoped
public class PreferencesBean {
    private static final int A_YEAR = 365 * 24 * 3600;

    @Inject
    Preferences preferences;

    /** Turns to the other language; the page is drawn again with the same parameters. */
    public String speak(String tag) {
        Preferences.language(tag).ifPresent(locale -> {
            preferences.choose(locale);
            remember(Preferences.LANGUAGE, locale.toLanguageTag());
        });
        return again();
    }

    public String toggleTheme() {
        String theme = preferences.getTheme().equals("dark") ? "light" : "dark";
        preferences.choose(theme);
        remember(Preferences.THEME, theme);
        return again();
    }

    private static void remember(String name, String value) {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        external.addResponseCookie(
                name,
                value,
                Map.of(
                        "path",
                        "/",
                        "maxAge",
                        A_YEAR,
                        "secure",
                        external.isSecure(),
                        "httpOnly",
                        true,
                        "SameSite",
                        "Lax"));
    }

    private static String again() {
        String view = FacesContext.getCurrentInstance().getViewRoot().getViewId();
        return view + "?faces-redirect=true&includeViewParams=true";
    }
}
