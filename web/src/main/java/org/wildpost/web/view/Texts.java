// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.MessageFormat;
import java.util.Optional;
import java.util.ResourceBundle;
import org.wildpost.web.session.Preferences;

/** Texts for people in the language of the request, and the messages that a page shows after an action. */
@Named("texts")
@RequestScoped
public class Texts {
    /** The bundle with every text. */
    public static final String BUNDLE = "org.wildpost.web.messages";

    @Inject
    Preferences preferences;

    /** The text with its places {@code {0}} filled. */
    public String get(String key, Object... values) {
        ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, preferences.getLocale());
        return new MessageFormat(bundle.getString(key), preferences.getLocale()).format(values);
    }

    /** The text, where there is one of that key. */
    public Optional<String> find(String key) {
        ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, preferences.getLocale());
        return bundle.containsKey(key) ? Optional.of(get(key)) : Optional.empty();
    }

    /** Something was done. */
    public void done(String key, Object... values) {
        add(FacesMessage.SEVERITY_INFO, get(key, values));
    }

    /** Something could not be done. */
    public void refused(String key, Object... values) {
        add(FacesMessage.SEVERITY_ERROR, get(key, values));
    }

    /** The same as {@link #done}, on the page that a redirect leads to. */
    public void doneThere(String key, Object... values) {
        FacesContext.getCurrentInstance().getExternalContext().getFlash().setKeepMessages(true);
        done(key, values);
    }

    private static void add(FacesMessage.Severity severity, String text) {
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, text, null));
    }
}
