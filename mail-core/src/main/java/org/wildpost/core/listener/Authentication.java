// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener;

import java.time.Duration;
import java.util.Optional;
import org.wildpost.core.sasl.TokenIssuer;
import org.wildpost.core.sasl.TokenRefusal;
import org.wildpost.core.sasl.TokenResult;

/** How every listener authenticates: the mechanisms run in the adapter, the decision is here. */
public interface Authentication {
    /** Checks a name and a password. */
    LoginResult login(LoginAttempt attempt);

    /** Gives the SCRAM verifier for a name; never says whether the name exists. */
    ScramLookup scram(MailProtocol protocol, Peer peer, String username);

    /**
     * Ends a SCRAM login.
     *
     * @param proved whether the client proved knowledge of the password against the verifier given before
     */
    LoginResult scramCompleted(MailProtocol protocol, Peer peer, String username, boolean proved);

    /**
     * Where tokens come from that open accounts here; asked for each connection.
     *
     * @return empty when nobody verifies tokens: no mechanism that carries them is offered then
     */
    default Optional<TokenIssuer> tokenIssuer() {
        return Optional.empty();
    }

    /** Checks a token. */
    default TokenResult token(TokenAttempt attempt) {
        return new TokenResult(new LoginResult.Rejected(Duration.ZERO), TokenRefusal.INVALID_TOKEN);
    }
}
