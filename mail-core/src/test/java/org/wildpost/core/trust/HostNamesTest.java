// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.DomainName;

/** RFC 9525 §6.3: the examples of the RFC first. */
class HostNamesTest {
    @ParameterizedTest
    @CsvSource({
        "foo.example.com,     foo.example.com,     true",
        "FOO.Example.COM,     foo.example.com,     true",
        "*.example.com,       foo.example.com,     true",
        "*.example.com,       bar.foo.example.com, false",
        "*.example.com,       example.com,         false",
        "foo.*.example.com,   foo.bar.example.com, false",
        "f*.example.com,      foo.example.com,     false",
        "*oo.example.com,     foo.example.com,     false",
        "*,                   com,                 false",
        "*.com,               example.com,         false",
        "*.*.example.com,     a.b.example.com,     false",
        "foo.example.com.,    foo.example.com,     false",
        "example.com,         foo.example.com,     false",
        "'',                  foo.example.com,     false",
        "xn--e1afmkfd.test,   xn--e1afmkfd.test,   true"
    })
    void comparesLabelByLabel(String presented, String reference, boolean expected) {
        assertThat(HostNames.matches(presented, DomainName.parse(reference))).isEqualTo(expected);
    }

    @Test
    void readsNamesAndAddressesButNeverTheCommonName() {
        TestCertificates host = TestCertificates.selfSigned("mx.example.org", "192.0.2.1", "2001:db8::1");

        assertThat(matches(host, "mx.example.org")).isTrue();
        assertThat(matches(host, "[192.0.2.1]")).isTrue();
        assertThat(matches(host, "[IPv6:2001:db8:0::1]")).isTrue();
        assertThat(matches(host, "192.0.2.1")).isFalse();
        assertThat(matches(host, "[192.0.2.2]")).isFalse();
        assertThat(matches(host, "[nonsense]")).isFalse();
        assertThat(matches(host, "host")).isFalse();
        assertThat(matches(TestCertificates.selfSigned(), "host")).isFalse();
    }

    @Test
    void oneOfSeveralNamesIsEnough() {
        assertThat(HostNames.anyMatches(
                        TestCertificates.selfSigned("*.b.test").certificate(),
                        List.of(DomainName.parse("a.test"), DomainName.parse("x.b.test"))))
                .isTrue();
    }

    private static boolean matches(TestCertificates host, String reference) {
        return HostNames.anyMatches(host.certificate(), List.of(DomainName.parse(reference)));
    }
}
