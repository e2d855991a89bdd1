// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.DomainName;

/** The resolver against servers of others: nsd with signed zones, asked directly and through unbound. RFC 4035, RFC 3596, RFC 6698, RFC 7505. */
class SignedZonesTest {
    @TempDir
    static Path folder;

    private static SignedZones zones;

    @BeforeAll
    static void start() throws IOException {
        zones = new SignedZones(folder);
    }

    @AfterAll
    static void stop() {
        if (zones != null) {
            zones.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"signed.test", "nsec3.test"})
    void provesWhatIsThere(String zone) {
        try (DnsJavaResolver dns = resolver(zones.address(), zones.anchors())) {
            assertThat(secureRecords(dns.mx(DomainName.parse(zone))))
                    .containsExactlyInAnyOrder(
                            new MxRecord(10, Optional.of(DomainName.parse("mx." + zone))),
                            new MxRecord(20, Optional.of(DomainName.parse("mx2." + zone))));
            assertThat(secureRecords(dns.addresses(DomainName.parse("mx." + zone))))
                    .containsExactlyInAnyOrder(
                            InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
            assertThat(secureRecords(dns.addresses(DomainName.parse("mx2." + zone))))
                    .containsExactly(InetAddress.ofLiteral("192.0.2.2"));
            assertThat(secureRecords(dns.tlsa(DomainName.parse("mx." + zone), 25)))
                    .hasSize(1)
                    .first()
                    .hasToString("3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
            assertThat(secureRecords(dns.txt("text." + zone))).containsExactly("one record");
            assertThat(secureRecords(dns.mx(DomainName.parse("nomail." + zone))))
                    .containsExactly(new MxRecord(0, Optional.empty()));
            assertThat(secureRecords(dns.addresses(DomainName.parse("www." + zone))))
                    .hasSize(2);
            assertThat(secureRecords(dns.alias(DomainName.parse("www." + zone))))
                    .containsExactly(DomainName.parse("mx." + zone));
            assertThat(secureRecords(dns.addresses(DomainName.parse("any.wild." + zone))))
                    .containsExactly(InetAddress.ofLiteral("192.0.2.9"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"signed.test", "nsec3.test"})
    void provesWhatIsNotThere(String zone) {
        try (DnsJavaResolver dns = resolver(zones.address(), zones.anchors())) {
            assertThat(dns.txt("mx." + zone)).isEqualTo(new DnsAnswer.None<>(true, true));
            assertThat(dns.txt("nothing." + zone)).isEqualTo(new DnsAnswer.None<>(false, true));
            assertThat(dns.tlsa(DomainName.parse("mx2." + zone), 25)).isEqualTo(new DnsAnswer.None<>(false, true));
            assertThat(dns.alias(DomainName.parse("mx." + zone))).isEqualTo(new DnsAnswer.None<>(true, true));
        }
    }

    @Test
    void takesWhatIsNotSignedForInsecure() {
        try (DnsJavaResolver dns = resolver(zones.address(), zones.anchors())) {
            assertThat(dns.addresses(DomainName.parse("mx2.plain.test")))
                    .isInstanceOfSatisfying(
                            DnsAnswer.Found.class,
                            found -> assertThat(found.secure()).isFalse());
            assertThat(dns.txt("nothing.plain.test")).isEqualTo(new DnsAnswer.None<>(false, false));
        }
    }

    /** RFC 4035 §5.5: an answer that its signatures do not prove is no answer, and never "there is none". */
    @ParameterizedTest
    @ValueSource(strings = {"mx2.forged.test", "mx2.expired.test", "mx2.stripped.test", "nothing.stripped.test"})
    void failsForWhatIsBogus(String name) {
        try (DnsJavaResolver dns = resolver(zones.address(), zones.anchors())) {
            assertThat(dns.addresses(DomainName.parse(name)))
                    .isInstanceOfSatisfying(
                            DnsAnswer.Failed.class,
                            failed -> assertThat(failed.reason()).startsWith("SERVFAIL: "));
        }
    }

    @Test
    void failsForEverythingWhenTheRootHasAnotherKey() {
        try (DnsJavaResolver dns = resolver(zones.address(), DnsSettings.ROOT_ANCHORS)) {
            assertThat(dns.txt("text.signed.test")).isInstanceOf(DnsAnswer.Failed.class);
            assertThat(dns.txt("text.plain.test")).isInstanceOf(DnsAnswer.Failed.class);
        }
    }

    @Test
    void asksByTcpForWhatDoesNotFit() {
        try (DnsJavaResolver dns = resolver(zones.address(), zones.anchors())) {
            assertThat(secureRecords(dns.txt("many.signed.test"))).hasSize(20);
        }
    }

    /** A server that only passes signatures on; aliases lead from zone to zone. */
    @Test
    void provesAnswersOfARecursiveServer(@TempDir Path other) throws IOException {
        try (Unbound unbound = new Unbound(other, zones, false);
                DnsJavaResolver dns = resolver(unbound.address(), zones.anchors())) {
            assertThat(secureRecords(dns.addresses(DomainName.parse("home.nsec3.test"))))
                    .hasSize(2);
            assertThat(dns.addresses(DomainName.parse("away.signed.test")))
                    .isInstanceOfSatisfying(
                            DnsAnswer.Found.class,
                            found -> assertThat(found.secure()).isFalse());
            assertThat(secureRecords(dns.alias(DomainName.parse("away.signed.test"))))
                    .containsExactly(DomainName.parse("mx.plain.test"));
            assertThat(dns.addresses(DomainName.parse("home.plain.test")))
                    .isInstanceOfSatisfying(
                            DnsAnswer.Found.class,
                            found -> assertThat(found.secure()).isFalse());
            assertThat(dns.addresses(DomainName.parse("mx2.forged.test"))).isInstanceOf(DnsAnswer.Failed.class);
            assertThat(dns.txt("nothing.signed.test")).isEqualTo(new DnsAnswer.None<>(false, true));
        }
    }

    /** RFC 6840 §5.7. */
    @Test
    void believesTheBitOfAValidatingServerOnTheSameHost(@TempDir Path other) throws IOException {
        try (Unbound unbound = new Unbound(other, zones, true);
                DnsJavaResolver dns = new DnsJavaResolver(settings(unbound.address(), DnsSettings.Proof.AD_BIT, ""))) {
            assertThat(secureRecords(dns.addresses(DomainName.parse("mx.signed.test"))))
                    .hasSize(2);
            assertThat(dns.addresses(DomainName.parse("away.signed.test")))
                    .isInstanceOfSatisfying(
                            DnsAnswer.Found.class,
                            found -> assertThat(found.secure()).isFalse());
            assertThat(dns.txt("nothing.signed.test")).isEqualTo(new DnsAnswer.None<>(false, true));
            assertThat(dns.addresses(DomainName.parse("mx2.forged.test"))).isInstanceOf(DnsAnswer.Failed.class);
        }
    }

    @Test
    void provesNothingWhereThatIsSwitchedOff() {
        try (DnsJavaResolver dns = new DnsJavaResolver(settings(zones.address(), DnsSettings.Proof.NONE, ""))) {
            assertThat(dns.addresses(DomainName.parse("mx2.forged.test")))
                    .isInstanceOfSatisfying(
                            DnsAnswer.Found.class,
                            found -> assertThat(found.secure()).isFalse());
        }
    }

    private static <T> List<T> secureRecords(DnsAnswer<T> answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        DnsAnswer.Found.class,
                        found -> assertThat(found.secure()).isTrue());
        return answer.recordsOrNone();
    }

    private static DnsJavaResolver resolver(InetSocketAddress server, String anchors) {
        return new DnsJavaResolver(settings(server, DnsSettings.Proof.IN_PROCESS, anchors));
    }

    private static DnsSettings settings(InetSocketAddress server, DnsSettings.Proof proof, String anchors) {
        return new DnsSettings(List.of(server), Duration.ofSeconds(20), proof, anchors);
    }
}
