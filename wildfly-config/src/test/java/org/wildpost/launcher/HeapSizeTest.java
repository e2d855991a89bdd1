// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapSizeTest {
    private static final long GIBIBYTE = 1L << 30;

    @ParameterizedTest
    @CsvSource({"1, 512", "4, 512", "6, 768", "8, 1024", "16, 2048", "256, 2048"})
    void isAnEighthOfTheMachineWithinBounds(long gibibytes, int heap) {
        assertThat(HeapSize.ofMachine(gibibytes * GIBIBYTE)).isEqualTo(heap);
    }

    @Test
    void knowsTheMachine() {
        assertThat(HeapSize.memory()).isGreaterThan(GIBIBYTE / 4).isLessThan(1L << 50);
    }

    @ParameterizedTest
    @CsvSource({"256, 16", "512, 32", "2048, 128"})
    void givesAnswersASixteenth(int heap, int cache) {
        assertThat(HeapSize.cacheMb(heap)).isEqualTo(cache);
    }
}
