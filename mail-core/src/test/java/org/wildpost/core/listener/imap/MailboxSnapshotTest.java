// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wildpost.core.listener.imap.Changes.Changed;
import org.wildpost.core.message.Flags;

class MailboxSnapshotTest {
    private static final long[] NOTHING = {};

    private static MailboxSnapshot messages(int count) {
        SnapshotBuilder builder = new SnapshotBuilder();
        for (int uid = 1; uid <= count; uid++) {
            builder.add(uid, 0, List.of(), 1);
        }
        return builder.build(count + 1L, 1);
    }

    private static Changes changes(long modSeq, List<Changed> changed, long... expunged) {
        return new Changes(true, true, modSeq, 0, changed, expunged);
    }

    private static void assertSame(MailboxSnapshot snapshot, Map<Long, Changed> truth) {
        assertThat(snapshot.uids())
                .containsExactly(truth.keySet().stream().mapToLong(uid -> uid).toArray());
        int index = 0;
        for (Changed message : truth.values()) {
            assertThat(snapshot.uid(index)).isEqualTo(message.uid());
            assertThat(snapshot.indexOf(message.uid())).isEqualTo(index);
            assertThat(snapshot.flags(index)).isEqualTo(message.flags());
            assertThat(snapshot.modSeq(index)).isEqualTo(message.modSeq());
            index++;
        }
    }

    private static Flags flags(Random random) {
        List<String> keywords = random.nextInt(5) > 0 ? List.of() : List.of("k" + random.nextInt(4), "work");
        return new Flags(random.nextInt(32), keywords);
    }

    /** What a client that follows the differences would have. */
    private static Map<Long, Changed> follow(MailboxSnapshot before, MailboxSnapshot after) {
        Map<Long, Changed> known = new TreeMap<>();
        for (int i = 0; i < before.size(); i++) {
            known.put(before.uid(i), new Changed(before.uid(i), before.flags(i), before.modSeq(i)));
        }
        SnapshotDifference news = after.since(before);
        Arrays.stream(news.gone()).forEach(i -> known.remove(before.uid(i)));
        for (int i : news.changed()) {
            known.replace(after.uid(i), new Changed(after.uid(i), after.flags(i), after.modSeq(i)));
        }
        for (int i = news.firstAdded(); i < after.size(); i++) {
            known.put(after.uid(i), new Changed(after.uid(i), after.flags(i), after.modSeq(i)));
        }
        return known;
    }

