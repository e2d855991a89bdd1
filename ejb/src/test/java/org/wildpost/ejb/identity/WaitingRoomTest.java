// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.wildpost.core.listener.MailProtocol;

class WaitingRoomTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void nobodyWaitsWithoutAReason() {
        WaitingRoom room = new WaitingRoom(duration -> {
            throw new AssertionError("waited " + duration);
        });

        assertThat(room.await(new Origin("a"), MailProtocol.IMAP, Duration.ZERO))
                .isTrue();
    }

    @Test
    void fewOfOneOriginWaitAtATime() throws Exception {
        assertThat(admitted(MailProtocol.IMAP, WaitingRoom.OF_ONE_ORIGIN + 5, false))
                .isEqualTo(WaitingRoom.OF_ONE_ORIGIN);
        assertThat(admitted(MailProtocol.IMAP, WaitingRoom.OF_ONE_ORIGIN + 5, true))
                .isEqualTo(WaitingRoom.OF_ONE_ORIGIN + 5);
    }

    @Test
    void oneOriginAloneDoesNotTakeAllThreadsOfTheWebServer() throws Exception {
        assertThat(admitted(MailProtocol.WEB, WaitingRoom.OVER_HTTP, false))
                .isEqualTo(WaitingRoom.OF_ONE_ORIGIN_OVER_HTTP)
                .isLessThan(WaitingRoom.OVER_HTTP);
    }

    @Test
    void fewThreadsOfTheWebServerWait() throws Exception {
        assertThat(admitted(MailProtocol.WEB, WaitingRoom.OVER_HTTP + 5, true)).isEqualTo(WaitingRoom.OVER_HTTP);
        assertThat(admitted(MailProtocol.REST, WaitingRoom.OVER_HTTP + 5, true)).isEqualTo(WaitingRoom.OVER_HTTP);
    }

    @Test
    void whoIsAskedToStopIsNotLookedAt() {
        WaitingRoom room = new WaitingRoom(duration -> {
            throw new InterruptedException();
        });

        assertThat(room.await(new Origin("a"), MailProtocol.IMAP, SECOND)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    /** How many of so many at a time are let in to wait; the door opens when all have come. */
    private static int admitted(MailProtocol protocol, int comers, boolean ofManyOrigins) throws Exception {
        CountDownLatch door = new CountDownLatch(1);
        WaitingRoom room = new WaitingRoom(duration -> door.await());
        CountDownLatch settled = new CountDownLatch(comers - limit(protocol, comers, ofManyOrigins));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < comers; i++) {
                Origin origin = new Origin(ofManyOrigins ? "o" + i : "o");
                answers.add(threads.submit(() -> {
                    boolean waited = room.await(origin, protocol, SECOND);
                    settled.countDown();
                    return waited;
                }));
            }
            boolean allSettled = settled.await(20, TimeUnit.SECONDS);
            door.countDown();
            assertThat(allSettled).as("the others are sent away at once").isTrue();
            int admitted = 0;
            for (Future<Boolean> answer : answers) {
                admitted += answer.get() ? 1 : 0;
            }
            assertThat(room.await(new Origin("o"), protocol, SECOND)).isTrue();
            return admitted;
        }
    }

    /** How many are expected to stand waiting when the others have been sent away. */
    private static int limit(MailProtocol protocol, int comers, boolean ofManyOrigins) {
        boolean http = protocol != MailProtocol.IMAP;
        int ofOneOrigin = http ? WaitingRoom.OF_ONE_ORIGIN_OVER_HTTP : WaitingRoom.OF_ONE_ORIGIN;
        int byOrigin = ofManyOrigins ? comers : ofOneOrigin;
        int bySeats = http ? WaitingRoom.OVER_HTTP : comers;
        return Math.min(byOrigin, bySeats);
    }
}
