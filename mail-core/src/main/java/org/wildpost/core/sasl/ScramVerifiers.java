// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes the verifiers of SCRAM-SHA-256 (RFC 5802 §3). Stateless. */
public final class ScramVerifiers {
    /** Octets of a new salt. */
    public static final int SALT_OCTETS = 16;

    /** PBKDF2 rounds of a new verifier; the least that RFC 7677 §4 allows, for every login of a client pays them. */
    public static final int ITERATIONS = ScramVerifier.MIN_ITERATIONS;

    private static final int KEY_BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ScramVerifiers() {}

    /** A verifier with a salt of its own. */
    public static ScramVerifier derive(Secret password) {
        byte[] salt = new byte[SALT_OCTETS];
        RANDOM.nextBytes(salt);
        return derive(password, salt, ITERATIONS);
    }

    /** The verifier for a given salt and number of rounds; the password is prepared as clients do it (RFC 5802 §2.2). */
    public static ScramVerifier derive(Secret password, byte[] salt, int iterations) {
        byte[] salted = salted(password, salt, iterations);
        byte[] clientKey = hmac(salted, "Client Key".getBytes(StandardCharsets.US_ASCII));
        byte[] serverKey = hmac(salted, "Server Key".getBytes(StandardCharsets.US_ASCII));
        return new ScramVerifier(salt.clone(), iterations, sha256(clientKey), serverKey);
    }

    /** SaltedPassword (RFC 5802 §3). */
    static byte[] salted(Secret password, byte[] salt, int iterations) {
        // What cannot be prepared no client of the RFC sends; others send it as it is.
        String normal = SaslPrep.prepare(password.reveal()).orElseGet(password::reveal);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(normal.toCharArray(), salt, iterations, KEY_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
        }
    }

    /**
     * A verifier for a name that does not exist: the same for the same name and key, and nothing satisfies it in practice.
     *
     * @param key a secret of the server
     */
    public static ScramVerifier madeUp(String username, byte[] key) {
        byte[] name = username.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        byte[] salt = Arrays.copyOf(hmac(key, name), SALT_OCTETS);
        byte[] stored = hmac(key, salt);
        return new ScramVerifier(salt, ITERATIONS, stored, hmac(key, stored));
    }

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
