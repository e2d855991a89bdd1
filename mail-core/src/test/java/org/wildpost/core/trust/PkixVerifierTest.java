// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.transport.Verification;
import org.wildpost.core.transport.Verification.Flaw;

/** RFC 5280 §6, RFC 9525 §6. */
class PkixVerifierTest {
    private static final DomainName MX = DomainName.parse("mx.example.org");

    private final TestCertificates root = TestCertificates.authority("root");
    private final TestCertificates intermediate = root.intermediate("intermediate");
    private final PkixVerifier verifier = new PkixVerifier(List.of(MX), Authorities.of(root.chain()));

    @Test
    void believesAKnownAuthorityAndTheRightName() {
        assertThat(verifier.verify(intermediate.host("mx.example.org").presented()))
                .isEqualTo(new Verification.Proved("pkix"));
        assertThat(verifier.verify(root.host("*.example.org").presented())).isEqualTo(new Verification.Proved("pkix"));
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(flaw(root.host("other.example.org"))).isEqualTo(Flaw.HOST_MISMATCH);
        assertThat(flaw(root.expired("mx.example.org"))).isEqualTo(Flaw.EXPIRED);
        assertThat(flaw(intermediate.expired("mx.example.org"))).isEqualTo(Flaw.EXPIRED);
        assertThat(flaw(TestCertificates.authority("another").host("mx.example.org")))
                .isEqualTo(Flaw.NOT_TRUSTED);
        assertThat(flaw(TestCertificates.selfSigned("mx.example.org"))).isEqualTo(Flaw.NOT_TRUSTED);
    }

    @Test
    void needsTheIntermediateCertificates() {
        TestCertificates host = intermediate.host("mx.example.org");
        Verification verification = verifier.verify(new java.security.cert.X509Certificate[] {host.certificate()});
        assertThat(verification).isInstanceOf(Verification.Rejected.class);
    }

    /** A host's key must not make certificates (RFC 5280 §4.2.1.9). */
    @Test
    void aHostIsNoAuthority() {
        assertThat(flaw(root.host("elsewhere.example").host("mx.example.org"))).isNotNull();
    }

    @Test
    void isEqualWhenItDecidesAlike() {
        Authorities authorities = Authorities.of(root.chain());
        assertThat(new PkixVerifier(List.of(MX), authorities))
                .isEqualTo(new PkixVerifier(List.of(MX), authorities))
                .isNotEqualTo(verifier);
    }

    private Flaw flaw(TestCertificates host) {
        Verification.Rejected rejected = (Verification.Rejected) verifier.verify(host.presented());
        assertThat(rejected.reason()).doesNotContain("\n").isNotBlank();
        return rejected.flaw();
    }
}
