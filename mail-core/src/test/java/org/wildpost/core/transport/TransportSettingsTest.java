// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransportSettingsTest {
    @ParameterizedTest
    @CsvSource({"GREETING, 5", "MAIL, 5", "RECIPIENT, 5", "DATA, 2", "CONTENT, 3", "END_OF_DATA, 10"})
    void waitsAsLongAsRfc5321Asks(Stage stage, int minutes) {
        assertThat(TransportSettings.DEFAULTS.patience(stage)).isEqualTo(Duration.ofMinutes(minutes));
    }

    @ParameterizedTest
    @EnumSource
    void hasTimeForEachStageInAShipment(Stage stage) {
        assertThat(stage.patience()).isPositive().isLessThan(TransportSettings.DEFAULTS.shipment());
    }

    @Test
    void takesRepliesLongerThanTheRfcAllows() {
        assertThat(TransportSettings.DEFAULTS.replyLine()).isGreaterThan(512);
        assertThat(TransportSettings.DEFAULTS.replyOctets()).isGreaterThan(TransportSettings.DEFAULTS.replyLine());
    }

    @Test
    void changesOneTimeAndLeavesTheOthers() {
        TransportSettings changed = TransportSettings.DEFAULTS
                .withPatience(Stage.MAIL, Duration.ofSeconds(1))
                .withShipment(Duration.ofMinutes(1));

        assertThat(changed.patience(Stage.MAIL)).isEqualTo(Duration.ofSeconds(1));
        assertThat(changed.patience(Stage.DATA)).isEqualTo(Stage.DATA.patience());
        assertThat(changed.shipment()).isEqualTo(Duration.ofMinutes(1));
    }
}
