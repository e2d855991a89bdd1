// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.TlsaRecord;
import org.wildpost.core.transport.Verification;
import org.wildpost.core.transport.Verification.Flaw;

/** RFC 6698 §2.1, RFC 7671 §5 and §9, RFC 7672 §3. */
class DaneVerifierTest {
    private static final Verification PROVED = new Verification.Proved("dane");
    private static final String OTHER = "ab".repeat(32);

    private final TestCertificates root = TestCertificates.authority("root");
    private final TestCertificates intermediate = root.intermediate("intermediate");
    private final TestCertificates host = intermediate.host("mx.example.org");

    @ParameterizedTest
    @CsvSource({"0,0", "0,1", "0,2", "1,0", "1,1", "1,2"})
    void theHostsOwnCertificateOrKeyIsEnough(int selector, int matchingType) {
        String record = "3 " + selector + " " + matchingType + " " + host.tlsa(selector, matchingType);

        assertThat(verify(host, record)).isEqualTo(PROVED);
        assertThat(flaw(intermediate.host("mx.example.org"), record)).isEqualTo(Flaw.OTHER);
    }

    /** RFC 7672 §3.1.1: with DANE-EE neither dates nor names nor authorities matter. */
    @Test
    void nothingElseOfTheHostsOwnCertificateMatters() {
        TestCertificates expired = root.expired("other.example.org");
        assertThat(verify(expired, "3 1 1 " + expired.tlsa(1, 1))).isEqualTo(PROVED);
        TestCertificates alone = TestCertificates.selfSigned();
        assertThat(verify(alone, "3 0 2 " + alone.tlsa(0, 2))).isEqualTo(PROVED);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,1", "0,2", "1,0", "1,1", "1,2"})
    void theDomainsOwnAuthorityIsEnough(int selector, int matchingType) {
        String ofRoot = "2 " + selector + " " + matchingType + " " + root.tlsa(selector, matchingType);
        String ofIntermediate = "2 " + selector + " " + matchingType + " " + intermediate.tlsa(selector, matchingType);

        assertThat(verify(host.whole(), ofRoot)).isEqualTo(PROVED);
        assertThat(verify(host.whole(), ofIntermediate)).isEqualTo(PROVED);
        assertThat(verify(host, ofIntermediate)).isEqualTo(PROVED);
    }

    /** RFC 7671 §5.2: an authority that stands whole in the record need not be sent; a digest of one that is not sent proves nothing (§5.2.2). */
    @Test
    void anAuthorityThatIsNotSentMustStandInTheRecord() {
        assertThat(verify(host, "2 0 0 " + root.tlsa(0, 0))).isEqualTo(PROVED);
        assertThat(verify(host, "2 1 0 " + root.tlsa(1, 0))).isEqualTo(PROVED);
        assertThat(flaw(host, "2 0 1 " + root.tlsa(0, 1))).isEqualTo(Flaw.OTHER);
    }

    /** RFC 7672 §3.1.2: with DANE-TA dates and names matter. */
    @Test
    void belowTheDomainsOwnAuthorityDatesAndNamesMatter() {
        String record = "2 1 1 " + intermediate.tlsa(1, 1);

        assertThat(flaw(intermediate.expired("mx.example.org"), record)).isEqualTo(Flaw.EXPIRED);
        assertThat(flaw(intermediate.host("other.example.net"), record)).isEqualTo(Flaw.HOST_MISMATCH);
        assertThat(flaw(intermediate.host(), record)).isEqualTo(Flaw.HOST_MISMATCH);
    }

    /** RFC 7672 §3.2.2: the domain of the recipients is a reference identifier as well. */
    @Test
    void theDomainOfTheRecipientsIsAGoodNameToo() {
        String record = "2 1 1 " + intermediate.tlsa(1, 1);
        assertThat(verify(intermediate.host("example.org"), record)).isEqualTo(PROVED);
        assertThat(verify(intermediate.host("*.example.org"), record)).isEqualTo(PROVED);
    }

    @Test
    void aCertificateThatOnlyComesAlongWithTheAuthorityProvesNothing() {
        TestCertificates stranger = TestCertificates.authority("stranger").host("mx.example.org");
        X509Certificate[] chain = {stranger.certificate(), intermediate.certificate(), root.certificate()};

        assertThat(verify(chain, "2 1 1 " + intermediate.tlsa(1, 1))).isInstanceOf(Verification.Rejected.class);
        assertThat(verify(chain, "2 1 1 " + root.tlsa(1, 1))).isInstanceOf(Verification.Rejected.class);
        assertThat(verify(chain, "3 1 1 " + root.tlsa(1, 1))).isInstanceOf(Verification.Rejected.class);
    }

    @Test
    void theOrderOfTheChainDoesNotMatter() {
        X509Certificate[] whole = host.whole();
        Collections.reverse(Arrays.asList(whole).subList(1, whole.length));

        assertThat(verify(whole, "2 1 1 " + root.tlsa(1, 1))).isEqualTo(PROVED);
    }

    @Test
    void oneOfAllRecordsIsEnough() {
        assertThat(verify(host, "3 1 1 " + OTHER, "2 1 1 " + OTHER, "3 1 1 " + host.tlsa(1, 1)))
                .isEqualTo(PROVED);
        assertThat(verify(host, "3 1 1 " + OTHER, "2 1 1 " + intermediate.tlsa(1, 1)))
                .isEqualTo(PROVED);
        assertThat(flaw(host, "3 1 1 " + OTHER, "2 1 1 " + OTHER)).isEqualTo(Flaw.OTHER);
    }

    /** RFC 7671 §9: of several digests of one kind only the strongest counts. */
    @Test
    void theStrongestDigestCounts() {
        assertThat(flaw(host, "3 1 1 " + host.tlsa(1, 1), "3 1 2 " + "ab".repeat(64)))
                .isEqualTo(Flaw.OTHER);
        assertThat(verify(host, "3 1 1 " + OTHER, "3 1 2 " + host.tlsa(1, 2))).isEqualTo(PROVED);
        assertThat(verify(host, "3 0 1 " + host.tlsa(0, 1), "3 1 2 " + "ab".repeat(64)))
                .isEqualTo(PROVED);
    }

    /** RFC 7672 §3.1.3: usages of the public authorities are unusable for SMTP; so is what nobody knows, and a digest of another length. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 1 1 " + "abababababababababababababababababababababababababababababababab",
                "1 1 1 " + "abababababababababababababababababababababababababababababababab",
                "4 1 1 " + "abababababababababababababababababababababababababababababababab",
                "3 2 1 " + "abababababababababababababababababababababababababababababababab",
                "3 1 3 " + "abababababababababababababababababababababababababababababababab",
                "3 1 1 abab",
                "3 1 2 " + "abababababababababababababababababababababababababababababababab",
                "3 1 0 "
            })
    void leavesOutWhatCannotBeUsed(String record) {
        assertThat(TlsaSet.of(records(record)).usable()).isEmpty();
    }

    @Test
    void rubbishInARecordProvesNothing() {
        assertThat(flaw(host, "2 0 0 00", "2 1 0 00", "3 0 0 00", "3 1 0 00")).isEqualTo(Flaw.OTHER);
    }

    @Test
    void isEqualWhenItDecidesAlike() {
        assertThat(verifier("3 1 1 " + OTHER, "2 1 1 " + OTHER))
                .isEqualTo(verifier("2 1 1 " + OTHER, "3 1 1 " + OTHER));
    }

    private static Verification verify(TestCertificates host, String... records) {
        return verify(host.presented(), records);
    }

    private static Verification verify(X509Certificate[] chain, String... records) {
        return verifier(records).verify(chain);
    }

    private static Flaw flaw(TestCertificates host, String... records) {
        return ((Verification.Rejected) verify(host, records)).flaw();
    }

    private static DaneVerifier verifier(String... records) {
        return new DaneVerifier(
                TlsaSet.of(records(records)),
                List.of(
                        DomainName.parse("mx.example.org"),
                        DomainName.parse("example.org"),
                        DomainName.parse("x.example.org")));
    }

    private static List<TlsaRecord> records(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.split(" ", -1))
                .map(words -> new TlsaRecord(
                        Integer.parseInt(words[0]),
                        Integer.parseInt(words[1]),
                        Integer.parseInt(words[2]),
                        HexFormat.of().parseHex(words[3])))
                .toList();
    }
}
