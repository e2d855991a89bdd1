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
    /** Names as capabilities show them. */
    public static final List<String> MECHANISMS = List.of("SCRAM-SHA-256", "PLAIN", "LOGIN");

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
    }

    /** Starts a mechanism by its name in whatever case; empty when it is not offered. */
    public static Optional<SaslMechanism> start(String name, Accounts accounts) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> Optional.of(new PlainMechanism(accounts));
            case "LOGIN" -> Optional.of(new LoginMechanism(accounts));
            case "SCRAM-SHA-256" -> Optional.of(new ScramSha256Mechanism(accounts, nonce()));
            default -> Optional.empty();
        };
    }

    static String nonce() {
        byte[] octets = new byte[NONCE_OCTETS];
        RANDOM.nextBytes(octets);
        return Base64.getEncoder().withoutPadding().encodeToString(octets);
    }
}
