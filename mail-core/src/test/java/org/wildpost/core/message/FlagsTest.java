// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlagsTest {
    @Test
    void keepsAKeywordOnceWhateverItsCase() {
        Flags flags = new Flags(0, List.of("$Forwarded", "$forwarded", "b"));

        assertThat(flags.keywords()).containsExactly("$Forwarded", "b");
        assertThat(flags.has("$FORWARDED")).isTrue();
        assertThat(flags.has("c")).isFalse();
    }

    @Test
    void keepsSystemFlagsAsBitsThatRowsCarry() {
        assertThat(Flags.of(SystemFlag.SEEN, SystemFlag.DRAFT).system()).isEqualTo(17);
        assertThat(Flags.of(SystemFlag.SEEN).has(SystemFlag.DELETED)).isFalse();
    }
}
