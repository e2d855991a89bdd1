// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wildpost.core.listener.LoginResult;

/** The mechanisms that every listener offers, strongest first. */
public final class Sasl {
    private static final String SCRAM = "SCRAM-SHA-256";
    private static final String SCRAM_PLUS = "SCRAM-SHA-256-PLUS";

    /** Names as capabilities show them where there is nothing to bind a login to. */
    public static final List<String> MECHANISMS = List.of(SCRAM, "PLAIN", "LOGIN");

    /** Names as capabilities show them over TLS, to which a login can be bound (RFC 5802 §6). */
    public static final List<String> MECHANISMS_OVER_TLS = List.of(SCRAM_PLUS, SCRAM, "PLAIN", "LOGIN");

    /** Names as capabilities show them over TLS when somebody verifies tokens (RFC 7628 §3). */
    public static final List<String> TOKEN_MECHANISMS = List.of("OAUTHBEARER", "XOAUTH2");

    private static final int NONCE_OCTETS = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Sasl() {}

    /** How a mechanism reaches the accounts, with protocol and peer already known to who answers. */
    public interface Accounts {
        /** Checks a name and a password. */
        LoginResult login(String username, Secret password);

        /** The verifier for a name, real or made up. */
        ScramVerifier verifier(String username);

        /** Ends a SCRAM login. */
        LoginResult scramCompleted(String username, boolean proved);

        /** What a login over this connection is bound to. */
        default ChannelBinding channelBinding() {
            return ChannelBinding.NONE;
        }

        /** Logins by token; empty where nobody verifies them, or where they would be read on the way (RFC 7628 §5). */
        default Optional<Tokens> tokens() {
            return Optional.empty();
        }
    }

    /** How a mechanism that carries tokens reaches the accounts. */
    public interface Tokens {
        /** What a client is told that has no good token. */
        TokenIssuer issuer();

        /**
         * Checks a token.
         *
         * @param username who the client says that it is; empty when the token says it
         * @param token    empty when the client sent none
         */
        TokenResult login(Optional<String> username, Optional<Secret> token);
    }

    /**
     * Names as capabilities show them.
     *
     * @param bindable whether a login can be bound to the connection
     * @param tokens   whether there are logins by token
     */
    public static List<String> mechanisms(boolean bindable, boolean tokens) {
        List<String> names = new ArrayList<>(bindable ? MECHANISMS_OVER_TLS : MECHANISMS);
        if (tokens) {
            names.addAll(names.indexOf("PLAIN"), TOKEN_MECHANISMS);
        }
        return List.copyOf(names);
    }

    /** Starts a mechanism by its name in whatever case; empty when it is not offered. */
    public static Optional<SaslMechanism> start(String name, Accounts accounts) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> Optional.of(new PlainMechanism(accounts));
            case "LOGIN" -> Optional.of(new LoginMechanism(accounts));
            case SCRAM -> Optional.of(new ScramSha256Mechanism(accounts, nonce(), false));
            case SCRAM_PLUS ->
                accounts.channelBinding().offered()
                        ? Optional.of(new ScramSha256Mechanism(accounts, nonce(), true))
                        : Optional.empty();
            case "OAUTHBEARER" -> accounts.tokens().map(OAuthBearerMechanism::new);
            case "XOAUTH2" -> accounts.tokens().map(XOAuth2Mechanism::new);
            default -> Optional.empty();
        };
    }

    static String nonce() {
        byte[] octets = new byte[NONCE_OCTETS];
        RANDOM.nextBytes(octets);
        return Base64.getEncoder().withoutPadding().encodeToString(octets);
    }
}
