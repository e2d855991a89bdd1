// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.time.Duration;
import java.util.Optional;
import org.wildpost.adapter.login.Introduction;
import org.wildpost.core.sasl.TokenIssuer;

/**
 * What the administrator decides about POP3 sessions.
 *
 * @param hostname            the name in the greeting
 * @param allowPlaintextLogin whether passwords may cross without TLS; for tests
 * @param idle                how long a session may be silent; at least ten minutes once logged in (RFC 1939 §3)
 * @param beforeLogin         how long a session may go on without a login, from the greeting on
 * @param maxErrors           bad commands and failed logins after which a session ends
 * @param tokens              where tokens come from that open accounts
 */
public record Pop3Settings(
        String hostname,
        boolean allowPlaintextLogin,
        Duration idle,
        Duration beforeLogin,
        int maxErrors,
        Optional<TokenIssuer> tokens) {
    /** Without logins by token. */
    Pop3Settings(String hostname, boolean allowPlaintextLogin, Duration idle, Duration beforeLogin, int maxErrors) {
        this(hostname, allowPlaintextLogin, idle, beforeLogin, maxErrors, Optional.empty());
    }

    Pop3Settings with(Introduction introduction) {
        return new Pop3Settings(
                introduction.hostname(), allowPlaintextLogin, idle, beforeLogin, maxErrors, introduction.tokens());
    }
}
