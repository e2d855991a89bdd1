// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpansTest {
    @Test
    void neighboursAreOne() {
        assertThat(Spans.of(new long[] {1, 2, 3, 7, 9, 10})).isEqualTo("{[1,3],[7,7],[9,10]}");
    }

    @Test
    void takesUidsInAnyOrderAndMoreThanOnce() {
        assertThat(Spans.of(new long[] {10, 7, 9, 7})).isEqualTo("{[7,7],[9,10]}");
    }

    @Test
    void takesTheGreatestUid() {
        assertThat(Spans.of(new long[] {4_294_967_295L})).isEqualTo("{[4294967295,4294967295]}");
    }
}
