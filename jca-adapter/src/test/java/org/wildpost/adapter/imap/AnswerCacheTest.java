// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.MailboxId;

class AnswerCacheTest {
    private static final MailboxId MAILBOX = new MailboxId(7);

    private static AnswerCache.Key key(long number) {
        return new AnswerCache.Key(MAILBOX, "SIZE", Set.of(), number);
    }

    private static AnswerCache.Block block(long uid, int octets) {
        return new AnswerCache.Block(new long[] {uid}, new int[] {octets}, new byte[octets]);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String written(KnownAnswers answers, long uid) throws Exception {
        ScriptedConnection connection = new ScriptedConnection(true);
        answers.write(uid, new ImapWriter(connection));
        return connection.output();
    }

    @Test
    void neverHoldsMoreThanItsCapacity() {
        AnswerCache cache = new AnswerCache(20_000, new SplittableRandom(3));
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            AnswerCache.Key key = key(random.nextInt(60));
            AnswerCache.Block block = block(1, random.nextInt(3_000));
            cache.keep(key, block);
            assertThat(cache.octets()).isLessThanOrEqualTo(20_000);
            assertThat(cache.find(key)).contains(block);
        }
        long found = LongStream.range(0, 60)
                .filter(number -> cache.find(key(number)).isPresent())
                .count();
        assertThat(found).isBetween(6L, 59L);
    }

    @Test
    void keepsNoBlockThatIsGreaterThanAllOfIt() {
        AnswerCache cache = new AnswerCache(1_000, new SplittableRandom(3));
        cache.keep(key(1), block(1, 100));
        cache.keep(key(2), block(1, 1_000));
        assertThat(cache.find(key(1))).isPresent();
        assertThat(cache.find(key(2))).isEmpty();
    }

    @Test
    void countsABlockThatReplacesAnotherOnce() {
        AnswerCache cache = new AnswerCache(10_000, new SplittableRandom(3));
        cache.keep(key(1), block(1, 100));
        long one = cache.octets();
        cache.keep(key(1), block(1, 100));
        assertThat(cache.octets()).isEqualTo(one);
    }

    @Test
    void addsWhatIsLearntLaterToItsNeighbours() throws Exception {
        AnswerCache cache = new AnswerCache(100_000, new SplittableRandom(3));
        KnownAnswers first = new KnownAnswers(cache, MAILBOX, "SIZE", Set.of());
        for (long uid : new long[] {1, 5, 9, 511, 512, 2_000}) {
            first.learn(uid, octets("uid" + uid));
        }
        first.keep();
        KnownAnswers second = new KnownAnswers(cache, MAILBOX, "SIZE", Set.of());
        for (long uid : new long[] {2, 5, 10}) {
            second.learn(uid, octets("later" + uid));
        }
        second.keep();

        KnownAnswers all = new KnownAnswers(cache, MAILBOX, "SIZE", Set.of());
        assertThat(LongStream.rangeClosed(0, 3_000).filter(all::has).toArray())
                .containsExactly(1, 2, 5, 9, 10, 511, 512, 2_000);
        for (long uid : new long[] {1, 9, 511, 512, 2_000}) {
            assertThat(written(all, uid)).isEqualTo("uid" + uid);
        }
        assertThat(written(all, 5)).isEqualTo("later5");
        assertThat(written(all, 10)).isEqualTo("later10");
    }

    @Test
    void keepsOtherItemsMailboxesAndModesApart() {
        AnswerCache cache = new AnswerCache(100_000, new SplittableRandom(3));
        KnownAnswers known = new KnownAnswers(cache, MAILBOX, "SIZE", Set.of());
        known.learn(1, octets("x"));
        known.keep();
        assertThat(known.has(1)).isTrue();
        assertThat(new KnownAnswers(cache, MAILBOX, "BODY", Set.of()).has(1)).isFalse();
        assertThat(new KnownAnswers(cache, new MailboxId(8), "SIZE", Set.of()).has(1))
                .isFalse();
        assertThat(new KnownAnswers(cache, MAILBOX, "SIZE", Set.of(Extension.UTF8_ACCEPT)).has(1))
                .isFalse();
    }

    @Test
    void makesGreatAnswersAnewEachTime() {
        AnswerCache cache = new AnswerCache(100_000, new SplittableRandom(3));
        KnownAnswers known = new KnownAnswers(cache, MAILBOX, "ENVELOPE", Set.of());
        known.learn(1, new byte[AnswerCache.LONGEST]);
        known.learn(2, new byte[AnswerCache.LONGEST + 1]);
        known.keep();
        assertThat(known.has(1)).isTrue();
        assertThat(known.has(2)).isFalse();
    }
}
