// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.DomainName;

/** RFC 8461 §3.1, §3.2, §4.1. */
class StsTest {
    private static final String POLICY =
            "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\nmx: backupmx.example.com\r\nmax_age: 604800\r\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=STSv1; id=20160831085700Z;              | 20160831085700Z",
                "v=STSv1;id=1                              | 1",
                "v=STSv1; x=y; id=a; id=b                  | a",
                "v=STSv1; id=                              | -",
                "v=STSv1; id=a-b                           | -",
                "v=STSv1; id=123456789012345678901234567890123 | -",
                "v=STSv1                                   | -",
                "v=STSv10; id=1                            | -",
                "id=1; v=STSv1                             | -",
                "V=STSv1; id=1                             | -",
                "v=spf1 -all                               | -"
            })
    void readsTheRecord(String text, String expected) {
        assertThat(StsRecord.of(List.of("something else", text))
                        .map(StsRecord::id)
                        .orElse("-"))
                .isEqualTo(expected);
    }

    @Test
    void twoRecordsAreNone() {
        assertThat(StsRecord.of(List.of("v=STSv1; id=1", "v=STSv1; id=2"))).isEmpty();
    }

    @Test
    void readsThePolicyOfTheRfc() {
        StsPolicy policy = StsPolicy.parse(POLICY).orElseThrow();

        assertThat(policy)
                .isEqualTo(new StsPolicy(
                        StsPolicy.Mode.ENFORCE,
                        Duration.ofDays(7),
                        List.of("mail.example.com", "*.example.net", "backupmx.example.com")));
        assertThat(StsPolicy.parse(String.join("\n", policy.lines()))).contains(policy);
        assertThat(StsPolicy.parse(POLICY.replace("\r\n", "\n"))).contains(policy);
        assertThat(StsPolicy.parse("unknown: x\n\n" + POLICY + "mode: none\n")).contains(policy);
    }

    @ParameterizedTest
    @CsvSource({
        "mail.example.com,     true",
        "backupmx.example.com, true",
        "a.example.net,        true",
        "example.net,          false",
        "a.b.example.net,      false",
        "mail.example.org,     false"
    })
    void allowsTheHostsThatItNames(String host, boolean expected) {
        assertThat(StsPolicy.parse(POLICY).orElseThrow().allows(DomainName.parse(host)))
                .isEqualTo(expected);
    }

    @Test
    void needsNoHostsWhenThereIsNoPolicyAnyMore() {
        assertThat(StsPolicy.parse("version: STSv1\nmode: none\nmax_age: 60\n"))
                .map(StsPolicy::mode)
                .contains(StsPolicy.Mode.NONE);
    }

    @Test
    void isKeptForAYearAtMost() {
        assertThat(StsPolicy.parse(POLICY.replace("604800", "9999999999")))
                .map(StsPolicy::maxAge)
                .contains(StsPolicy.LONGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "version: STSv2\nmode: enforce\nmx: a.test\nmax_age: 1\n",
                "mode: enforce\nmx: a.test\nmax_age: 1\n",
                "version: STSv1\nmx: a.test\nmax_age: 1\n",
                "version: STSv1\nmode: strict\nmx: a.test\nmax_age: 1\n",
                "version: STSv1\nmode: enforce\nmax_age: 1\n",
                "version: STSv1\nmode: enforce\nmx: a.test\n",
                "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: -1\n",
                "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 1e3\n",
                "version: STSv1\nmode: enforce\nmx: *\nmax_age: 1\n",
                "version: STSv1\nmode: enforce\nmx: a.*.test\nmax_age: 1\n",
                "version: STSv1\nmode: enforce\nmx: [192.0.2.1]\nmax_age: 1\n",
                "<html><body>not found</body></html>"
            })
    void aPolicyThatIsMalformedIsNone(String text) {
        assertThat(StsPolicy.parse(text)).isEmpty();
    }

    @Test
    void aPolicyWithTooManyHostsIsNone() {
        String many = "mx: a.test\n".repeat(StsPolicy.MAX_PATTERNS + 1);
        assertThat(StsPolicy.parse("version: STSv1\nmode: enforce\n" + many + "max_age: 1\n"))
                .isEmpty();
    }

    @Property(tries = 500)
    void neverThrows(@ForAll String text, @ForAll List<String> lines) {
        StsPolicy.parse(text);
        StsPolicy.parse("version: STSv1\nmode: enforce\n" + String.join("\n", lines));
        StsRecord.of(lines);
        StsRecord.of(Arrays.asList("v=STSv1;" + text));
        assertThat(StsPolicy.Mode.ENFORCE.text()).isEqualTo("enforce");
    }
}
