// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

/**
 * What the server keeps of a password for SCRAM-SHA-256 (RFC 5802 §3, RFC 7677 §3); the password cannot be computed from it.
 *
 * @param salt       at least 16 random octets
 * @param iterations PBKDF2 rounds, at least {@value #MIN_ITERATIONS}
 * @param storedKey  {@code StoredKey}, 32 octets
 * @param serverKey  {@code ServerKey}, 32 octets
 */
public record ScramVerifier(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
    /** The least number of rounds (RFC 7677 §4). */
    public static final int MIN_ITERATIONS = 4096;
}
