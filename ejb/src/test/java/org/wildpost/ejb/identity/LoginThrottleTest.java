// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wildpost.ejb.TestClock;

class LoginThrottleTest {
    private final TestClock clock = new TestClock();
    private final LoginThrottle throttle = new LoginThrottle(clock);

    @Test
    void waitsGrowWithFailuresOfOneOriginUpToALimit() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            waits.add(throttle.delay(place("192.0.2.1", "user" + i)).toSeconds());
            throttle.failed(place("192.0.2.1", "user" + i));
        }

        assertThat(waits).containsExactly(0L, 0L, 0L, 1L, 2L, 4L, 8L, 10L, 10L);
        assertThat(throttle.delay(place("192.0.2.2", "alice"))).isZero();
    }

    @Test
    void anAccountUnderAttackFromManyPlacesIsSlowAtNewPlaces() {
        for (int i = 1; i <= 100; i++) {
            throttle.failed(place("198.51.100." + i, "alice"));
        }

        assertThat(throttle.delay(place("192.0.2.1", "alice"))).isEqualTo(LoginThrottle.MOST_BY_ACCOUNT);
        assertThat(throttle.delay(place("192.0.2.1", "bob"))).isZero();
    }

    @Test
    void theOwnerAtAKnownPlaceNeverWaitsForWhatStrangersDo() {
        throttle.succeeded(place("192.0.2.1", "alice"));
        for (int i = 0; i < 1000; i++) {
            throttle.failed(place("198.51.100." + (i % 250), "alice"));
            throttle.failed(place("192.0.2.1", "bob"));
        }

        assertThat(throttle.delay(place("192.0.2.1", "alice"))).isZero();
    }

    @Test
    void aGuesserAtAKnownPlaceIsSlowedInTheEnd() {
        throttle.succeeded(place("192.0.2.1", "alice"));
        for (int i = 0; i < LoginThrottle.TRUST_ENDS; i++) {
            assertThat(throttle.delay(place("192.0.2.1", "alice"))).isZero();
            throttle.failed(place("192.0.2.1", "alice"));
        }

        assertThat(throttle.delay(place("192.0.2.1", "alice"))).isEqualTo(LoginThrottle.MOST_BY_ORIGIN);
    }

    @Test
    void aLoginOfTheirOwnDoesNotHelpGuessers() {
        for (int i = 0; i < 10; i++) {
            throttle.failed(place("192.0.2.1", "alice"));
            throttle.succeeded(place("192.0.2.1", "mallory"));
        }

        assertThat(throttle.delay(place("192.0.2.1", "bob"))).isEqualTo(LoginThrottle.MOST_BY_ORIGIN);
    }

    @Test
    void failuresAreForgottenAndSoAreKnownPlaces() {
        throttle.succeeded(place("192.0.2.1", "alice"));
        for (int i = 0; i < 10; i++) {
            throttle.failed(place("192.0.2.2", "bob"));
        }
        clock.forward(LoginThrottle.FORGOTTEN);
        assertThat(throttle.delay(place("192.0.2.2", "bob"))).isZero();

        clock.forward(LoginThrottle.KNOWN);
        for (int i = 0; i < 10; i++) {
            throttle.failed(place("192.0.2.1", "bob"));
        }
        assertThat(throttle.delay(place("192.0.2.1", "alice"))).isPositive();
    }

    @Test
    void addressesOfOneNetworkOfVersionSixCountAsOneOrigin() throws UnknownHostException {
        assertThat(origin("2001:db8::1")).isEqualTo(origin("2001:db8::ffff:1"));
        assertThat(origin("2001:db8::1")).isNotEqualTo(origin("2001:db8:0:1::1"));
        assertThat(origin("192.0.2.1")).isNotEqualTo(origin("192.0.2.2"));
    }

    @Test
    void forgetsTheOldestWhenFull() {
        Recent<Integer, String> recent = new Recent<>(2);
        recent.put(1, "a");
        recent.put(2, "b");
        recent.get(1);
        recent.put(3, "c");

        assertThat(recent.get(2)).isNull();
        assertThat(recent.get(1)).isEqualTo("a");
        assertThat(recent.size()).isEqualTo(2);
    }

    private static LoginThrottle.Place place(String address, String account) {
        try {
            return new LoginThrottle.Place(origin(address), account);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Origin origin(String address) throws UnknownHostException {
        return Origin.of(InetAddress.getByName(address));
    }

    @Test
    void failuresAnswerLateEvenBeforeTheyWaitThemselves() {
        LoginThrottle.Place place = place("192.0.2.1", "alice");

        assertThat(throttle.failed(place)).isZero();
        assertThat(throttle.failed(place)).isZero();
        assertThat(throttle.failed(place)).isEqualTo(Duration.ofSeconds(1));
    }
}
