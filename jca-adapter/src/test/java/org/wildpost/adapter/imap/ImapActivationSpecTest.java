// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The defaults of RFC 9051 §11.1 and RFC 8314, and what is refused at activation. */
class ImapActivationSpecTest {
    private final ImapActivationSpec spec = new ImapActivationSpec();

    @Test
    void listensWhereImapListens() throws IOException {
        assertThat(spec.getPlainPort()).isEqualTo(143);
        assertThat(spec.getTlsPort()).isEqualTo(993);
        assertThat(spec.settings().limits()).isEqualTo(ImapLimits.DEFAULTS);
        assertThat(spec.settings().allowPlaintextLogin()).isFalse();
        assertThatCode(spec::validate).doesNotThrowAnyException();
    }

    @Test
    void spoolsBelowTheDataFolder(@TempDir Path folder) throws IOException {
        spec.setDataFolder(folder.toString());
        assertThat(spec.settings().spoolDirectory())
                .isEqualTo(folder.resolve("spool"))
                .isDirectory();
    }

    @Test
    void givesSessionsWhatWasConfigured() throws Exception {
        spec.setMessageSizeLimit(1);
        spec.setLineOctets(9_000);
        spec.setLiteralOctets(3);
        spec.setCommandOctets(10_000);
        spec.setBadCommands(4);
        spec.setLoginFailures(5);
        spec.setCommands(6);
        spec.setLoginSeconds(7);
        spec.setIdleSeconds(8);
        spec.setAppendOctets(9);
        spec.setSaveLimit(1_000);
        spec.setNotifyMailboxes(7);
        spec.validate();

        ImapLimits limits = spec.settings().limits();
        assertThat(limits)
                .isEqualTo(new ImapLimits(
                        9_000,
                        3,
                        10_000,
                        ImapLimits.DEFAULTS.arguments(),
                        ImapLimits.DEFAULTS.nesting(),
                        4,
                        5,
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        6,
                        1,
                        9,
                        1_000,
                        7,
                        ImapLimits.DEFAULTS.progress()));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("lineOctets", spec -> spec.setLineOctets(8_191)),
                mistake("literalOctets", spec -> spec.setLiteralOctets(0)),
                mistake("commandOctets", spec -> spec.setCommandOctets(ImapLimits.DEFAULTS.line() - 1)),
                mistake("badCommands", spec -> spec.setBadCommands(0)),
                mistake("loginFailures", spec -> spec.setLoginFailures(0)),
                mistake("commands", spec -> spec.setCommands(0)),
                mistake("appendOctets", spec -> spec.setAppendOctets(0)),
                mistake("saveLimit", spec -> spec.setSaveLimit(999)),
                mistake("notifyMailboxes", spec -> spec.setNotifyMailboxes(0)),
                mistake("loginSeconds", spec -> spec.setLoginSeconds(0)),
                mistake("idleSeconds", spec -> spec.setIdleSeconds(-1)),
                mistake("cacheMegabytes", spec -> spec.setCacheMegabytes(-1)),
                mistake("cacheMegabytes", spec -> spec.setCacheMegabytes(65_537)),
                mistake("totalSeconds", spec -> spec.setTotalSeconds(0)),
                mistake("maxConnections", spec -> spec.setMaxConnections(0)),
                mistake("maxConnectionsPerAddress", spec -> spec.setMaxConnectionsPerAddress(0)),
                mistake("messageSizeLimit", spec -> spec.setMessageSizeLimit(0)));
    }

    private static Arguments mistake(String property, Consumer<ImapActivationSpec> change) {
        return Arguments.of(property, change);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesTheLimitThatIsWrong(String property, Consumer<ImapActivationSpec> change) {
        change.accept(spec);
        assertThatThrownBy(spec::validate)
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining(" of " + property);
    }

    @Test
    void refusesWhatCannotBeServed() {
        spec.setPortOffset(65_000);
        assertThatThrownBy(spec::validate)
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("tlsPort");
        spec.setPortOffset(0);
        spec.setPlainPort(0);
        spec.setTlsPort(0);
        assertThatThrownBy(spec::validate).isInstanceOf(InvalidPropertyException.class);
    }
}
