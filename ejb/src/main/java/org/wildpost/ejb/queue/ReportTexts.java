// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Function;

/**
 * The words of notifications: a template for the subject and one for the text of each kind, in each language. An operator's own stand in the
 * server's settings as {@code report.KIND.subject.LANGUAGE} and {@code report.KIND.text.LANGUAGE}. In a template {@code {recipients}},
 * {@code {subject}}, {@code {sender}}, {@code {hostname}}, {@code {arrived}}, {@code {until}} and {@code {id}} stand for the facts.
 */
final class ReportTexts {
    /** The language of those who have no other. */
    static final String ENGLISH = "en";

    /** Chinese, simplified. */
    static final String CHINESE = "zh";

    /** The languages that there are texts in. */
    static final List<String> LANGUAGES = List.of(ENGLISH, CHINESE);

    /** Before the names of settings. */
    static final String SETTING = "report.";

    private static final String BUNDLE = "org.wildpost.ejb.queue.reports";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Function<String, Optional<String>> settings;
    private final String hostname;

    /**
     * @param settings the operator's own texts, by name
     */
    ReportTexts(Function<String, Optional<String>> settings, String hostname) {
        this.settings = settings;
        this.hostname = hostname;
    }

    /** One line. */
    String subject(Report report, String language) {
        return fill(template(report.kind().key() + ".subject", language), report)
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
    }

    /** Lines, whatever their ends. */
    String text(Report report, String language) {
        return fill(template(report.kind().key() + ".text", language), report);
    }

    /** The language that a tag (BCP 47) means here. */
    static String language(Optional<String> tag) {
        return tag.map(Locale::forLanguageTag)
                .filter(locale -> locale.getLanguage().equals(CHINESE))
                .map(_ -> CHINESE)
                .orElse(ENGLISH);
    }

    /** The template in force. */
    String template(String name, String language) {
        return settings.apply(SETTING + name + "." + language)
                .filter(own -> !own.isBlank())
                .orElseGet(() -> ofBundle(name, language));
    }

    private static String ofBundle(String name, String language) {
        Locale locale = language.equals(CHINESE) ? Locale.CHINESE : Locale.ROOT;
        try {
            return ResourceBundle.getBundle(
                            BUNDLE,
                            locale,
                            ReportTexts.class.getClassLoader(),
                            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                    .getString(name);
        } catch (MissingResourceException e) {
            throw new IllegalStateException("no text " + name, e);
        }
    }

    private String fill(String template, Report report) {
        Map<String, String> facts = Map.of(
                "recipients", recipients(report),
                "subject", report.subject(),
                "sender", report.to().toString(),
                "hostname", hostname,
                "arrived", TIME.format(report.arrived()),
                "until", until(report).map(TIME::format).orElse(""),
                "id", report.deliveryId());
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf('{', at);
            int close = open < 0 ? -1 : template.indexOf('}', open);
            String fact = close < 0 ? null : facts.get(template.substring(open + 1, close));
            if (open < 0) {
                out.append(template, at, template.length());
                at = template.length();
            } else if (fact == null) {
                out.append(template, at, open + 1);
                at = open + 1;
            } else {
                out.append(template, at, open).append(fact);
                at = close + 1;
            }
        }
        return out.toString();
    }

    private static Optional<Instant> until(Report report) {
        return report.recipients().stream()
                .map(Report.Recipient::retryUntil)
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    private static String recipients(Report report) {
        StringBuilder out = new StringBuilder();
        for (Report.Recipient recipient : report.recipients()) {
            out.append(out.isEmpty() ? "" : "\n")
                    .append('<')
                    .append(recipient.path().address())
                    .append('>');
            if (!recipient.reply().isBlank()) {
                out.append(":\n    ")
                        .append(recipient.remote().map(host -> host + ": ").orElse(""))
                        .append(recipient.reply());
            }
        }
        return out.toString();
    }
}
