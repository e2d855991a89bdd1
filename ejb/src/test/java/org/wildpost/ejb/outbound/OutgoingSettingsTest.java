// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.transport.Stage;
import org.wildpost.core.transport.TransportSettings;

/** What operators can set about talks with other servers. */
class OutgoingSettingsTest {
    @Test
    void hasDefaults() {
        OutgoingSettings settings = new OutgoingSettings(name -> name.endsWith("messages") ? " " : null);

        assertThat(settings.limits()).isEqualTo(CourierLimits.DEFAULTS);
        assertThat(settings.transport()).isEqualTo(TransportSettings.DEFAULTS);
    }

    @Test
    void readsWhatIsSet() {
        OutgoingSettings settings = new OutgoingSettings(Map.ofEntries(
                Map.entry("wildpost.outgoing.connections", "3"),
                Map.entry("wildpost.outgoing.room.seconds", "4"),
                Map.entry("wildpost.outgoing.idle.seconds", "5"),
                Map.entry("wildpost.outgoing.messages", "6"),
                Map.entry("wildpost.outgoing.addresses", "7"),
                Map.entry("wildpost.outgoing.recipients", "8"),
                Map.entry("wildpost.outgoing.connect.seconds", "9"),
                Map.entry("wildpost.outgoing.command.seconds", "10"),
                Map.entry("wildpost.outgoing.data.seconds", " 11 "),
                Map.entry("wildpost.outgoing.end.seconds", "12"),
                Map.entry("wildpost.outgoing.shipment.seconds", "13"))::get);

        assertThat(settings.limits())
                .isEqualTo(new CourierLimits(3, Duration.ofSeconds(4), Duration.ofSeconds(5), 6, 7, 8));
        TransportSettings transport = settings.transport();
        assertThat(transport.shipment()).isEqualTo(Duration.ofSeconds(13));
        for (Stage stage : Stage.values()) {
            assertThat(transport.patience(stage))
                    .as(stage.name())
                    .isEqualTo(
                            switch (stage) {
                                case CONNECT -> Duration.ofSeconds(9);
                                case GREETING, HELLO, START_TLS, LOGIN, RESET, MAIL, RECIPIENT ->
                                    Duration.ofSeconds(10);
                                case DATA, CONTENT -> Duration.ofSeconds(11);
                                case END_OF_DATA -> Duration.ofSeconds(12);
                                case HANDSHAKE, QUIT -> stage.patience();
                            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "wildpost.outgoing.connections, 0, 10000",
        "wildpost.outgoing.connections, 10001, 10000",
        "wildpost.outgoing.room.seconds, 3601, 3600",
        "wildpost.outgoing.idle.seconds, 10s, 3600",
        "wildpost.outgoing.messages, -1, 10000",
        "wildpost.outgoing.addresses, 101, 100",
        "wildpost.outgoing.recipients, many, 10000",
        "wildpost.outgoing.connect.seconds, 1.5, 3600",
        "wildpost.outgoing.command.seconds, 99999999999, 3600",
        "wildpost.outgoing.data.seconds, 0, 3600",
        "wildpost.outgoing.end.seconds, 3601, 3600",
        "wildpost.outgoing.shipment.seconds, 86401, 86400"
    })
    void saysWhichSettingIsWrongAndWhatItMayBe(String name, String value, String most) {
        assertThatThrownBy(() -> new OutgoingSettings(Map.of(name, value)::get))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(name + " is '" + value + "'; it must be a number from 1 to " + most);
    }

    @Test
    void wantsTimeForEachStageInAShipment() {
        assertThatThrownBy(() -> new OutgoingSettings(Map.of("wildpost.outgoing.shipment.seconds", "599")::get))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("wildpost.outgoing.shipment.seconds is 599 s; it must be no less than "
                        + "wildpost.outgoing.end.seconds, which is 600 s");
        assertThatThrownBy(() -> new OutgoingSettings(Map.of("wildpost.outgoing.command.seconds", "3600")::get))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("wildpost.outgoing.command.seconds, which is 3600 s");
        assertThat(new OutgoingSettings(Map.of("wildpost.outgoing.shipment.seconds", "600")::get)
                        .transport()
                        .shipment())
                .isEqualTo(Duration.ofMinutes(10));
    }
}
