// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages by offset over a store that knows only UIDs. */
class MessageTableTest {
    private final Folder folder = new Folder(1, 95);
    private final MessageTable table = new MessageTable(folder);

    @Test
    void showsEveryMessageOnceNewestFirst() {
        List<Long> seen = new ArrayList<>();
        for (int first = 0; first < table.count(Map.of()); first += 25) {
            seen.addAll(load(first));
        }

        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 95).map(i -> 96 - i).boxed().toList());
        assertThat(folder.stepped).isZero();
    }

    @Test
    void reachesAPageThatWasNotSeenAndGoesBack() {
        assertThat(load(75).getFirst()).isEqualTo(20L);
        assertThat(load(25).getFirst()).isEqualTo(70L);
        assertThat(load(0).getFirst()).isEqualTo(95L);
        assertThat(load(200)).isEmpty();
    }

    @Test
    void beginsAgainAtTheNewestMessage() {
        load(0);
        folder.add(96);

        assertThat(load(0).getFirst()).isEqualTo(96L);
        assertThat(load(25).getFirst()).isEqualTo(71L);
    }

    @Test
    void findsARowByItsUid() {
        load(0);

        assertThat(table.getRowData("95")).isNotNull();
        assertThat(table.getRowData("1")).isNull();
        assertThat(table.getRowData("x")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/3/7/html", "/3/7/source", "/3/7/part/1", "/3/7/part/1.2.3"})
    void readsWhichOctetsAreAskedFor(String path) {
        assertThat(ContentPath.parse(path)).isPresent().hasValueSatisfying(found -> {
            assertThat(found.folder()).isEqualTo(3);
            assertThat(found.uid()).isEqualTo(7);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/3/7",
                "/3/7/",
                "/3/7/part/",
                "/3/7/part/../1",
                "/3/-7/html",
                "/3/7/html/",
                "/3/7/part/1..2",
                "/3/99999999999/html"
            })
    void asksForNothingElse(String path) {
        assertThat(ContentPath.parse(path)).isEmpty();
    }

    private List<Long> load(int first) {
        return table.load(first, 25, Map.of(), Map.of()).stream()
                .map(MessageLine::uid)
                .toList();
    }

    private static final class Folder implements MessagePages {
        private final ArrayList<Long> uids = new ArrayList<>();
        private int stepped;

        Folder(long from, long to) {
            LongStream.rangeClosed(from, to).forEach(this::add);
        }

        void add(long uid) {
            uids.addFirst(uid);
        }

        @Override
        public int count() {
            return uids.size();
        }

        @Override
        public List<MessageLine> lines(long beforeUid, int limit) {
            return uids.stream()
                    .filter(uid -> uid < beforeUid)
                    .limit(limit)
                    .map(uid -> new MessageLine(uid, "", "", "", Instant.EPOCH, false, false, false, false, false))
                    .toList();
        }

        @Override
        public long[] uids(long beforeUid, int limit) {
            stepped++;
            return lines(beforeUid, limit).stream().mapToLong(MessageLine::uid).toArray();
        }
    }
}
