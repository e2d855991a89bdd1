// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.security.SecureRandom;
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
    }

    /** Names as capabilities show them. */
    public static List<String> mechanisms(boolean overTls) {
        return overTls ? MECHANISMS_OVER_TLS : MECHANISMS;
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
            default -> Optional.empty();
        };
    }

    static String nonce() {
        byte[] octets = new byte[NONCE_OCTETS];
        RANDOM.nextBytes(octets);
        return Base64.getEncoder().withoutPadding().encodeToString(octets);
    }
}
