// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.wildpost.core.sasl.Secret;

/** SHA512-CRYPT, {@code $6$}, as crypt(3) and poste.io write it; read with or without Dovecot's {@code {SHA512-CRYPT}} in front. */
public final class Sha512CryptScheme implements PasswordScheme {
    /** Rounds of a new hash; also what a hash without a number means. */
    public static final int ROUNDS = 5000;

    /** Rounds that a stored hash may ask for; more is taken for damage. */
    static final int MAX_ROUNDS = 1_000_000;

    private static final String LABEL = "{SHA512-CRYPT}";
    private static final String SALT_ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SALT_CHARACTERS = 16;
    private static final java.security.SecureRandom RANDOM = new java.security.SecureRandom();
    private static final Pattern CRYPT =
            Pattern.compile("(\\$6\\$(?:rounds=(\\d{1,9})\\$)?[./0-9A-Za-z]{1,16})\\$[./0-9A-Za-z]{86}");

    @Override
    public boolean made(String hash) {
        return hash.startsWith(LABEL) || hash.startsWith("$6$");
    }

    @Override
    public String hash(Secret password) {
        StringBuilder salt = new StringBuilder("$6$rounds=" + ROUNDS + "$");
        for (int i = 0; i < SALT_CHARACTERS; i++) {
            salt.append(SALT_ALPHABET.charAt(RANDOM.nextInt(SALT_ALPHABET.length())));
        }
        return Sha2Crypt.sha512Crypt(utf8(password.reveal()), salt.toString());
    }

    @Override
    public boolean verify(Secret password, String hash) {
        String plain = hash.startsWith(LABEL) ? hash.substring(LABEL.length()) : hash;
        Matcher crypt = CRYPT.matcher(plain);
        if (!crypt.matches()) {
            return false;
        }
        String rounds = crypt.group(2);
        if (rounds != null && Integer.parseInt(rounds) > MAX_ROUNDS) {
            return false;
        }
        String computed = Sha2Crypt.sha512Crypt(utf8(password.reveal()), crypt.group(1));
        return MessageDigest.isEqual(utf8(computed), utf8(plain));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
