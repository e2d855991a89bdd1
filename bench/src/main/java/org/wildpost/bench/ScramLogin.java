// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * SCRAM-SHA-256 as a client (RFC 5802 §3, RFC 7677): thousands of logins whose work is this side's, for a server that hashes passwords slowly on purpose.
 *
 * @param user     without commas and equals signs
 * @param password ASCII
 */
record ScramLogin(String user, String password) {
    private static final String HEADER = "n,,";
    private static final int KEY_BITS = 256;

    /** Logs in on IMAP. */
    void over(ImapClient client) throws IOException {
        String nonce = UUID.randomUUID().toString();
        String bare = "n=" + user + ",r=" + nonce;
        client.send(ascii("s AUTHENTICATE SCRAM-SHA-256 " + base64(HEADER + bare) + "\r\n"));
        String first = challenge(client);
        client.send(ascii(base64(last(bare, first)) + "\r\n"));
        challenge(client);
        client.send(ascii("\r\n"));
        String answer = client.line();
        if (!answer.startsWith("s OK")) {
            throw new IOException("no login: " + answer);
        }
    }

    private static String challenge(ImapClient client) throws IOException {
        String line = client.line();
        if (!line.startsWith("+ ")) {
            throw new IOException("no login: " + line);
        }
        return new String(Base64.getDecoder().decode(line.substring(2)), StandardCharsets.US_ASCII);
    }

    private String last(String bare, String first) throws IOException {
        String[] parts = first.split(",");
        byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
        int rounds = Integer.parseInt(parts[2].substring(2));
        String withoutProof = "c=" + base64(HEADER) + "," + parts[0];
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, KEY_BITS))
                    .getEncoded();
            byte[] clientKey = hmac(salted, "Client Key");
            byte[] stored = MessageDigest.getInstance("SHA-256").digest(clientKey);
            byte[] proof = hmac(stored, bare + "," + first + "," + withoutProof);
            for (int i = 0; i < proof.length; i++) {
                proof[i] ^= clientKey[i];
            }
            return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(ascii(text));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(ascii(text));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
