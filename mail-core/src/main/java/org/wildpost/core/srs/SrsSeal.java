// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.srs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that a return path was made here: the beginning of an HMAC-SHA-256 (RFC 2104) in base32. Letters may change their case on the way, so that
 * of neither the digits nor the sealed text counts. Safe for all threads.
 */
final class SrsSeal {
    /** Digits of a seal: 30 bits, of which a stranger would have to guess one right while a secret lives. */
    static final int LENGTH = 6;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int DIGIT_BITS = 5;
    private static final int DIGIT_MASK = (1 << DIGIT_BITS) - 1;

    private final List<byte[]> secrets;

    /**
     * @param secrets never empty; the first one seals, all prove
     */
    SrsSeal(List<byte[]> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("a seal needs a secret");
        }
        this.secrets = secrets.stream().map(byte[]::clone).toList();
    }

    /** The seal of parts of a return path. */
    String of(String form, String... parts) {
        return seal(secrets.getFirst(), form, parts);
    }

    boolean proves(String seal, String form, String... parts) {
        byte[] given = seal.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        boolean proved = false;
        for (byte[] secret : secrets) {
            proved |= MessageDigest.isEqual(seal(secret, form, parts).getBytes(StandardCharsets.UTF_8), given);
        }
        return proved;
    }

    private static String seal(byte[] secret, String form, String... parts) {
        byte[] octets;
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            String sealed = form + "=" + String.join("=", parts);
            octets = mac.doFinal(sealed.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return base32(octets, LENGTH);
    }

    /** The first digits of octets in base32. */
    static String base32(byte[] octets, int digits) {
        StringBuilder text = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            int bit = i * DIGIT_BITS;
            int two = (octets[bit / Byte.SIZE] & 0xff) << Byte.SIZE | octets[bit / Byte.SIZE + 1] & 0xff;
            text.append(SrsTimestamp.DIGITS.charAt(two >> 2 * Byte.SIZE - DIGIT_BITS - bit % Byte.SIZE & DIGIT_MASK));
        }
        return text.toString();
    }
}
