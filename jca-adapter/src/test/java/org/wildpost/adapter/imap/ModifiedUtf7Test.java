// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3501 §5.1.3. */
class ModifiedUtf7Test {
    @ParameterizedTest
    @CsvSource({
        "INBOX, INBOX",
        "~peter/mail/台北/日本語, '~peter/mail/&U,BTFw-/&ZeVnLIqe-'",
        "Entwürfe, Entw&APw-rfe",
        "R&D, R&-D",
        "☺!, &Jjo-!",
    })
    void writesAndReadsBack(String name, String wire) {
        assertThat(ModifiedUtf7.encode(name)).isEqualTo(wire);
        assertThat(ModifiedUtf7.decode(wire)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "&Jjo", "&Jjo!-", "&U,BTFw-&ZeVnLIqe-", "&AGE-", "Entwürfe", "&Jj-", "&====-"})
    void refusesEveryOtherFormOfAName(String wire) {
        assertThat(ModifiedUtf7.decode(wire)).isEmpty();
    }

    @Test
    void bringsEveryNameThere() {
        Random random = new Random(3501);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(10); length > 0; length--) {
                name.appendCodePoint(
                        random.nextBoolean() ? 0x20 + random.nextInt(0x60) : 0xE000 + random.nextInt(0x1000));
            }
            assertThat(ModifiedUtf7.decode(ModifiedUtf7.encode(name.toString())))
                    .contains(name.toString());
        }
    }

    @Test
    void answersAnyText() {
        Random random = new Random(2152);
        String alphabet = "&-,+/aAJjo=é\u0000";
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(10); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            ModifiedUtf7.decode(text.toString())
                    .ifPresent(name -> assertThat(ModifiedUtf7.encode(name)).isEqualTo(text.toString()));
        }
    }
}
