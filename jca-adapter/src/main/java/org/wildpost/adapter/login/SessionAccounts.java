// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.login;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.wildpost.adapter.net.Connection;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.listener.Authentication;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.TokenAttempt;
import org.wildpost.core.sasl.ChannelBinding;
import org.wildpost.core.sasl.Sasl;
import org.wildpost.core.sasl.ScramVerifier;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.sasl.TokenIssuer;
import org.wildpost.core.sasl.TokenRefusal;
import org.wildpost.core.sasl.TokenResult;

/**
 * The accounts as the client of one connection reaches them. For the session's thread.
 *
 * @param issuer where tokens come from, when somebody verifies them
 */
public record SessionAccounts<L extends Authentication>(
        MailProtocol protocol, Connection connection, Endpoints<L> endpoints, Optional<TokenIssuer> issuer)
        implements Sasl.Accounts {
    @Override
    public ChannelBinding channelBinding() {
        return connection.channelBinding();
    }

    @Override
    public LoginResult login(String username, Secret password) {
        return endpoints.ask(
                listener -> listener.login(new LoginAttempt(protocol, connection.peer(), username, password)));
    }

    @Override
    public ScramVerifier verifier(String username) {
        return endpoints
                .ask(listener -> listener.scram(protocol, connection.peer(), username))
                .verifier();
    }

    @Override
    public LoginResult scramCompleted(String username, boolean proved) {
        return endpoints.ask(listener -> listener.scramCompleted(protocol, connection.peer(), username, proved));
    }

    /** A bearer token in the clear is for everybody who sees it: not even a setting for tests allows it (RFC 7628 §5, RFC 6750 §5.3). */
    @Override
    public Optional<Sasl.Tokens> tokens() {
        return connection.secure() ? issuer.map(Tokens::new) : Optional.empty();
    }

    /** The mechanisms that this connection has now. */
    public List<String> mechanisms() {
        return Sasl.mechanisms(channelBinding().offered(), tokens().isPresent());
    }

    private final class Tokens implements Sasl.Tokens {
        private final TokenIssuer from;

        Tokens(TokenIssuer from) {
            this.from = from;
        }

        @Override
        public TokenIssuer issuer() {
            return from;
        }

        @Override
        public TokenResult login(Optional<String> username, Optional<Secret> token) {
            if (token.isEmpty()) {
                return new TokenResult(new LoginResult.Rejected(Duration.ZERO), TokenRefusal.INVALID_REQUEST);
            }
            return endpoints.ask(
                    listener -> listener.token(new TokenAttempt(protocol, connection.peer(), username, token.get())));
        }
    }
}
