// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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
    void warnsOnceAMinuteHoweverOftenItRefuses() {
        DiskRoom full = new DiskRoom(1_000, () -> 0);
        Warnings warnings = new Warnings();
        Logger logger = Logger.getLogger(DiskRoom.class.getName());
        logger.addHandler(warnings);
        try {
            for (String time : List.of("12:00:00", "12:00:00", "12:00:59.999", "12:01:00", "12:01:59", "12:02:00")) {
                full.clock = InstantSource.fixed(Instant.parse("2026-11-25T" + time + "Z"));
                warnings.time = time;
                assertThat(full.has(0)).isFalse();
            }
        } finally {
            logger.removeHandler(warnings);
        }
        assertThat(warnings.heard).containsExactly("12:00:00", "12:01:00", "12:02:00");
    }

    @Test
    void warnsOfNothingWhileThereIsRoom() {
        Warnings warnings = new Warnings();
        Logger logger = Logger.getLogger(DiskRoom.class.getName());
        logger.addHandler(warnings);
        try {
            assertThat(new DiskRoom(1_000, () -> 1_000).has(0)).isTrue();
        } finally {
            logger.removeHandler(warnings);
        }
        assertThat(warnings.heard).isEmpty();
    }

    /** When something was written to the log. */
    private static final class Warnings extends Handler {
        private final List<String> heard = new ArrayList<>();
        private String time = "";

        @Override
        public void publish(LogRecord record) {
            heard.add(time);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static DiskRoom of(Path folder, String reserve) {
        DiskRoom room = new DiskRoom();
        room.settings = new ServerSettings(
                Map.of("wildpost.data", folder.toString(), "wildpost.disk.reserve.mb", reserve)::get);
        room.look();
        return room;
    }
}
