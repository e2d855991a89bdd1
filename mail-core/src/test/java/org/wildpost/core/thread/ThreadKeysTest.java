// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wildpost.core.mime.HeaderFields;

/** RFC 5322 §3.6.4. */
class ThreadKeysTest {
    private static ThreadKeys keys(long emailId, String... fields) {
        String header = String.join("\r\n", fields) + "\r\n";
        return ThreadKeys.of(HeaderFields.parse(header.getBytes(StandardCharsets.UTF_8)), emailId);
    }

    private static long own(String id) {
        return keys(1, "Message-ID: <" + id + ">").own();
    }

    @Test
    void theNearestParentStandsFirst() {
        ThreadKeys keys = keys(1, "Message-ID: <d@x>", "References: <a@x>\r\n <b@x> <c@x>", "In-Reply-To: <c@x>");

        assertThat(keys.own()).isEqualTo(own("d@x"));
        assertThat(keys.parents()).containsExactly(own("c@x"), own("b@x"), own("a@x"));
        assertThat(keys.subject()).isEmpty();
    }

    @Test
    void passesOverWhatIsNoMessageId() {
        ThreadKeys keys = keys(
                1,
                "Message-ID: (comment) <d@x> junk",
                "In-Reply-To: Your message of Monday <b@x> \"<\"",
                "References: >x<");

        assertThat(keys.own()).isEqualTo(own("d@x"));
        assertThat(keys.parents()).containsExactly(own("b@x"));
    }

    @Test
    void aMessageWithoutAnIdIsKnownByItself() {
        assertThat(keys(1, "Subject: x").own())
                .isNotEqualTo(keys(2, "Subject: x").own());
        assertThat(keys(1, "Subject: x").own()).isEqualTo(keys(1, "Subject: y").own());
        assertThat(keys(1, "Message-ID:").own()).isEqualTo(keys(1).own());
    }

    @Test
    void aSubjectAndAMessageIdAreNeverTheSame() {
        assertThat(keys(1, "Subject: a@x").subject().orElseThrow()).isNotEqualTo(own("a@x"));
    }

    @Test
    void looksAtTheNearestReferencesAndTheFirst() {
        String ids = IntStream.range(0, 500).mapToObj(i -> "<" + i + "@x>").collect(Collectors.joining(" "));

        assertThat(keys(1, "References: " + ids).parents())
                .hasSize(ThreadKeys.MAX_PARENTS)
                .startsWith(own("499@x"), own("498@x"))
                .endsWith(own("0@x"));
    }
}
