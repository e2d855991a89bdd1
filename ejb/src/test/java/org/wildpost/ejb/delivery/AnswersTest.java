// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.ejb.identity.Resolution;

class AnswersTest {
    private static final EmailAddress ALICE = EmailAddress.parse("alice@demo.test");
    private static final EmailAddress BOB = EmailAddress.parse("bob@demo.test");

    private final List<EmailAddress> asked = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private final Answers answers = new Answers(() -> now);

    @Test
    void anAnswerServesTheNextMessageOfItsSessionOnce() {
        answers.keep("s1", Map.of(ALICE, Resolution.DISABLED));

        assertThat(take("s1", ALICE, BOB))
                .containsEntry(ALICE, Resolution.DISABLED)
                .containsEntry(BOB, Resolution.UNKNOWN);
        assertThat(asked).containsExactly(BOB);
        assertThat(take("s1", ALICE)).containsEntry(ALICE, Resolution.UNKNOWN);
    }

    @Test
    void anotherSessionAsksForItself() {
        answers.keep("s1", Map.of(ALICE, Resolution.DISABLED));

        assertThat(take("s2", ALICE)).containsEntry(ALICE, Resolution.UNKNOWN);
    }

    @Test
    void anOldAnswerIsNotBelieved() {
        answers.keep("s1", Map.of(ALICE, Resolution.DISABLED));
        now = now.plus(Answers.BELIEVED);

        assertThat(take("s1", ALICE)).containsEntry(ALICE, Resolution.UNKNOWN);
    }

    @Test
    void keepsNoMoreThanItsLimit() {
        for (int i = 0; i <= Answers.MAX_KEPT; i++) {
            answers.keep("s" + i, Map.of(ALICE, Resolution.DISABLED));
        }

        assertThat(take("s0", ALICE)).containsEntry(ALICE, Resolution.UNKNOWN);
        assertThat(take("s1", ALICE)).containsEntry(ALICE, Resolution.DISABLED);
    }

    private Map<EmailAddress, Resolution> take(String session, EmailAddress... addresses) {
        return answers.take(session, List.of(addresses), this::directory);
    }

    private Map<EmailAddress, Resolution> directory(Collection<EmailAddress> addresses) {
        asked.addAll(addresses);
        Map<EmailAddress, Resolution> found = new LinkedHashMap<>();
        addresses.forEach(address -> found.put(address, Resolution.UNKNOWN));
        return found;
    }
}
