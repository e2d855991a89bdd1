// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.tlsreport.ReportOrigin;
import org.wildpost.core.tlsreport.ResultType;
import org.wildpost.core.transport.TlsDemand;
import org.wildpost.core.trust.DaneVerifier;
import org.wildpost.core.trust.PkixVerifier;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.ejb.sts.StsFinding;

/** What TLS must be: RFC 7672, RFC 8461, RFC 8689, RFC 8460 §4.3, policies of operators, and which of them comes first. */
class TlsRulesTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final String ENFORCE = "version: STSv1\nmode: enforce\nmx: mx.sts.test\nmax_age: 86400\n";

    private final Ways ways = new Ways("""
            dane.test           MX   10 mx.dane.test
            mx.dane.test        A    192.0.2.1
            _25._tcp.mx.dane.test TLSA 3 1 1 %1$s
            old.test            MX   10 mx.old.test
            mx.old.test         A    192.0.2.2
            _25._tcp.mx.old.test TLSA 1 1 1 %1$s
            own.dane.test       A    192.0.2.3
            _25._tcp.own.dane.test TLSA 2 0 1 %1$s
            none.test           MX   10 mx.none.test
            mx.none.test        A    192.0.2.4
            sts.test            MX   10 mx.sts.test
            sts.test            MX   20 other.sts.test
            mx.sts.test         A    192.0.2.5
            other.sts.test      A    192.0.2.6
            open.test           MX   10 mx.dane.test
            named.example       A    192.0.2.9
            _2525._tcp.named.example TLSA 3 1 1 %1$s
            """.formatted(DIGEST));

    TlsRulesTest() {
        ways.dns.insecure("open.test").insecure("sts.test");
    }

    @Test
    void withoutAnyPolicyTlsIsUsedWhenItIsOffered() {
        assertThat(describe(ways.reach("none.test", "mx.none.test"))).isEqualTo("opportunistic as mx.none.test: may");
    }

    /** RFC 7672 §2.2 and §3.2.2. */
    @Test
    void secureTlsaRecordsMustBeMatched() {
        assertThat(describe(ways.reach("dane.test", "mx.dane.test")))
                .isEqualTo("dane as mx.dane.test: dane mx.dane.test dane.test");
        assertThat(describe(ways.reach("own.dane.test", "own.dane.test")))
                .isEqualTo("dane as own.dane.test: dane own.dane.test");
    }

    /** RFC 7672 §2.2.1: who can change the list of hosts can name one that proves itself. */
    @Test
    void danesRecordsCountOnlyWhenTheListOfHostsIsSecure() {
        assertThat(describe(ways.reach("open.test", "mx.dane.test"))).startsWith("opportunistic");
        assertThat(ways.dns.asked()).noneMatch(question -> question.endsWith("TLSA"));
    }

    /** RFC 7672 §2.2.2: some servers of zones that are not signed do not answer such questions. */
    @Test
    void asksForNoTlsaRecordsWhereTheHostsAddressesAreNotSecure() {
        ways.dns.insecure("mx.dane.test");
        assertThat(describe(ways.reach("dane.test", "mx.dane.test"))).startsWith("opportunistic");
        assertThat(ways.dns.asked()).noneMatch(question -> question.endsWith("TLSA"));
    }

    /** RFC 7672 §2.1 and §2.2: never a downgrade. */
    @Test
    void aFailedTlsaQuestionMakesMailWait() {
        ways.dns.fail("_25._tcp.mx.dane.test", "TLSA", "SERVFAIL");

        Reach.Not not = (Reach.Not) ways.reach("dane.test", "mx.dane.test");

        assertThat(not.policy()).isEqualTo("dane");
        assertThat(not.outcome())
                .isEqualTo(new Attempt.Deferred(
                        "4.7.5",
                        "the TLSA records of mx.dane.test are not known: SERVFAIL",
                        Attempt.Scope.DESTINATION));
        assertThat(ways.failures).containsExactly("dane.test mx.dane.test dane dnssec-invalid");
    }

    @Test
    void aFailedAliasQuestionMakesMailWaitToo() {
        ways.dns.fail("mx.dane.test", "CNAME", "SERVFAIL");
        assertThat(ways.reach("dane.test", "mx.dane.test")).isInstanceOf(Reach.Not.class);
    }

    /** Nothing proves them, so nothing is demanded by them. */
    @Test
    void insecureTlsaRecordsAreNone() {
        ways.dns.insecure("_25._tcp.mx.dane.test");
        assertThat(describe(ways.reach("dane.test", "mx.dane.test"))).startsWith("opportunistic");
    }

    /** RFC 7672 §2.2: records of which none can be used still demand TLS. */
    @Test
    void unusableTlsaRecordsDemandTlsWithoutProof() {
        assertThat(describe(ways.reach("old.test", "mx.old.test"))).isEqualTo("dane:unusable as mx.old.test: encrypt");
    }

    /** RFC 7672 §2.2.2: the end of a secure chain of aliases first, then its beginning. */
    @Test
    void followsSecureAliases() {
        ways.dns.add("""
                alias.test MX 10 a.alias.test
                a.alias.test CNAME b.alias.test
                b.alias.test CNAME c.alias.test
                c.alias.test A 192.0.2.7
                _25._tcp.a.alias.test TLSA 3 1 1 %1$s
                _25._tcp.b.alias.test TLSA 3 1 1 %1$s
                """.formatted(DIGEST));
        assertThat(describe(ways.reach("alias.test", "a.alias.test")))
                .isEqualTo("dane as a.alias.test: dane a.alias.test alias.test");
        ways.dns.add("_25._tcp.c.alias.test TLSA 3 1 1 " + DIGEST);
        assertThat(describe(ways.reach("alias.test", "a.alias.test")))
                .isEqualTo("dane as c.alias.test: dane c.alias.test a.alias.test alias.test");
    }

    /** RFC 7672 §2.2.2: a signed alias of a name that is not signed. */
    @Test
    void asksForTheRecordsOfASecureAliasOfAnInsecureName() {
        ways.dns.add("""
                cloud.test MX 10 mx.cloud.test
                mx.cloud.test CNAME host.provider.test
                host.provider.test A 192.0.2.8
                _25._tcp.mx.cloud.test TLSA 3 1 1 %1$s
                """.formatted(DIGEST));
        ways.dns.insecure("provider.test");
        assertThat(describe(ways.reach("cloud.test", "mx.cloud.test")))
                .isEqualTo("dane as mx.cloud.test: dane mx.cloud.test cloud.test");
    }

    @Test
    void anAliasFromAndToInsecureNamesHasNoRecords() {
        ways.dns.add("""
                cloud.test MX 10 mx.cloud.test
                mx.cloud.test CNAME host.provider.test
                host.provider.test A 192.0.2.8
                """);
        ways.dns.insecure("provider.test").insecure("mx.cloud.test");
        assertThat(describe(ways.reach("cloud.test", "mx.cloud.test"))).startsWith("opportunistic");
    }

    /** RFC 8461 §4.2 and §5. */
    @Test
    void anEnforcedPolicyDemandsAHostOfItAndItsCertificate() {
        ways.publishes("sts.test", ENFORCE);

        assertThat(describe(ways.reach("sts.test", "mx.sts.test")))
                .isEqualTo("sts:enforce as mx.sts.test: pkix mx.sts.test");
        Reach.Not not = (Reach.Not) ways.reach("sts.test", "other.sts.test");
        assertThat(not.policy()).isEqualTo("sts:enforce");
        assertThat(not.outcome()).isInstanceOf(Attempt.Deferred.class);
        assertThat(ways.failures).containsExactly("sts.test other.sts.test sts:enforce validation-failure");
    }

    @Test
    void aPolicyInTestingOnlyLooks() {
        ways.publishes("sts.test", ENFORCE.replace("enforce", "testing"));

        assertThat(describe(ways.reach("sts.test", "mx.sts.test")))
                .isEqualTo("sts:testing as mx.sts.test: may, watched pkix mx.sts.test");
        assertThat(describe(ways.reach("sts.test", "other.sts.test"))).isEqualTo("sts:mismatch as other.sts.test: may");
        assertThat(ways.failures).containsExactly("sts.test other.sts.test sts:testing validation-failure");
    }

    @Test
    void aPolicyOfNoneIsNone() {
        ways.publishes("sts.test", "version: STSv1\nmode: none\nmax_age: 86400\n");
        assertThat(describe(ways.reach("sts.test", "other.sts.test"))).startsWith("opportunistic");
    }

    /** RFC 8461 §3.3: as if there were none; but the domain hears of it. */
    @Test
    void aPolicyThatCannotBeHadIsReported() {
        ways.sts.put("sts.test", new StsFinding.Unreachable(ResultType.STS_POLICY_FETCH_ERROR, "status 404"));

        assertThat(describe(ways.reach("sts.test", "mx.sts.test"))).startsWith("opportunistic");
        assertThat(ways.failures).containsExactly("sts.test mx.sts.test sts:unreachable sts-policy-fetch-error");
    }

    /** RFC 8461 §2. */
    @Test
    void mtaStsNeverLoosensDane() {
        ways.publishes("dane.test", "version: STSv1\nmode: testing\nmx: other.test\nmax_age: 86400\n");
        assertThat(describe(ways.reach("dane.test", "mx.dane.test"))).startsWith("dane as");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,    local:none as mx.dane.test: none",
        "MAY,     local:may as mx.dane.test: may",
        "ENCRYPT, local:encrypt as mx.dane.test: encrypt",
        "VERIFY,  local:verify as mx.dane.test: pkix mx.dane.test",
        "DANE,    local:dane-only as mx.dane.test: dane mx.dane.test dane.test"
    })
    void anOperatorsPolicyComesFirst(TlsLevel level, String expected) {
        ways.demands("dane.test", level);
        assertThat(describe(ways.reach("dane.test", "mx.dane.test"))).isEqualTo(expected);
    }

    @Test
    void anOperatorMayNameTheNamesOfACertificate() {
        ways.demands("none.test", TlsLevel.VERIFY, "a.example", "b.example");
        assertThat(describe(ways.reach("none.test", "mx.none.test")))
                .isEqualTo("local:verify as mx.none.test: pkix a.example b.example");
    }

    @ParameterizedTest
    @CsvSource({"none.test, mx.none.test", "old.test, mx.old.test", "open.test, mx.dane.test"})
    void daneOnlyWaitsForRecordsThatCanBeUsed(String destination, String host) {
        ways.demands(destination, TlsLevel.DANE);
        assertThat(ways.reach(destination, host))
                .isInstanceOfSatisfying(
                        Reach.Not.class,
                        not -> assertThat(not.outcome().status()).isEqualTo("4.7.5"));
    }

    /** RFC 8689 §4.2.1. */
    @Test
    void requireTlsDemandsProofByDaneDnssecOrMtaSts() {
        assertThat(describe(required("dane.test", "mx.dane.test")))
                .isEqualTo("requiretls:dane as mx.dane.test: dane mx.dane.test dane.test");
        assertThat(describe(required("none.test", "mx.none.test")))
                .isEqualTo("requiretls:pkix as mx.none.test: pkix mx.none.test");
        assertThat(describe(required("old.test", "mx.old.test")))
                .isEqualTo("requiretls:pkix as mx.old.test: pkix mx.old.test");
        assertThat(outcome(required("sts.test", "mx.sts.test"))).isEqualTo("5.7.30");
        ways.publishes("sts.test", ENFORCE);
        assertThat(describe(required("sts.test", "mx.sts.test")))
                .isEqualTo("requiretls:sts as mx.sts.test: pkix mx.sts.test");
        assertThat(outcome(required("sts.test", "other.sts.test"))).isEqualTo("5.7.30");
        ways.sts.put("sts.test", new StsFinding.Unreachable(ResultType.STS_POLICY_FETCH_ERROR, "status 500"));
        assertThat(outcome(required("sts.test", "mx.sts.test"))).isEqualTo("4.7.5");
    }

    @ParameterizedTest
    @EnumSource(TlsLevel.class)
    void requireTlsMakesAnOperatorsPolicyStricterAndNeverLooser(TlsLevel level) {
        ways.demands("dane.test", level);
        Reach reach = required("dane.test", "mx.dane.test");
        if (level == TlsLevel.NONE) {
            assertThat(outcome(reach)).isEqualTo("5.7.30");
        } else {
            assertThat(((Reach.At) reach).tls()).isInstanceOf(TlsDemand.Verified.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MAY,     false, local:may as named.example: may",
        "ENCRYPT, false, local:encrypt as named.example: encrypt",
        "VERIFY,  false, local:verify as named.example: pkix named.example",
        "DANE,    false, local:dane-only as named.example: dane named.example dane.test",
        "NONE,    false, local:none as named.example: none",
        "MAY,     true,  requiretls:dane as named.example: dane named.example dane.test"
    })
    void aServerThatSomebodyNamedHasThePolicyOfItsRoute(TlsLevel level, boolean required, String expected) {
        ways.set.smarthost("", "", "named.example", 2525, level, "");
        Shipment shipment = Ways.shipment("dane.test", Optional.empty(), Optional.empty(), required);

        assertThat(describe(ways.routes.reach(shipment, new NextHop(DomainName.parse("named.example"), 2525))))
                .isEqualTo(expected);
    }

    @Test
    void implicitTlsIsNeverClearText() {
        ways.set.implicit("named.example", TlsLevel.MAY);
        Reach reach =
                ways.routes.reach(Ways.shipment("dane.test"), new NextHop(DomainName.parse("named.example"), 465));
        assertThat(describe(reach)).isEqualTo("local:may as named.example: encrypt");
    }

    @Test
    void aRelayDomainsHostHasThePolicyOfTheDomain() {
        ways.set.relay("relay.test", "named.example", 2525).policy("relay.test", TlsLevel.VERIFY);
        Reach reach =
                ways.routes.reach(Ways.shipment("relay.test"), new NextHop(DomainName.parse("named.example"), 2525));
        assertThat(describe(reach)).isEqualTo("local:verify as named.example: pkix named.example");
    }

    /** RFC 8460 §3: what fails must not keep its own report. */
    @Test
    void reportsGoWithoutThePoliciesThatTheyReportOn() {
        String hostname = "mail.own.test";
        Shipment shipment = Ways.shipment("dane.test");
        Shipment report = new Shipment(
                shipment.id(),
                shipment.destination(),
                shipment.senderDomain(),
                shipment.reroute(),
                new ReversePath(Optional.of(
                        ReportOrigin.of(hostname, domain -> domain.ascii().equals("own.test")))),
                shipment.options(),
                shipment.recipients(),
                shipment.octets(),
                false,
                false);

        assertThat(describe(ways.reach(report, "mx.dane.test"))).isEqualTo("local:report as mx.dane.test: may");
        assertThat(ReportOrigin.isOf(
                        new ReversePath(Optional.of(EmailAddress.parse("noreply-smtp-tls-reporting@evil.test"))),
                        hostname))
                .isFalse();
    }

    private Reach required(String destination, String host) {
        return ways.reach(Ways.requiringTls(destination), host);
    }

    private static String outcome(Reach reach) {
        return ((Reach.Not) reach).outcome().status();
    }

    private static String describe(Reach reach) {
        if (reach instanceof Reach.Not not) {
            return "not: " + not;
        }
        Reach.At at = (Reach.At) reach;
        return at.policy() + " as " + at.serverName() + ": " + demand(at.tls());
    }

    private static String demand(TlsDemand demand) {
        return switch (demand) {
            case TlsDemand.None _ -> "none";
            case TlsDemand.Encrypted _ -> "encrypt";
            case TlsDemand.Opportunistic(var observed) ->
                "may"
                        + observed.map(verifier -> ", watched " + verifier(verifier))
                                .orElse("");
            case TlsDemand.Verified(var verifier) -> verifier(verifier);
        };
    }

    private static String verifier(Object verifier) {
        return verifier instanceof DaneVerifier dane
                ? "dane " + names(dane.names())
                : "pkix " + names(((PkixVerifier) verifier).names());
    }

    private static String names(List<DomainName> names) {
        return names.stream().map(DomainName::ascii).collect(Collectors.joining(" "));
    }
}
