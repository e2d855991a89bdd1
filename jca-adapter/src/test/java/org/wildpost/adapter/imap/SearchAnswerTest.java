// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.listener.imap.Found;

/** What {@code $} stands for (RFC 5182 §2.4, RFC 9394 §3.2), which MODSEQ is told (RFC 4731 §3.2), and parts of results (RFC 9394 §3.1). */
class SearchAnswerTest {
    private static SearchAnswer answer(String options) throws ImapParseException {
        Frame frame = new Frame("RETURN (" + options + ") ALL", java.util.List.of(), Optional.empty());
        ReturnOptions read = ReturnOptions.read(new Cursor(frame, ImapLimits.DEFAULTS, Set.of()));
        long[] uids = {21, 2, 15, 10};
        return new SearchAnswer(read, new Found(uids, new long[] {5, 9, 7, 8}, new int[0]), uids);
    }

    @ParameterizedTest
    @CsvSource({
        "SAVE,2 10 15 21,9",
        "SAVE MIN,21,5",
        "SAVE MAX,10,8",
        "MIN SAVE MAX,10 21,8",
        "SAVE MIN COUNT,2 10 15 21,9",
        "SAVE ALL MAX,2 10 15 21,9",
        "SAVE COUNT,2 10 15 21,9",
        "SAVE PARTIAL 3:3,15,7",
        "SAVE PARTIAL 2:3 MIN,2 15 21,9",
        "SAVE PARTIAL -1:-1 MIN MAX,10 21,8",
        "SAVE PARTIAL 1:1 COUNT,2 10 15 21,9",
        "SAVE UPDATE CONTEXT,2 10 15 21,9",
        "SAVE PARTIAL 9:10,'',0"
    })
    void savesWhatItTellsOf(String options, String uids, long modSeq) throws Exception {
        assertThat(answer(options).saved())
                .containsExactly(Arrays.stream(uids.split(" "))
                        .filter(uid -> !uid.isEmpty())
                        .mapToLong(Long::parseLong)
                        .toArray());
        assertThat(answer(options).greatestModSeq()).isEqualTo(modSeq);
    }

    @Test
    void cutsPartsFromBothEnds() {
        for (int count = 0; count < 6; count++) {
            long[] all = LongStream.rangeClosed(1, count).toArray();
            for (long first = 1; first < 8; first++) {
                for (long last = 1; last < 8; last++) {
                    long low = Math.min(first, last);
                    long high = Math.max(first, last);
                    int size = count;
                    assertThat(new PartialRange(false, first, last).of(all))
                            .containsExactly(LongStream.of(all)
                                    .filter(n -> n >= low && n <= high)
                                    .toArray());
                    assertThat(new PartialRange(true, first, last).of(all))
                            .containsExactly(LongStream.of(all)
                                    .filter(n -> size - n + 1 >= low && size - n + 1 <= high)
                                    .toArray());
                }
            }
            assertThat(new PartialRange(true, 1, 0xFFFF_FFFFL).of(all)).hasSize(count);
            assertThat(new PartialRange(false, 0xFFFF_FFFFL, 0xFFFF_FFFFL).of(all))
                    .isEmpty();
        }
    }
}
