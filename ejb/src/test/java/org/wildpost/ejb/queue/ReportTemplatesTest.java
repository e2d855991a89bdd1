// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.persistence.setting.Settings;

/** The words of notifications that operators may change. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class ReportTemplatesTest {
    private final ReportTemplates templates = new ReportTemplates();

    ReportTemplatesTest() {
        Map<String, String> values = new HashMap<>();
        templates.settings = new Settings() {
            @Override
            public Optional<String> find(String name) {
                return Optional.ofNullable(values.get(name));
            }

            @Override
            public Optional<Instant> changed(String name) {
                return Optional.empty();
            }

            @Override
            public void put(String name, String value) {
                values.put(name, value);
            }

            @Override
            public String putIfAbsent(String name, String value) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private String text(String name, String language) {
        return templates.list().stream()
                .filter(one -> one.name().equals(name) && one.language().equals(language))
                .map(one -> one.text() + " " + one.own())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void hasWordsForEveryKindInEveryLanguage() {
        assertThat(templates.list()).hasSize(16).allSatisfy(one -> {
            assertThat(one.text()).isNotBlank();
            assertThat(one.own()).isFalse();
        });
        assertThat(text("delay.subject", "zh")).isEqualTo("投递延迟：{subject} false");
        assertThat(templates.list().stream().filter(one -> one.name().endsWith(".text")))
                .allSatisfy(one -> assertThat(one.text()).contains("{recipients}", "{id}"));
    }

    @Test
    void takesTheOperatorsWordsAndGivesTheDefaultBack() {
        templates.change("delay.subject", "zh", "慢 {subject}");
        assertThat(text("delay.subject", "zh")).isEqualTo("慢 {subject} true");
        assertThat(text("delay.subject", "en")).endsWith("false");
        templates.change("delay.subject", "zh", " ");
        assertThat(text("delay.subject", "zh")).isEqualTo("投递延迟：{subject} false");
    }

    @Test
    void refusesWhatIsNoTemplate() {
        assertThat(templates.change("delay.body", "en", "x")).isInstanceOf(Outcome.NotFound.class);
        assertThat(templates.change("delay.text", "de", "x")).isInstanceOf(Outcome.NotFound.class);
        assertThat(templates.change("delay.text", "en", "x".repeat(ReportTemplates.MAX_LENGTH + 1)))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(templates.change("delay.text", "en", "a\0b")).isInstanceOf(Outcome.Refused.class);
    }
}
