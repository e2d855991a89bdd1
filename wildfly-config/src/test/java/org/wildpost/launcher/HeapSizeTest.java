// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    @CsvSource({"max, 8192000000", "4294967296, 4294967296", "9223372036854771712, 8192000000", "'', 8192000000"})
    void heedsTheLimitOfAContainer(String limit, long octets, @TempDir Path root) throws IOException {
        write(root.resolve("proc/meminfo"), "MemTotal:        8000000 kB\nMemFree:           80000 kB\n");
        write(root.resolve("sys/fs/cgroup/memory.max"), limit + "\n");
        assertThat(HeapSize.memory(root)).isEqualTo(octets);
    }

    @Test
    void takesTheLeastWhereNothingIsTold(@TempDir Path root) {
        assertThat(HeapSize.ofMachine(HeapSize.memory(root))).isEqualTo(HeapSize.LEAST_MB);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @ParameterizedTest
    @CsvSource({"256, 16", "512, 32", "2048, 128"})
    void givesAnswersASixteenth(int heap, int cache) {
        assertThat(HeapSize.cacheMb(heap)).isEqualTo(cache);
    }
}
