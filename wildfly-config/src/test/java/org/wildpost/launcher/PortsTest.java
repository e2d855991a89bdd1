// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void movesEveryPortByTheOffset() {
        assertThat(Ports.SMTP.at(10_000)).isEqualTo(10_025);
        assertThat(Ports.HTTPS.at(10_000)).isEqualTo(18_443);
        assertThat(Ports.MANAGEMENT.at(Variable.Range.MAX_OFFSET)).isLessThan(65_536);
    }

    @Test
    void namesThePortThatIsTaken() throws IOException, StartFailure {
        int offset = freeOffset();
        Settings settings = settings(offset);
        Ports.check(settings);
        try (ServerSocket other = new ServerSocket(Ports.IMAPS.at(offset), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.check(settings))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(other.getLocalPort() + " (IMAP (TLS))")
                    .hasMessageContaining("WILDPOST_PORT_OFFSET");
        }
        Ports.check(settings);
    }

    @Test
    void namesThePortOfLmtpWhereItIsWanted() throws IOException, StartFailure {
        int offset = freeOffset();
        try (ServerSocket other = new ServerSocket(24 + offset, 1, InetAddress.getByName("127.0.0.2"))) {
            Map<String, String> environment = Map.of(
                    "WILDPOST_PORT_OFFSET", String.valueOf(offset),
                    "WILDPOST_LMTP_PORT", "24",
                    "WILDPOST_LMTP_BIND", "127.0.0.2");
            Settings settings = Settings.of(environment, true);
            assertThatThrownBy(() -> Ports.check(settings))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(other.getLocalPort() + " (LMTP, ");
        }
        Ports.check(settings(offset));
    }

    private static Settings settings(int offset) throws StartFailure {
        return Settings.of(Map.of("WILDPOST_PORT_OFFSET", String.valueOf(offset)), true);
    }

    private static boolean isFree(int offset) {
        try {
            Ports.check(settings(offset));
            return true;
        } catch (StartFailure taken) {
            return false;
        }
    }

    private static int freeOffset() {
        for (int offset = 31_000; offset < 50_000; offset += 137) {
            if (isFree(offset)) {
                return offset;
            }
        }
        throw new IllegalStateException("no range of ports is free");
    }
}
