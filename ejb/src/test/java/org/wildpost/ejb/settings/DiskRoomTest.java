// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class DiskRoomTest {
    @ParameterizedTest
    @CsvSource({"1000, 0, true", "999, 0, false", "1300, 100, true", "1299, 100, false", "0, 0, false"})
    void keepsTheReserveFree(long free, long octets, boolean enough) {
        assertThat(new DiskRoom(1_000, () -> free).has(octets)).isEqualTo(enough);
    }

    @Test
    void looksAtTheDiskOfTheDataFolder(@TempDir Path folder) {
        assertThat(of(folder, "1").has(0)).isTrue();
        assertThat(of(folder, "100000000").has(0)).as("a reserve of 100 TB").isFalse();
    }

    @Test
    void letsPassWhatItCannotKnow(@TempDir Path folder) {
        assertThat(of(folder.resolve("gone"), "100000000").has(1)).isTrue();
    }

    @Test
    void warnsOnceAMinute() {
        DiskRoom full = new DiskRoom(1_000, () -> 0);
        Instant noon = Instant.parse("2026-11-25T12:00:00Z");
        full.clock = InstantSource.fixed(noon);
        assertThat(full.isTimeToWarn()).isTrue();
        full.clock = InstantSource.fixed(noon.plus(DiskRoom.BETWEEN_WARNINGS).minusMillis(1));
        assertThat(full.isTimeToWarn()).isFalse();
        full.clock = InstantSource.fixed(noon.plus(DiskRoom.BETWEEN_WARNINGS));
        assertThat(full.isTimeToWarn()).isTrue();
    }

    private static DiskRoom of(Path folder, String reserve) {
        DiskRoom room = new DiskRoom();
        room.settings = new ServerSettings(
                Map.of("wildpost.data", folder.toString(), "wildpost.disk.reserve.mb", reserve)::get);
        room.look();
        return room;
    }
}
