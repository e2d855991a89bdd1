// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.listener.smtp.SmtpService;

/** Which extension is offered where: RFC 2920, RFC 2034 and all the others, with the limits of RFC 9422. */
class SmtpExtensionTest {
    private static final Instant NOW = Instant.parse("2026-11-05T09:00:00.999Z");
    private static final String EVERYWHERE =
            "PIPELINING SIZE 8BITMIME ENHANCEDSTATUSCODES SMTPUTF8 CHUNKING BINARYMIME DSN DELIVERBY MT-PRIORITY LIMITS";

    @ParameterizedTest
    @CsvSource({
        "MX,         false, false, false, STARTTLS",
        "MX,         true,  false, false, REQUIRETLS",
        "MX,         false, false, true,  STARTTLS XCLIENT",
        "MX,         true,  false, true,  REQUIRETLS XCLIENT",
        "SUBMISSION, false, false, false, FUTURERELEASE STARTTLS",
        "SUBMISSION, true,  false, false, FUTURERELEASE REQUIRETLS AUTH",
        "SUBMISSION, true,  true,  false, FUTURERELEASE REQUIRETLS",
        "SUBMISSION, true,  false, true,  FUTURERELEASE REQUIRETLS AUTH XCLIENT",
        "LMTP,       false, false, false, STARTTLS",
        "LMTP,       true,  false, true,  REQUIRETLS",
    })
    void isOffered(SmtpService service, boolean secure, boolean loggedIn, boolean trusted, String extensions) {
        List<String> lines = SmtpExtension.lines(
                new SmtpExtension.Standing(
                        settings(service, ExtensionLimits.DEFAULTS), secure, false, loggedIn, trusted),
                NOW);
        assertThat(lines.stream().map(line -> line.split(" ")[0]))
                .containsExactlyInAnyOrder((EVERYWHERE + " " + extensions).split(" "));
    }

    @Test
    void tellsItsLimits() {
        ExtensionLimits limits = new ExtensionLimits(
                Duration.ofHours(1), Instant.parse("2026-11-05T09:30:00Z"), Duration.ofSeconds(7), 5, 6, 0);
        List<String> lines = SmtpExtension.lines(
                new SmtpExtension.Standing(settings(SmtpService.SUBMISSION, limits), true, false, false, true), NOW);
        assertThat(lines)
                .contains(
                        "SIZE 52428800",
                        "DELIVERBY 7",
                        "FUTURERELEASE 3600 2026-11-05T09:30:00Z",
                        "LIMITS MAILMAX=5 RCPTMAX=1000 RCPTDOMAINMAX=6",
                        "AUTH SCRAM-SHA-256 PLAIN LOGIN",
                        "XCLIENT NAME ADDR PORT PROTO HELO DESTADDR DESTPORT");
    }

    @Test
    void letsWhoLoggedInSayWhoWroteIt() {
        SmtpSettings settings = settings(SmtpService.SUBMISSION, ExtensionLimits.DEFAULTS);
        SmtpExtension.Standing loggedIn = new SmtpExtension.Standing(settings, true, false, true, false);
        assertThat(SmtpExtension.AUTH.isOffered(loggedIn)).isFalse();
        assertThat(SmtpExtension.AUTH.isUsable(loggedIn)).isTrue();
        assertThat(Arrays.stream(SmtpExtension.values())
                        .filter(extension -> extension.isUsable(loggedIn) != extension.isOffered(loggedIn))
                        .collect(Collectors.toList()))
                .containsExactly(SmtpExtension.AUTH);
    }

    private static SmtpSettings settings(SmtpService service, ExtensionLimits limits) {
        return new SmtpSettings(
                service,
                "mx.demo.test",
                Path.of("."),
                false,
                SmtpSettings.Limits.DEFAULTS,
                limits,
                SmtpSettings.Trust.DEFAULTS);
    }
}
