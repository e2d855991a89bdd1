// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenUidsTest {
    private static final int UIDS = 40;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"|0|0", "{}|0|0", "{[1,2)}|1|16", "{[1,3),[7,8)}|3|32", "{[4294967290,4294967296)}|6|16"})
    void readsWhatTheDatabaseWrites(String spans, long count, int weight) {
        assertThat(SeenUids.parse(spans).count()).isEqualTo(count);
        assertThat(SeenUids.parse(spans).weight()).isEqualTo(weight);
    }

    /** Neighbours become one span, so that the weight tells whether two are the same. */
    @Test
    void addsAndTakesAwayLikeASetOfNumbers() {
        Random random = new Random(3);
        for (int round = 0; round < 2_000; round++) {
            BitSet some = numbers(random);
            BitSet others = numbers(random);
            BitSet both = (BitSet) some.clone();
            both.or(others);
            BitSet rest = (BitSet) some.clone();
            rest.andNot(others);

            assertSame(SeenUids.parse(spans(some)).plus(SeenUids.parse(spans(others))), both);
            assertSame(SeenUids.parse(spans(some)).minus(SeenUids.parse(spans(others))), rest);
        }
    }

    private static void assertSame(SeenUids found, BitSet expected) {
        SeenUids wanted = SeenUids.parse(spans(expected));
        assertThat(found.count()).isEqualTo(expected.cardinality());
        assertThat(found.weight()).isEqualTo(wanted.weight());
        assertThat(found.minus(wanted).count()).isZero();
    }

    private static BitSet numbers(Random random) {
        BitSet numbers = new BitSet();
        int spans = random.nextInt(6);
        for (int i = 0; i < spans; i++) {
            int from = random.nextInt(UIDS);
            numbers.set(from, from + 1 + random.nextInt(6));
        }
        return numbers;
    }

    private static String spans(BitSet numbers) {
        StringBuilder spans = new StringBuilder("{");
        for (int from = numbers.nextSetBit(0); from >= 0; ) {
            int to = numbers.nextClearBit(from);
            spans.append(spans.length() == 1 ? "[" : ",[")
                    .append(from)
                    .append(',')
                    .append(to)
                    .append(')');
            from = numbers.nextSetBit(to);
        }
        return spans.append('}').toString();
    }
}
