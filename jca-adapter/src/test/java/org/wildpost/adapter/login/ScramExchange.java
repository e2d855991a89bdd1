// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;

/** The client's half of SCRAM-SHA-256 and SCRAM-SHA-256-PLUS, written from RFC 5802 and RFC 7677 and sharing no code with the server's half. For one login. */
public final class ScramExchange {
    private static final String EXPORTER = "tls-exporter";

    private final String bare;
    private final String password;
    private final String gs2;
    private final byte[] binding;
    private byte[] signature = new byte[0];

    /**
     * @param gs2     the header, such as {@code n,,}
     * @param binding octets of the channel, none without binding
     */
    public ScramExchange(String name, String password, String gs2, byte[] binding) {
        this.bare = "n=" + name + ",r=client";
        this.password = password;
        this.gs2 = gs2;
        this.binding = binding.clone();
    }

    /** RFC 5929 §4 and RFC 9266 §2, computed from the client's end of the connection. */
    public static byte[] binding(SSLSession session, String type) throws IOException, GeneralSecurityException {
        return type.equals(EXPORTER)
                ? ((ExtendedSSLSession) session).exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32)
                : MessageDigest.getInstance("SHA-256").digest(session.getPeerCertificates()[0].getEncoded());
    }

    /** client-first-message in Base64. */
    public String first() {
        return encoded(gs2 + bare);
    }

    /** client-final-message in Base64, after the server's first one in Base64. */
    public String last(String challenge) throws GeneralSecurityException {
        String first = decoded(challenge);
        String[] parts = first.split(",");
        byte[] header = gs2.getBytes(StandardCharsets.US_ASCII);
        byte[] bound = Arrays.copyOf(header, header.length + binding.length);
        System.arraycopy(binding, 0, bound, header.length, binding.length);
        String withoutProof = "c=" + Base64.getEncoder().encodeToString(bound) + "," + parts[0];
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(
                        password.toCharArray(),
                        Base64.getDecoder().decode(parts[1].substring(2)),
                        Integer.parseInt(parts[2].substring(2)),
                        256))
                .getEncoded();
        byte[] clientKey = hmac(salted, "Client Key");
        String said = bare + "," + first + "," + withoutProof;
        byte[] proof = hmac(MessageDigest.getInstance("SHA-256").digest(clientKey), said);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        signature = hmac(hmac(salted, "Server Key"), said);
        return encoded(withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof));
    }

    /** Holds server-final-message in Base64 against what only the server can know. */
    public void check(String challenge) {
        assertThat(decoded(challenge)).isEqualTo("v=" + Base64.getEncoder().encodeToString(signature));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String challenge) {
        return new String(Base64.getDecoder().decode(challenge), StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