    @Test
    void followsARandomWalkOfChanges() {
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            TreeMap<Long, Changed> truth = new TreeMap<>();
            MailboxSnapshot now = new SnapshotBuilder().build(1, 1);
            MailboxSnapshot early = now;
            long next = 1;
            for (int step = 0; step < 40; step++) {
                long modSeq = now.highestModSeq() + 1;
                List<Changed> changed = new ArrayList<>();
                int touched = random.nextInt(4) == 0 ? 300 : 3;
                for (Long uid : List.copyOf(truth.keySet())) {
                    if (random.nextInt(Math.max(1, truth.size())) < touched) {
                        changed.add(new Changed(uid, flags(random), modSeq));
                    }
                }
                for (int n = random.nextInt(random.nextInt(5) == 0 ? 1_500 : 5); n > 0; n--) {
                    next += random.nextInt(3);
                    changed.add(new Changed(next++, flags(random), modSeq));
                }
                changed.forEach(message -> truth.put(message.uid(), message));
                int dying = random.nextInt(6) == 0 ? 2 : 50;
                long[] gone = truth.keySet().stream()
                        .filter(uid ->
                                changed.isEmpty() || uid < changed.getFirst().uid())
                        .filter(uid -> random.nextInt(dying) == 0)
                        .mapToLong(uid -> uid)
                        .toArray();
                Arrays.stream(gone).forEach(truth::remove);
                MailboxSnapshot before = now;
                now = before.with(new Changes(true, true, modSeq, next, changed, gone));
                assertThat(follow(before, now))
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(truth);
                if (random.nextInt(20) == 0) {
                    assertThat(follow(early, now)).isEqualTo(truth);
                    early = now;
                }
            }
            assertSame(now, truth);
            assertThat(now.uidNext()).isEqualTo(next);
        }
    }

    @Test
    void copiesOnlyTheBlocksThatChange() {
        MailboxSnapshot before = messages(10_000);

        MailboxSnapshot after = before.with(changes(2, List.of(new Changed(5_000, new Flags(1, List.of()), 2)), 9_999));

        long shared = Arrays.stream(after.blocks())
                .filter(block -> List.of(before.blocks()).contains(block))
                .count();
        assertThat(shared).isEqualTo(before.blocks().length - 2);
        assertThat(before.systemFlags(4_999)).isZero();
        assertThat(before.size()).isEqualTo(10_000);
    }

    @Test
    void packsWhatManyRemovalsLeave() {
        MailboxSnapshot now = messages(50_000);
        for (int round = 0; round < 10; round++) {
            long[] gone = Arrays.stream(now.uids())
                    .filter(uid -> uid % 3 != 0 || uid % 2 == 0)
                    .limit(5_000)
                    .toArray();
            now = now.with(changes(2 + round, List.of(), gone));
        }
        long[] all = now.uids();
        now = now.with(changes(99, List.of(), Arrays.copyOf(all, all.length - 10)));

        assertThat(now.size()).isEqualTo(10);
        assertThat(now.blocks().length).isLessThan(5);
    }

    @Test
    void holdsUidsUpToTheGreatest() {
        long greatest = 0xFFFF_FFFFL;
        MailboxSnapshot snapshot = new SnapshotBuilder()
                .add(0x7FFF_FFFFL, 0, List.of(), 1)
                .add(0x8000_0000L, 0, List.of(), 1)
                .add(greatest, 8, List.of("$Junk"), Long.MAX_VALUE)
                .build(greatest, Long.MAX_VALUE);

        assertThat(snapshot.uids()).containsExactly(0x7FFF_FFFFL, 0x8000_0000L, greatest);
        assertThat(snapshot.indexOf(greatest)).isEqualTo(2);
        assertThat(snapshot.firstNotBelow(0x8000_0001L)).isEqualTo(2);
        assertThat(snapshot.modSeq(2)).isEqualTo(Long.MAX_VALUE);
        assertThat(snapshot.firstWithout(8)).isZero();
        assertThat(snapshot.knownKeywords()).containsExactly("$Junk");
    }

    @Test
    void knowsNothingOfAnEmptyMailbox() {
        MailboxSnapshot empty = messages(0);

        assertThat(empty.size()).isZero();
        assertThat(empty.indexOf(1)).isEqualTo(-1);
        assertThat(empty.firstNotBelow(1)).isZero();
        assertThat(empty.firstWithout(1)).isEqualTo(-1);
        assertThat(empty.uids()).isEmpty();
        assertThat(messages(3).since(empty))
                .extracting(SnapshotDifference::firstAdded)
                .isEqualTo(0);
        assertThatThrownBy(() -> empty.uid(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** RFC 9051 §2.3.1.1: UIDs ascend; a client could not be told of such a message. */
    @Test
    void refusesAMessageThatComesInBetween() {
        MailboxSnapshot before = new SnapshotBuilder()
                .add(1, 0, List.of(), 1)
                .add(9, 0, List.of(), 1)
                .build(10, 1);
        MailboxSnapshot after = new SnapshotBuilder()
                .add(1, 0, List.of(), 1)
                .add(5, 0, List.of(), 1)
                .add(9, 0, List.of(), 1)
                .build(10, 2);

        assertThatThrownBy(() -> after.since(before)).isInstanceOf(IllegalArgumentException.class);
        assertThat(before.with(changes(2, List.of(new Changed(5, Flags.NONE, 2)), NOTHING))
                        .uids())
                .containsExactly(1, 9);
    }
}
