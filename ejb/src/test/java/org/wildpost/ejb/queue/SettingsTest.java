// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators can set, and the small parts that follow it. */
class SettingsTest {
    @Test
    void hasDefaults() {
        QueueSettings settings = new QueueSettings(name -> null);

        assertThat(settings.inFlight()).isEqualTo(500);
        assertThat(settings.perDestination()).isEqualTo(20);
        assertThat(settings.doubtful()).isEqualTo(250);
        assertThat(settings.memory()).isEqualTo(32L * 1024 * 1024);
        assertThat(settings.retries()).startsWith(Duration.ofMinutes(5)).endsWith(Duration.ofHours(4));
        assertThat(settings.lifetime()).isEqualTo(Duration.ofDays(5));
        assertThat(settings.delayNotice()).isEqualTo(Duration.ofHours(4));
        assertThat(settings.recordsKept()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.returnLimit()).isEqualTo(100 * 1024);
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.nodeName()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "wildpost.queue.in.flight;0",
                "wildpost.queue.in.flight;many",
                "wildpost.queue.per.destination;-1",
                "wildpost.queue.doubtful.percent;101",
                "wildpost.queue.retries;5",
                "wildpost.queue.retries;5m,,10m",
                "wildpost.queue.lifetime;5w",
                "wildpost.queue.record.days;99999",
            })
    void saysWhichSettingIsWrong(String name, String value) {
        assertThatThrownBy(() -> new QueueSettings(Map.of(name, value)::get))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name);
    }

    @Test
    void readsDurations() {
        assertThat(Durations.parseList("30s, 5m,4h,5d"))
                .containsExactly(
                        Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(5));
    }

    @Test
    void spreadsRetriesByChance() {
        Retries retries = new Retries(List.of(Duration.ofMinutes(100)), RandomGenerator.of("L64X128MixRandom"));
        List<Long> minutes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            minutes.add(Duration.between(Instant.EPOCH, retries.next(Instant.EPOCH, 1))
                    .toMinutes());
        }
        assertThat(minutes).allSatisfy(wait -> assertThat(wait).isBetween(90L, 110L));
        assertThat(minutes.stream().distinct().count()).isGreaterThan(15);
    }

    @Test
    void takesAccountsInTurnAndWhatIsUrgentFirst() {
        FairQueue<String> queue = new FairQueue<>();
        queue.add(0, 1, "a1");
        queue.add(0, 1, "a2");
        queue.add(0, 1, "a3");
        queue.add(0, 2, "b1");
        queue.add(5, 3, "slow");
        queue.add(-3, 1, "urgent");
        assertThat(queue.size()).isEqualTo(6);
        assertThat(queue.size(1)).isEqualTo(4);
        assertThat(queue.remove("a2"::equals)).containsExactly("a2");
        assertThat(queue.clear()).containsExactly("urgent", "a1", "b1", "a3", "slow");
        assertThat(queue.size()).isZero();
        assertThat(queue.poll()).isNull();
    }
}
