// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.trust;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.TlsaRecord;
import org.wildpost.core.transport.PeerVerifier;
import org.wildpost.core.transport.Verification;
import org.wildpost.core.transport.Verification.Flaw;

/**
 * By TLSA records (RFC 7672 §3). DANE-EE: the certificate or its key is the one in a record, and neither names nor dates matter (§3.1.1). DANE-TA: a
 * chain leads to the authority in a record, dates are good, and the certificate is for one of the names (§3.1.2, §3.2.2, §3.2.3).
 *
 * @param records those that can be used; never empty
 * @param names   reference identifiers for DANE-TA: the TLSA base domain first, then the domain of the recipients
 */
public record DaneVerifier(TlsaSet records, List<DomainName> names) implements PeerVerifier {
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519", "Ed448");

    public DaneVerifier {
        names = List.copyOf(names);
        if (records.usable().isEmpty() || names.isEmpty()) {
            throw new IllegalArgumentException("without records and names nothing is verified");
        }
    }

    @Override
    public Verification verify(X509Certificate[] chain) {
        if (usage(TlsaSet.DANE_EE).stream().anyMatch(record -> matches(record, chain[0]))) {
            return new Verification.Proved("dane");
        }
        List<TlsaRecord> authorities = usage(TlsaSet.DANE_TA);
        Set<TrustAnchor> anchors = new HashSet<>();
        authorities.forEach(record -> addAnchors(record, chain, anchors));
        if (anchors.isEmpty()) {
            return new Verification.Rejected(Flaw.OTHER, "the certificate matches no TLSA record");
        }
        Optional<Verification.Rejected> problem = problem(chain, anchors);
        if (problem.isPresent()) {
            return problem.get();
        }
        return HostNames.anyMatches(chain[0], names)
                ? new Verification.Proved("dane")
                : new Verification.Rejected(Flaw.HOST_MISMATCH, PkixVerifier.mismatch(names));
    }

    private List<TlsaRecord> usage(int usage) {
        return records.usable().stream()
                .filter(record -> record.usage() == usage)
                .toList();
    }

    /** What the record names as authority: a certificate of the chain, or the certificate or key that it holds itself (RFC 7671 §5.2). */
    private static void addAnchors(TlsaRecord record, X509Certificate[] chain, Set<TrustAnchor> anchors) {
        for (int i = 1; i < chain.length; i++) {
            if (matches(record, chain[i])) {
                anchors.add(new TrustAnchor(chain[i], null));
            }
        }
        if (record.matchingType() != TlsaSet.EXACT) {
            return;
        }
        if (record.selector() == TlsaSet.CERTIFICATE) {
            certificate(record.data()).ifPresent(found -> anchors.add(new TrustAnchor(found, null)));
        } else {
            publicKey(record.data())
                    .ifPresent(key -> Arrays.stream(chain)
                            .forEach(one -> anchors.add(new TrustAnchor(one.getIssuerX500Principal(), key, null))));
        }
    }

    private static Optional<Verification.Rejected> problem(X509Certificate[] chain, Set<TrustAnchor> anchors) {
        try {
            X509CertSelector own = new X509CertSelector();
            own.setCertificate(chain[0]);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, own);
            parameters.setRevocationEnabled(false);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(chain))));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            // The builder leaves out what expired, and then only says that it found no way.
            return Optional.of(
                    chain[0].getNotAfter().toInstant().isBefore(Instant.now())
                            ? new Verification.Rejected(Flaw.EXPIRED, "the certificate expired")
                            : new Verification.Rejected(
                                    Flaw.NOT_TRUSTED,
                                    "the authority of the TLSA record does not stand behind the certificate"));
        }
    }

    private static boolean matches(TlsaRecord record, X509Certificate certificate) {
        try {
            byte[] selected = record.selector() == TlsaSet.CERTIFICATE
                    ? certificate.getEncoded()
                    : certificate.getPublicKey().getEncoded();
            byte[] presented = switch (record.matchingType()) {
                case TlsaSet.SHA_256 -> MessageDigest.getInstance("SHA-256").digest(selected);
                case TlsaSet.SHA_512 -> MessageDigest.getInstance("SHA-512").digest(selected);
                default -> selected;
            };
            return MessageDigest.isEqual(presented, record.data());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Optional<X509Certificate> certificate(byte[] der) {
        try {
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> publicKey(byte[] der) {
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
            } catch (GeneralSecurityException e) {
                // A key of another kind.
            }
        }
        return Optional.empty();
    }
}
