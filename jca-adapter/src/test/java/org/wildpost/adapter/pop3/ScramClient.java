// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's half of SCRAM-SHA-256 over POP3 (RFC 5034 §4, RFC 7677 §3), written from the RFC and sharing no code with the server's half. */
final class ScramClient {
    private final String name;
    private final String password;
    private String authMessage = "";
    private byte[] salted = new byte[0];
    private int step;
    private boolean serverProved;

    ScramClient(String name, String password) {
        this.name = name;
        this.password = password;
    }

    /** Whether the server showed that it knows the password's verifier. */
    boolean serverProved() {
        return serverProved;
    }

    /** The next line to send, after the server's last one. */
    Optional<String> answer(String serverLine) {
        step++;
        return switch (step) {
            case 1 -> Optional.of("AUTH SCRAM-SHA-256");
            case 2 -> Optional.of(base64("n,,n=" + name + ",r=client-nonce"));
            case 3 -> Optional.of(base64(clientFinal(message(serverLine))));
            case 4 -> serverLine.startsWith("+ ") ? checkServer(message(serverLine)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private String clientFinal(String serverFirst) {
        String[] parts = serverFirst.split(",", 3);
        byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
        salted = pbkdf2(salt, Integer.parseInt(parts[2].substring(2)));
        String without = "c=biws," + parts[0];
        authMessage = "n=" + name + ",r=client-nonce," + serverFirst + "," + without;
        byte[] clientKey = hmac(salted, "Client Key");
        byte[] proof = hmac(sha256(clientKey), authMessage);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        return without + ",p=" + Base64.getEncoder().encodeToString(proof);
    }

    private Optional<String> checkServer(String serverFinal) {
        byte[] signature = hmac(hmac(salted, "Server Key"), authMessage);
        serverProved = serverFinal.equals("v=" + Base64.getEncoder().encodeToString(signature));
        return Optional.of("");
    }

    private static String message(String serverLine) {
        return new String(Base64.getDecoder().decode(serverLine.substring(2)), StandardCharsets.US_ASCII);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] pbkdf2(byte[] salt, int rounds) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, 256))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
