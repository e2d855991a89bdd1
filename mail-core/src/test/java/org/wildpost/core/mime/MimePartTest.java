// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MimePartTest {
    @Test
    void movesEverythingButTheRootsHeaderBehindAPrefix() {
        MimePart leaf = part("text", 60, 80, List.of());
        MimePart root = part("multipart", 0, 40, List.of(leaf)).shifted(100);

        assertThat(root.headerOffset()).isZero();
        assertThat(root.bodyOffset()).isEqualTo(140);
        assertThat(root.children().getFirst().headerOffset()).isEqualTo(160);
        assertThat(root.children().getFirst().bodyOffset()).isEqualTo(180);
    }

    private static MimePart part(String type, long header, long body, List<MimePart> children) {
        return new MimePart(
                type, "plain", Map.of(), null, null, "7bit", null, null, List.of(), null, header, body, 5, 1, null,
                children);
    }
}
