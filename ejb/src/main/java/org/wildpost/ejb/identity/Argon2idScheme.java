// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.wildpost.core.sasl.Secret;

/** Argon2id (RFC 9106) as a PHC string, with the work that OWASP's Password Storage Cheat Sheet names as the least. */
public final class Argon2idScheme implements PasswordScheme {
    /** Memory of a new hash, in KiB. */
    public static final int MEMORY_KIB = 19 * 1024;

    /** Passes of a new hash. */
    public static final int PASSES = 2;

    /** Memory, in KiB, that a stored hash may ask for; more is taken for damage. */
    static final int MAX_MEMORY_KIB = 256 * 1024;

    private static final int MAX_PASSES = 20;
    private static final int MAX_LANES = 8;
    private static final int LANES = 1;
    private static final int SALT_OCTETS = 16;
    private static final int HASH_OCTETS = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{8,88})\\$([A-Za-z0-9+/]{16,88})");

    @Override
    public boolean made(String hash) {
        return hash.startsWith("$argon2id$");
    }

    @Override
    public String hash(Secret password) {
        byte[] salt = new byte[SALT_OCTETS];
        RANDOM.nextBytes(salt);
        byte[] hash = compute(password, salt, MEMORY_KIB, PASSES, LANES, HASH_OCTETS);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    @Override
    public boolean verify(Secret password, String hash) {
        Matcher phc = PHC.matcher(hash);
        if (!phc.matches()) {
            return false;
        }
        int memory = Integer.parseInt(phc.group(1));
        int passes = Integer.parseInt(phc.group(2));
        int lanes = Integer.parseInt(phc.group(3));
        boolean sane = lanes >= 1
                && lanes <= MAX_LANES
                && passes >= 1
                && passes <= MAX_PASSES
                && memory >= 8 * lanes
                && memory <= MAX_MEMORY_KIB;
        if (!sane) {
            return false;
        }
        try {
            byte[] salt = Base64.getDecoder().decode(phc.group(4));
            byte[] stored = Base64.getDecoder().decode(phc.group(5));
            return MessageDigest.isEqual(compute(password, salt, memory, passes, lanes, stored.length), stored);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] compute(Secret password, byte[] salt, int memory, int passes, int lanes, int octets) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .build());
        byte[] hash = new byte[octets];
        argon2.generateBytes(password.reveal().getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
