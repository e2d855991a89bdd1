// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key with a certificate that it signed itself, made for one test. */
public record TestIdentity(KeyPair keys, X509Certificate certificate) {
    /** Good for a day. */
    public static TestIdentity of(String host) {
        return of(host, Instant.now().plus(Duration.ofDays(1)));
    }

    public static TestIdentity of(String host, Instant end) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=" + host);
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(120, new SecureRandom()),
                    Date.from(end.minus(Duration.ofDays(2))),
                    Date.from(end),
                    name,
                    keys.getPublic());
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
            return new TestIdentity(keys, certificate);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The context of a server that shows it and takes every client's.
     *
     * @param named the authorities that it tells a client; none: any
     */
    public SSLContext server(X509Certificate... named) {
        try {
            char[] none = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", keys.getPrivate(), none, new X509Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, none);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), new TrustManager[] {new Everybody(named)}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public ClientIdentity client() {
        return new ClientIdentity(keys.getPrivate(), List.of(certificate));
    }

    /** Wants exactly this certificate, and today. */
    public PeerVerifier verifier() {
        return new Exactly(certificate);
    }

    private record Exactly(X509Certificate wanted) implements PeerVerifier {
        @Override
        public Verification verify(X509Certificate[] chain) {
            try {
                chain[0].checkValidity();
            } catch (GeneralSecurityException e) {
                return new Verification.Rejected(Verification.Flaw.EXPIRED, "it expired");
            }
            return chain[0].equals(wanted)
                    ? new Verification.Proved("pkix")
                    : new Verification.Rejected(Verification.Flaw.NOT_TRUSTED, "another certificate was expected");
        }
    }

    private record Everybody(X509Certificate[] named) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return named.clone();
        }
    }
}
