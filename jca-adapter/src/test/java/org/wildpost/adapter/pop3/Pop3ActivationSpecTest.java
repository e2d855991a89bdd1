// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Pop3ActivationSpecTest {
    @Test
    void isValidAsItComesAndAllowsNoLoginInTheClear() {
        Pop3ActivationSpec spec = new Pop3ActivationSpec();

        assertThatCode(spec::validate).doesNotThrowAnyException();
        assertThat(spec.settings())
                .isEqualTo(new Pop3Settings("localhost", false, Duration.ofMinutes(10), Duration.ofMinutes(2), 20));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("plainPort", spec -> spec.setPlainPort(-1)),
                mistake("tlsPort", spec -> spec.setPortOffset(65_000)),
                mistake("plainPort or tlsPort", spec -> {
                    spec.setPlainPort(0);
                    spec.setTlsPort(0);
                }),
                mistake("hostname", spec -> spec.setHostname(" ")),
                mistake("bind", spec -> spec.setBind("")),
                mistake("maxConnections", spec -> spec.setMaxConnections(0)),
                mistake("maxConnectionsPerAddress", spec -> spec.setMaxConnectionsPerAddress(0)),
                mistake("maxErrors", spec -> spec.setMaxErrors(0)),
                mistake("totalSeconds", spec -> spec.setTotalSeconds(0)),
                mistake("loginSeconds", spec -> spec.setLoginSeconds(0)),
                mistake("idleSeconds", spec -> spec.setIdleSeconds(599)),
                mistake("idleSeconds", spec -> spec.setIdleSeconds(900)));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesWhatIsWrong(String property, Consumer<Pop3ActivationSpec> mistake) {
        Pop3ActivationSpec spec = new Pop3ActivationSpec();
        spec.setPlainPort(0);
        mistake.accept(spec);

        assertThatThrownBy(spec::validate)
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageEndingWith(" " + property);
    }

    private static Arguments mistake(String property, Consumer<Pop3ActivationSpec> mistake) {
        return Arguments.of(property, mistake);
    }
}
