// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
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
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
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
        String certificate = "the certificate in " + files.certificate();
        String key = "the key in " + files.key();
        Certificate[] chain;
        try (InputStream in = Files.newInputStream(files.certificate())) {
            chain = chain(in, certificate);
        }
        try (Reader reader = Files.newBufferedReader(files.key(), StandardCharsets.US_ASCII)) {
            return together(chain, pkcs8(reader, key), certificate, key);
        }
    }

    /**
     * Reads both texts.
     *
     * @throws IOException saying which text is wrong and why; also when the key is not the certificate's
     */
    public static PemIdentity parse(String certificates, String key) throws IOException {
        Certificate[] chain =
                chain(new ByteArrayInputStream(certificates.getBytes(StandardCharsets.UTF_8)), "the certificate");
        return together(chain, pkcs8(new StringReader(key), "the key"), "the certificate", "the key");
    }

    private static PemIdentity together(Certificate[] chain, byte[] pkcs8, String certificateName, String keyName)
            throws IOException {
        PublicKey publicKey = chain[0].getPublicKey();
        try {
            PrivateKey key =
                    KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (belongTogether(key, publicKey)) {
                return new PemIdentity(key, chain);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(keyName + " is not one for " + certificateName, e);
        }
        throw new IOException(keyName + " is not that of " + certificateName);
    }

    /** The private key. */
    public PrivateKey key() {
        return key;
    }

    /** The chain, the key's own certificate first. */
    public List<X509Certificate> chain() {
        return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
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

    private static byte[] pkcs8(Reader reader, String name) throws IOException {
        try (PEMParser parser = new PEMParser(reader)) {
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
            throw new IOException(name + " cannot be read", e);
        }
        throw new IOException(name + " is none: there is no private key without a password");
    }

    private static Certificate[] chain(InputStream in, String name) throws IOException {
        try {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw new IOException(name + " is none");
            }
            return chain;
        } catch (GeneralSecurityException e) {
            throw new IOException(name + " cannot be read", e);
        }
    }
}
