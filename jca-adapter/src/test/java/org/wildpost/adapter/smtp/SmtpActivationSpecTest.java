// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SmtpActivationSpecTest {
    @Test
    void hasItsPropertiesAsABean() throws IntrospectionException {
        assertThat(Stream.of(Introspector.getBeanInfo(SmtpActivationSpec.class).getPropertyDescriptors())
                        .filter(property -> property.getReadMethod() != null && property.getWriteMethod() != null)
                        .map(property -> property.getName()))
                .contains(
                        "bind",
                        "mxPort",
                        "submissionPort",
                        "submissionsPort",
                        "portOffset",
                        "hostname",
                        "dataFolder",
                        "allowPlaintextLogin",
                        "maxConnections",
                        "maxConnectionsPerAddress",
                        "messageSizeLimit",
                        "totalSeconds",
                        "recipients",
                        "errors",
                        "loginFailures",
                        "commandSeconds",
                        "dataSeconds");
    }

    @Test
    void givesSessionsWhatWasConfigured() throws InvalidPropertyException {
        SmtpActivationSpec spec = new SmtpActivationSpec();
        spec.validate();
        assertThat(spec.limits()).isEqualTo(SmtpSettings.Limits.DEFAULTS);
        spec.setMessageSizeLimit(1);
        spec.setRecipients(102);
        spec.setErrors(3);
        spec.setLoginFailures(4);
        spec.setCommandSeconds(5);
        spec.setDataSeconds(6);
        spec.validate();
        assertThat(spec.limits())
                .isEqualTo(new SmtpSettings.Limits(1, 102, 3, 4, Duration.ofSeconds(5), Duration.ofSeconds(6)));
    }

    @Test
    void namesTheLimitThatIsWrong() {
        refuses(spec -> spec.setRecipients(99), "recipients (RFC 5321");
        refuses(spec -> spec.setErrors(0), "errors");
        refuses(spec -> spec.setLoginFailures(0), "loginFailures");
        refuses(spec -> spec.setCommandSeconds(0), "commandSeconds");
        refuses(spec -> spec.setDataSeconds(-1), "dataSeconds");
        refuses(spec -> spec.setTotalSeconds(0), "totalSeconds");
    }

    private static void refuses(Consumer<SmtpActivationSpec> change, String property) {
        SmtpActivationSpec spec = new SmtpActivationSpec();
        change.accept(spec);
        assertThatThrownBy(spec::validate)
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining(property);
    }
}
