// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Refusal;
import org.wildpost.persistence.setting.Settings;

/** The words of notifications, as operators read and change them. Safe for all threads. */
@ApplicationScoped
@Transactional
public class ReportTemplates {
    /** Characters of a template. */
    static final int MAX_LENGTH = 10_000;

    @Inject
    Settings settings;

    /**
     * A template.
     *
     * @param name     such as {@code failure.subject}
     * @param language {@code en} or {@code zh}
     * @param own      whether an operator wrote it
     */
    public record Template(String name, String language, String text, boolean own) {}

    /** All templates in all languages. */
    public List<Template> list() {
        List<Template> all = new ArrayList<>();
        for (Report.Kind kind : Report.Kind.values()) {
            for (String part : List.of("subject", "text")) {
                for (String language : ReportTexts.LANGUAGES) {
                    all.add(template(kind.key() + "." + part, language));
                }
            }
        }
        return all;
    }

    /** Replaces a template; a blank text brings the default back. */
    public Outcome<Template> change(String name, String language, String text) {
        Optional<Template> known = list().stream()
                .filter(one -> one.name().equals(name) && one.language().equals(language))
                .findFirst();
        if (known.isEmpty()) {
            return new Outcome.NotFound<>();
        }
        if (text.length() > MAX_LENGTH) {
            return Outcome.refused(
                    "text", Refusal.Reason.TOO_LONG, "a template has at most " + MAX_LENGTH + " characters");
        }
        if (text.indexOf('\u0000') >= 0) {
            return Outcome.refused("text", Refusal.Reason.MALFORMED, "a template has no NUL");
        }
        settings.put(ReportTexts.SETTING + name + "." + language, text.isBlank() ? "" : text);
        return new Outcome.Done<>(template(name, language));
    }

    private Template template(String name, String language) {
        boolean own = settings.find(ReportTexts.SETTING + name + "." + language)
                .filter(text -> !text.isBlank())
                .isPresent();
        return new Template(name, language, new ReportTexts(settings::find, "").template(name, language), own);
    }
}
