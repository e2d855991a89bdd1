// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.dns.DnsSettings;

class NetworkSettingsTest {
    @Test
    void asksTheSystemsServersAndProvesAnswersWhenNothingElseIsSet() {
        NetworkSettings settings = new NetworkSettings(name -> null);

        assertThat(settings.dns().servers()).isNotEmpty();
        assertThat(settings.dns().proof()).isEqualTo(DnsSettings.Proof.IN_PROCESS);
        assertThat(settings.dns().trustAnchors()).isEqualTo(DnsSettings.ROOT_ANCHORS);
        assertThat(settings.dns().timeLimit()).isEqualTo(DnsSettings.DEFAULT_TIME_LIMIT);
        assertThat(settings.ownAddresses()).isEmpty();
        assertThat(settings.remoteSmtpPort()).isEqualTo(25);
    }

    @Test
    void readsWhatTheOperatorSet(@TempDir Path folder) throws IOException {
        Path anchors = Files.writeString(folder.resolve("anchors"), ". IN DS 1 13 2 00\n");
        NetworkSettings settings = new NetworkSettings(Map.of(
                "wildpost.dns.servers", "127.0.0.1:5353, [::1]:54",
                "wildpost.dns.timeout.seconds", "3",
                "wildpost.dns.trust.anchors", anchors.toString(),
                "wildpost.own.addresses", "192.0.2.1, 2001:db8::1",
                "wildpost.remote.smtp.port", "2525")::get);

        assertThat(settings.dns().servers())
                .extracting(InetSocketAddress::getPort)
                .containsExactly(5353, 54);
        assertThat(settings.dns().timeLimit()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.dns().trustAnchors()).isEqualTo(". IN DS 1 13 2 00\n");
        assertThat(settings.ownAddresses())
                .containsExactlyInAnyOrder(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
        assertThat(settings.remoteSmtpPort()).isEqualTo(2525);
        assertThat(new NetworkSettings(Map.of("wildpost.dns.validate", "off")::get)
                        .dns()
                        .proof())
                .isEqualTo(DnsSettings.Proof.NONE);
    }

    /** Anybody on the way could set the bit. */
    @Test
    void trustsTheBitOfAServerOnLoopbackAlone() {
        assertThat(new NetworkSettings(
                                Map.of("wildpost.dns.servers", "127.0.0.53", "wildpost.dns.trust.ad", "true")::get)
                        .dns()
                        .proof())
                .isEqualTo(DnsSettings.Proof.AD_BIT);
        assertThatThrownBy(() -> new NetworkSettings(
                        Map.of("wildpost.dns.servers", "192.0.2.53", "wildpost.dns.trust.ad", "true")::get))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("loopback");
    }

    @ParameterizedTest
    @CsvSource({
        "wildpost.dns.servers, dns.example.org",
        "wildpost.dns.timeout.seconds, 0",
        "wildpost.dns.trust.ad, perhaps",
        "wildpost.dns.validate, perhaps",
        "wildpost.dns.trust.anchors, /nowhere",
        "wildpost.own.addresses, here",
        "wildpost.remote.smtp.port, 70000"
    })
    void stopsAtWhatItDoesNotUnderstand(String name, String value) {
        assertThatThrownBy(() -> new NetworkSettings(Map.of(name, value)::get))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(name + " is '" + value + "'");
    }
}
