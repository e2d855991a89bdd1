// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.net.Networks;

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
                        "dataSeconds",
                        "proxyNetworks",
                        "proxyHeaderSeconds",
                        "proxyHeaderOctets",
                        "xclientNetworks",
                        "lmtpPort",
                        "lmtpBind",
                        "lmtpNetworks",
                        "futureReleaseSeconds",
                        "futureReleaseLatest",
                        "deliverByLeastSeconds",
                        "mailsPerSession",
                        "recipientDomains",
                        "mxPriority");
    }

    @Test
    void givesSessionsWhatWasConfigured() throws InvalidPropertyException {
        SmtpActivationSpec spec = new SmtpActivationSpec();
        spec.validate();
        assertThat(spec.limits()).isEqualTo(SmtpSettings.Limits.DEFAULTS);
        spec.setMessageSizeLimit(1);
        spec.setLineOctets(513);
        spec.setRecipients(102);
        spec.setErrors(3);
        spec.setLoginFailures(4);
        spec.setCommandSeconds(5);
        spec.setDataSeconds(6);
        spec.validate();
        assertThat(spec.limits())
                .isEqualTo(new SmtpSettings.Limits(1, 513, 102, 3, 4, Duration.ofSeconds(5), Duration.ofSeconds(6)));
    }

    @Test
    void givesSessionsTheLimitsOfExtensions() throws InvalidPropertyException {
        SmtpActivationSpec spec = new SmtpActivationSpec();
        assertThat(spec.extensionLimits()).isEqualTo(ExtensionLimits.DEFAULTS);
        spec.setFutureReleaseSeconds(1);
        spec.setFutureReleaseLatest("2030-12-31T23:59:59Z");
        spec.setDeliverByLeastSeconds(2);
        spec.setMailsPerSession(3);
        spec.setRecipientDomains(4);
        spec.setMxPriority(-5);
        spec.validate();
        assertThat(spec.extensionLimits())
                .isEqualTo(new ExtensionLimits(
                        Duration.ofSeconds(1), Instant.parse("2030-12-31T23:59:59Z"), Duration.ofSeconds(2), 3, 4, -5));
    }

    @Test
    void trustsNobodyButThisMachineAndThatOnlyForLmtp() throws InvalidPropertyException, IOException {
        SmtpActivationSpec spec = new SmtpActivationSpec();
        assertThat(spec.getProxyNetworks()).isEmpty();
        assertThat(spec.getLmtpPort()).isZero();
        assertThat(spec.getLmtpBind()).isEqualTo("127.0.0.1");
        SmtpSettings.Trust trust = spec.settings(SmtpService.LMTP).trust();
        assertThat(trust.forwarders()).isEqualTo(Networks.NONE);
        assertThat(trust.neighbours()).isEqualTo(Networks.parse("127.0.0.0/8,::1"));
        spec.setXclientNetworks("10.0.0.0/8, 2001:db8::/32");
        spec.setLmtpNetworks("192.0.2.1");
        spec.validate();
        assertThat(spec.settings(SmtpService.MX).trust())
                .isEqualTo(new SmtpSettings.Trust(
                        Networks.parse("10.0.0.0/8,2001:db8::/32"), Networks.parse("192.0.2.1")));
    }

    @Test
    void namesTheLimitThatIsWrong() {
        refuses(spec -> spec.setRecipients(1_000_000), "recipients");
        refuses(spec -> spec.setFutureReleaseSeconds(0), "futureReleaseSeconds");
        refuses(spec -> spec.setFutureReleaseSeconds(1_000_000_000), "futureReleaseSeconds");
        refuses(spec -> spec.setFutureReleaseLatest("never"), "futureReleaseLatest");
        refuses(spec -> spec.setFutureReleaseLatest("+10000-01-01T00:00:00Z"), "futureReleaseLatest");
        refuses(spec -> spec.setDeliverByLeastSeconds(0), "deliverByLeastSeconds");
        refuses(spec -> spec.setDeliverByLeastSeconds(1_000_000_000), "deliverByLeastSeconds");
        refuses(spec -> spec.setMailsPerSession(0), "mailsPerSession");
        refuses(spec -> spec.setMailsPerSession(1_000_000), "mailsPerSession");
        refuses(spec -> spec.setRecipientDomains(-1), "recipientDomains");
        refuses(spec -> spec.setRecipientDomains(1_000_000), "recipientDomains");
        refuses(spec -> spec.setMxPriority(10), "mxPriority");
        refuses(spec -> spec.setMxPriority(-10), "mxPriority");
        refuses(spec -> spec.setXclientNetworks("10.0.0.0/99"), "xclientNetworks");
        refuses(spec -> spec.setLmtpNetworks("everywhere"), "lmtpNetworks: 'everywhere'");
        refuses(spec -> spec.setLmtpBind(" "), "lmtpBind");
        refuses(spec -> spec.setLmtpPort(25), "lmtpPort");
        refuses(spec -> spec.setLmtpPort(-1), "lmtpPort");
        refuses(spec -> spec.setProxyNetworks("10.0.0.1/8"), "proxyNetworks");
        refuses(spec -> spec.setProxyHeaderSeconds(0), "proxyHeaderSeconds");
        refuses(spec -> spec.setProxyHeaderOctets(231), "proxyHeaderOctets");
        refuses(spec -> spec.setRecipients(99), "recipients (RFC 5321");
        refuses(spec -> spec.setLineOctets(511), "lineOctets (RFC 5321");
        refuses(spec -> spec.setHandshakeSeconds(0), "handshakeSeconds");
        refuses(spec -> spec.setWriteSeconds(0), "writeSeconds");
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
