// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.thread.ThreadForest;

/** RFC 5256 §4, its examples first; a forest is written as UIDs with their depths. */
class ThreadTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2.0 3.0 6.1 4.2 23.3 44.2 7.3 96.4|(2)(3 6 (4 23)(44 7 96))",
                "0.0 3.1 5.1|((3)(5))",
                "0.0 170.1 5.2 179.1|((170 5)(179))",
                "177.0 183.1 188.1 184.2 189.2 187.1|(177 (183)(188 (184)(189))(187))",
                "1.0|(1)",
                "1.0 2.1 3.2|(1 2 3)",
                "1.0 2.1 3.2 4.1 5.0|(1 (2 3)(4))(5)"
            })
    void tellsThreads(String forest, String text) {
        String[] nodes = forest.split(" ");
        ThreadForest threads = new ThreadForest(
                Arrays.stream(nodes)
                        .mapToLong(node -> Long.parseLong(node.split("\\.")[0]))
                        .toArray(),
                Arrays.stream(nodes)
                        .mapToInt(node -> Integer.parseInt(node.split("\\.")[1]))
                        .toArray());
        assertThat(ThreadText.of(threads, uid -> uid)).isEqualTo(text);
        assertThat(ThreadText.of(threads, uid -> 7)).isEqualTo(text.replaceAll("\\d+", "7"));
    }

    @Test
    void tellsNoneAndVeryDeepOnes() {
        assertThat(ThreadText.of(new ThreadForest(new long[0], new int[0]), uid -> uid))
                .isEmpty();
        ThreadForest deep = new ThreadForest(
                LongStream.rangeClosed(1, 100_000).toArray(),
                IntStream.range(0, 100_000).toArray());
        assertThat(ThreadText.of(deep, uid -> uid)).startsWith("(1 2 3").endsWith("99999 100000)");
    }
}
