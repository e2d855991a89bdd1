// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.nio.file.Path;
import java.time.Duration;
import org.wildpost.core.listener.smtp.SmtpService;

/**
 * What the administrator decides about SMTP sessions of one port.
 *
 * @param service             what the port is for
 * @param hostname            the name in the greeting
 * @param spoolDirectory      where large messages wait in temporary files
 * @param allowPlaintextLogin whether passwords may cross without TLS; for tests
 * @param limits              what a client may ask for
 */
record SmtpSettings(
        SmtpService service, String hostname, Path spoolDirectory, boolean allowPlaintextLogin, Limits limits) {
    SmtpSettings withHostname(String name) {
        return new SmtpSettings(service, name, spoolDirectory, allowPlaintextLogin, limits);
    }

    /**
     * @param messageSize   octets of a message
     * @param recipients    recipients of one message (RFC 5321 §4.5.3.1.8: at least 100)
     * @param errors        refused commands and recipients of one session
     * @param loginFailures refused logins of one session
     * @param commandTime   how long a command may be waited for (RFC 5321 §4.5.3.2.7: at least five minutes)
     * @param dataTime      how long a piece of a message may be waited for (RFC 5321 §4.5.3.2.5: three minutes)
     */
    record Limits(
            long messageSize, int recipients, int errors, int loginFailures, Duration commandTime, Duration dataTime) {
        /** What a server has that nobody configured. */
        static final Limits DEFAULTS =
                new Limits(50L * 1024 * 1024, 1000, 20, 5, Duration.ofMinutes(5), Duration.ofMinutes(3));

        Limits withMessageSize(long octets) {
            return new Limits(octets, recipients, errors, loginFailures, commandTime, dataTime);
        }
    }
}
