// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4013, with the examples of its section 3; direction is no matter (RFC 8265 §4.2). */
class SaslPrepTest {
    @ParameterizedTest
    @CsvSource({
        "I\u00adX, IX",
        "user, user",
        "USER, USER",
        "\u00aa, a",
        "\u2168, IX",
        "a\u00a0b\u3000c, a b c",
        "u\u0308, \u00fc",
        "a\u200d\ufe0fb\ufeff, ab",
        "\u06271\u0628, \u06271\u0628",
        "\u06271, \u06271",
        "\ud83d\ude00, \ud83d\ude00"
    })
    void preparesWhatIsTheSame(String typed, String prepared) {
        assertThat(SaslPrep.prepare(typed)).contains(prepared);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u00ad",
                "\u0007",
                "a\u007f",
                "a\u0085",
                "\ue000",
                "\ufdd0",
                "\uffff",
                "\ud83f\udfff",
                "\ufffd",
                "\u2ff0",
                "\u200ea",
                "\u202e",
                "\u2028",
                "\udb40\udc41",
                "\ud834\udd73"
            })
    void refusesWhatNoNameHas(String typed) {
        assertThat(SaslPrep.prepare(typed)).isEmpty();
    }

    @Test
    void refusesHalfACharacter() {
        assertThat(SaslPrep.prepare("a" + (char) 0xD800)).isEmpty();
    }

    /** RFC 5802 §2.2: a verifier is that of the prepared password. */
    @Test
    void isWhatScramDerivesFrom() {
        byte[] salt = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        ScramVerifier verifier = ScramVerifiers.derive(new Secret("p\u00e4ss w\u00f6rt"), salt, 4096);

        assertThat(ScramVerifiers.derive(new Secret("pa\u0308\u00adss\u00a0w\u00f6rt"), salt, 4096)
                        .storedKey())
                .isEqualTo(verifier.storedKey());
    }
}
