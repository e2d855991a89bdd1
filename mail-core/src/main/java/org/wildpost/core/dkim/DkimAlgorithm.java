// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** The signing algorithms that are in use; RSA-SHA1 is not one of them any more (RFC 8301 §3.1). */
public enum DkimAlgorithm {
    /** RFC 6376 §3.3.2. */
    RSA_SHA256("rsa-sha256", "rsa", "RSA", "SHA256withRSA"),
    /** RFC 8463 §3: the signature is over the SHA-256 hash of the signed data. */
    ED25519_SHA256("ed25519-sha256", "ed25519", "Ed25519", "Ed25519");

    /** Bits of an RSA key that is made here (RFC 8301 §3.2: at least 1024, better 2048). */
    public static final int RSA_BITS = 2048;

    /** Octets of a raw Ed25519 key, which stand at the end of its X.509 form (RFC 8410 §4). */
    private static final int RAW_ED25519 = 32;

    private final String tag;
    private final String keyType;
    private final String keyAlgorithm;
    private final String signatureAlgorithm;

    DkimAlgorithm(String tag, String keyType, String keyAlgorithm, String signatureAlgorithm) {
        this.tag = tag;
        this.keyType = keyType;
        this.keyAlgorithm = keyAlgorithm;
        this.signatureAlgorithm = signatureAlgorithm;
    }

    /** The value of {@code a=} in a signature (RFC 6376 §3.5). */
    public String tag() {
        return tag;
    }

    /** The value of {@code k=} in a key record (RFC 6376 §3.6.1). */
    public String keyType() {
        return keyType;
    }

    /** A new pair of keys. */
    public KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm);
            if (this == RSA_SHA256) {
                generator.initialize(RSA_BITS);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + keyAlgorithm, e);
        }
    }

    /**
     * A private key from its PKCS #8 form.
     *
     * @throws IllegalArgumentException when the octets are not a key of this algorithm
     */
    public PrivateKey privateKey(byte[] pkcs8) {
        try {
            return SigningProvider.keyFactory(keyAlgorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a private key for " + tag, e);
        }
    }

    /** The text of the key record in the DNS (RFC 6376 §3.6.1, RFC 8463 §4). */
    public String keyRecord(PublicKey key) {
        byte[] encoded = key.getEncoded();
        byte[] published = key instanceof RSAPublicKey
                ? encoded
                : Arrays.copyOfRange(encoded, encoded.length - RAW_ED25519, encoded.length);
        return "v=DKIM1; k=" + keyType + "; p=" + Base64.getEncoder().encodeToString(published);
    }

    /** Signs the canonical data (RFC 6376 §3.7). */
    byte[] sign(PrivateKey key, byte[] data) {
        try {
            Signature signature = SigningProvider.signature(signatureAlgorithm);
            signature.initSign(key);
            signature.update(
                    this == ED25519_SHA256
                            ? MessageDigest.getInstance("SHA-256").digest(data)
                            : data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with " + tag + " failed", e);
        }
    }
}
