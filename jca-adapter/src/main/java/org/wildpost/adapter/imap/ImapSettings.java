// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.nio.file.Path;
import java.util.Optional;
import org.wildpost.adapter.login.Introduction;
import org.wildpost.core.sasl.TokenIssuer;

/**
 * What one IMAP service is told.
 *
 * @param hostname            the name in the greeting
 * @param spoolDirectory      where large messages wait in temporary files
 * @param allowPlaintextLogin whether passwords may cross without TLS; for tests only
 * @param limits              what a client may ask for
 * @param tokens              where tokens come from that open accounts
 */
public record ImapSettings(
        String hostname,
        Path spoolDirectory,
        boolean allowPlaintextLogin,
        ImapLimits limits,
        Optional<TokenIssuer> tokens) {
    /** Without logins by token. */
    ImapSettings(String hostname, Path spoolDirectory, boolean allowPlaintextLogin, ImapLimits limits) {
        this(hostname, spoolDirectory, allowPlaintextLogin, limits, Optional.empty());
    }

    ImapSettings with(Introduction introduction) {
        return new ImapSettings(
                introduction.hostname(), spoolDirectory, allowPlaintextLogin, limits, introduction.tokens());
    }
}
