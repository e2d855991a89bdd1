// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.trust;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate made for a test, with its key and those above it. Names with a colon or digits and dots alone are addresses.
 *
 * @param chain its own first, the root last
 */
public record TestCertificates(KeyPair keys, List<X509Certificate> chain) {
    private static final Duration YEAR = Duration.ofDays(365);

    /** A root authority. */
    public static TestCertificates authority(String name) {
        return made(null, name, true, Instant.now().minus(YEAR), Instant.now().plus(YEAR));
    }

    /** An authority below this one. */
    public TestCertificates intermediate(String name) {
        return made(this, name, true, Instant.now().minus(YEAR), Instant.now().plus(YEAR));
    }

    /** A host's certificate below this one. */
    public TestCertificates host(String... names) {
        return made(
                this, "host", false, Instant.now().minus(YEAR), Instant.now().plus(YEAR), names);
    }

    /** A host's certificate that ended yesterday. */
    public TestCertificates expired(String... names) {
        return made(
                this, "host", false, Instant.now().minus(YEAR), Instant.now().minus(Duration.ofDays(1)), names);
    }

    /** A host's certificate without any authority. */
    public static TestCertificates selfSigned(String... names) {
        return made(
                null, "host", false, Instant.now().minus(YEAR), Instant.now().plus(YEAR), names);
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** What a server sends: all but the root, unless it is alone. */
    public X509Certificate[] presented() {
        int length = Math.max(1, chain.size() - 1);
        return chain.subList(0, length).toArray(X509Certificate[]::new);
    }

    /** All of the chain, with the root. */
    public X509Certificate[] whole() {
        return chain.toArray(X509Certificate[]::new);
    }

    /** TLSA data in hexadecimal: selector 0 or 1, matching type 0, 1 or 2. */
    public String tlsa(int selector, int matchingType) {
        try {
            byte[] selected = selector == 0
                    ? certificate().getEncoded()
                    : certificate().getPublicKey().getEncoded();
            byte[] data = switch (matchingType) {
                case 0 -> selected;
                case 1 -> MessageDigest.getInstance("SHA-256").digest(selected);
                default -> MessageDigest.getInstance("SHA-512").digest(selected);
            };
            return HexFormat.of().formatHex(data);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** TLS as a server that presents it. */
    public SSLContext serverContext() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("host", keys.getPrivate(), new char[0], presented());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, new SecureRandom());
            return context;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static TestCertificates made(
            TestCertificates issuer, String name, boolean authority, Instant from, Instant to, String... names) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            X500Name subject = new X500Name("CN=" + name);
            X500Name above = issuer == null
                    ? subject
                    : new X500Name(
                            issuer.certificate().getSubjectX500Principal().getName());
            var builder = new JcaX509v3CertificateBuilder(
                    above,
                    new BigInteger(64, new SecureRandom()),
                    Date.from(from),
                    Date.from(to),
                    subject,
                    keys.getPublic());
            if (authority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            }
            if (names.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .build(issuer == null ? keys.getPrivate() : issuer.keys().getPrivate());
            List<X509Certificate> chain = new ArrayList<>();
            chain.add(new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
            if (issuer != null) {
                chain.addAll(issuer.chain());
            }
            return new TestCertificates(keys, chain);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static GeneralNames alternatives(String... names) {
        return new GeneralNames(Stream.of(names)
                .map(name -> new GeneralName(
                        name.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }
}
