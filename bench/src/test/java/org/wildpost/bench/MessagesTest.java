// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 400, 4096, 100_000})
    void haveTheSizeThatIsAskedForAndEndOnce(int size) {
        String message = new String(Messages.plain(size, "a@b", "c@d", "id"), StandardCharsets.US_ASCII);
        assertThat(message).endsWith("\r\n.\r\n").containsOnlyOnce("\r\n.\r\n").contains("Subject: id\r\n");
        if (size >= 400) {
            assertThat(message.length() - 3).isBetween(size - 2, size);
        }
        assertThat(message.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
    }
}
