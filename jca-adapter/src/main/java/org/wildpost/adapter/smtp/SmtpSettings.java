// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.wildpost.adapter.login.Introduction;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.net.Networks;
import org.wildpost.core.sasl.TokenIssuer;

/**
 * What the administrator decides about SMTP sessions of one port.
 *
 * @param service             what the port is for
 * @param hostname            the name in the greeting
 * @param spoolDirectory      where large messages wait in temporary files
 * @param allowPlaintextLogin whether submission may go on, and passwords may cross, without TLS; for tests
 * @param limits              what a client may ask for
 * @param extensions          what it may ask of the extensions
 * @param trust               whose word counts
 * @param tokens              where tokens come from that open accounts
 */
record SmtpSettings(
        SmtpService service,
        String hostname,
        Path spoolDirectory,
        boolean allowPlaintextLogin,
        Limits limits,
        ExtensionLimits extensions,
        Trust trust,
        Optional<TokenIssuer> tokens) {
    /** Without logins by token. */
    SmtpSettings(
            SmtpService service,
            String hostname,
            Path spoolDirectory,
            boolean allowPlaintextLogin,
            Limits limits,
            ExtensionLimits extensions,
            Trust trust) {
        this(service, hostname, spoolDirectory, allowPlaintextLogin, limits, extensions, trust, Optional.empty());
    }

    /** With the default limits of extensions and the default trust. */
    SmtpSettings(
            SmtpService service, String hostname, Path spoolDirectory, boolean allowPlaintextLogin, Limits limits) {
        this(service, hostname, spoolDirectory, allowPlaintextLogin, limits, ExtensionLimits.DEFAULTS, Trust.DEFAULTS);
    }

    SmtpSettings with(Introduction introduction) {
        return new SmtpSettings(
                service,
                introduction.hostname(),
                spoolDirectory,
                allowPlaintextLogin,
                limits,
                extensions,
                trust,
                introduction.tokens());
    }

    /**
     * @param messageSize   octets of a message
     * @param line          octets of a command line: RFC 5321 §4.5.3.1.4 asks for 512, extensions and international addresses for more
     * @param recipients    recipients of one message (RFC 5321 §4.5.3.1.8: at least 100)
     * @param errors        refused commands and recipients of one session
     * @param loginFailures refused logins of one session
     * @param commandTime   how long a command may be waited for (RFC 5321 §4.5.3.2.7: at least five minutes)
     * @param dataTime      how long a piece of a message may be waited for (RFC 5321 §4.5.3.2.5: three minutes)
     */
    record Limits(
            long messageSize,
            int line,
            int recipients,
            int errors,
            int loginFailures,
            Duration commandTime,
            Duration dataTime) {
        /** What a server has that nobody configured. */
        static final Limits DEFAULTS =
                new Limits(50L * 1024 * 1024, 4_096, 1000, 20, 5, Duration.ofMinutes(5), Duration.ofMinutes(3));

        Limits withMessageSize(long octets) {
            return new Limits(octets, line, recipients, errors, loginFailures, commandTime, dataTime);
        }
    }

    /**
     * @param forwarders who may say for whom it speaks (XCLIENT)
     * @param neighbours who may use LMTP (RFC 2033 §5: never everybody)
     */
    record Trust(Networks forwarders, Networks neighbours) {
        /** This machine, as text for a setting. */
        static final String THIS_MACHINE = "127.0.0.0/8,::1";

        /** Nobody speaks for others; LMTP is for this machine. */
        static final Trust DEFAULTS = new Trust(Networks.NONE, Networks.parse(THIS_MACHINE));
    }
}
