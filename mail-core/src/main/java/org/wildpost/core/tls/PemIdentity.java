// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** A private key and its certificate chain, read from PEM (RFC 7468; keys as PKCS #8, PKCS #1 or SEC 1). */
public final class PemIdentity {
    private static final byte[] PROBE = "do these belong together?".getBytes(StandardCharsets.US_ASCII);

    private final PrivateKey key;
    private final Certificate[] chain;

    private PemIdentity(PrivateKey key, Certificate[] chain) {
        this.key = key;
        this.chain = chain;
    }

    /**
     * Reads both files.
     *
     * @throws IOException saying which file is wrong and why; also when the key is not the certificate's
     */
    public static PemIdentity read(TlsFiles files) throws IOException {
        Certificate[] chain = chain(files);
        PublicKey publicKey = chain[0].getPublicKey();
        try {
            PrivateKey key = KeyFactory.getInstance(publicKey.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8(files)));
            if (belongTogether(key, publicKey)) {
                return new PemIdentity(key, chain);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "the key in " + files.key() + " is not one for the certificate in " + files.certificate(), e);
        }
        throw new IOException(
                "the key in " + files.key() + " is not that of the certificate in " + files.certificate());
    }

    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    /** A key store in memory that holds this identity alone. */
    public KeyStore keyStore(char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("wildpost", key, password, chain);
        return store;
    }

    /** The same as the octets of a PKCS #12 file. */
    public byte[] pkcs12(char[] password) throws GeneralSecurityException, IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        keyStore(password).store(octets, password);
        return octets.toByteArray();
    }

    private static byte[] pkcs8(TlsFiles files) throws IOException {
        try (Reader reader = Files.newBufferedReader(files.key(), StandardCharsets.US_ASCII);
                PEMParser parser = new PEMParser(reader)) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                // Parameters of the curve may come before the key.
                if (object instanceof PrivateKeyInfo info) {
                    return info.getEncoded();
                }
                if (object instanceof PEMKeyPair pair) {
                    return pair.getPrivateKeyInfo().getEncoded();
                }
            }
        } catch (IOException | RuntimeException e) {
            // The parser names no file, and some Base64 that is none it answers with an unchecked exception.
            throw new IOException("the key in " + files.key() + " cannot be read", e);
        }
        throw new IOException("there is no private key without a password in " + files.key());
    }

    private static Certificate[] chain(TlsFiles files) throws IOException {
        try (InputStream in = Files.newInputStream(files.certificate())) {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw new IOException("there is no certificate in " + files.certificate());
            }
            return chain;
        } catch (GeneralSecurityException e) {
            throw new IOException("there is no certificate that can be read in " + files.certificate(), e);
        }
    }
}
