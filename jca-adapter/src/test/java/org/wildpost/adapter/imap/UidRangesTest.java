// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UidRangesTest {
    private static SequenceSet set(long... ends) {
        long[] first = new long[ends.length / 2];
        long[] last = new long[ends.length / 2];
        for (int i = 0; i < first.length; i++) {
            first[i] = ends[2 * i];
            last[i] = ends[2 * i + 1];
        }
        return new SequenceSet(first, last);
    }

    private static String text(UidRanges ranges) {
        return String.join(" | ", ranges.lines());
    }

    private static long[] members(UidRanges ranges) {
        return LongStream.rangeClosed(0, 60).filter(ranges::contains).toArray();
    }

    private static long[] numbers(Set<Long> truth) {
        return truth.stream().mapToLong(number -> number).toArray();
    }

    @Test
    void sortsAndJoinsWhatTouches() {
        assertThat(text(UidRanges.of(set(9, 9, 1, 3, 4, 5, 2, 2), 0))).isEqualTo("1:5,9");
        assertThat(text(UidRanges.of(set(7, SequenceSet.STAR), 5))).isEqualTo("5:7");
        assertThat(text(UidRanges.of(new long[] {1, 2, 3, 7, 9, 10}))).isEqualTo("1:3,7,9:10");
        assertThat(text(UidRanges.of(new long[0]))).isEmpty();
        assertThat(UidRanges.between(3, 2).isEmpty()).isTrue();
    }

    @Test
    void agreesWithSetsOfNumbers() {
        Random random = new Random(7162);
        for (int round = 0; round < 2_000; round++) {
            Set<Long> one = some(random);
            Set<Long> other = some(random);
            UidRanges ranges = UidRanges.of(numbers(one));
            assertThat(members(ranges)).containsExactly(numbers(one));
            TreeSet<Long> both = new TreeSet<>(one);
            both.retainAll(other);
            assertThat(text(ranges.and(UidRanges.of(numbers(other))))).isEqualTo(text(UidRanges.of(numbers(both))));
            TreeSet<Long> rest = new TreeSet<>(one);
            rest.removeAll(other);
            assertThat(text(ranges.without(numbers(other)))).isEqualTo(text(UidRanges.of(numbers(rest))));
        }
    }

    private static Set<Long> some(Random random) {
        Set<Long> some = new TreeSet<>();
        for (int n = random.nextInt(40); n > 0; n--) {
            some.add(1L + random.nextInt(50));
        }
        return some;
    }

    /** A client may say that it knows all there could be: as many steps as ranges, not as UIDs. */
    @Test
    void takesNoTimeForFourBillionUids() {
        UidRanges all = UidRanges.between(1, 0xFFFF_FFFFL);

        assertThat(text(all.without(new long[] {5, 0xFFFF_FFFFL}))).isEqualTo("1:4,6:4294967294");
        assertThat(text(all.and(UidRanges.of(new long[] {3, 4})))).isEqualTo("3:4");
    }

    /** RFC 7162 §4: lines are not to become endless. */
    @Test
    void breaksLongSetsIntoLines() {
        long[] even = LongStream.range(1, 2_001).map(n -> n * 2_000_000).toArray();

        var lines = UidRanges.of(even).lines();

        assertThat(lines).hasSize(4).allMatch(line -> line.length() < 8_192);
        assertThat(Arrays.stream(String.join(",", lines).split(",")).mapToLong(Long::parseLong))
                .containsExactly(Arrays.stream(even).boxed().toArray(Long[]::new));
    }
}
