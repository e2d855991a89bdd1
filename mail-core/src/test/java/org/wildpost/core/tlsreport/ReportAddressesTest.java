// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.tlsreport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.DomainName;

/** RFC 8460 §3 and §4.3. */
class ReportAddressesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=TLSRPTv1; rua=mailto:reports@example.com                      | reports@example.com",
                "v=TLSRPTv1;rua=https://reporting.example.com/v1/tlsrpt;         | https://reporting.example.com/v1/tlsrpt",
                "v=TLSRPTv1; rua=mailto:a@x.test,https://y.test/z , MAILTO:b@x.test | a@x.test b@x.test https://y.test/z",
                "v=TLSRPTv1; rua=mailto:a+tls%2Frpt@x.test?subject=x             | a+tls/rpt@x.test",
                "v=TLSRPTv1; rua=http://y.test/z, ftp://y.test, mailto:nobody    | -",
                "v=TLSRPTv1; rua=https://user@y.test/, mailto:%zz                | -",
                "v=TLSRPTv1; rua=                                                | -",
                "v=TLSRPTv2; rua=mailto:a@x.test                                 | -"
            })
    void readsWhereReportsAreWanted(String text, String expected) {
        String found = ReportAddresses.of(List.of("v=spf1", text))
                .map(addresses -> (addresses.mail() + " " + addresses.https())
                        .replaceAll("[\\[\\],]", "")
                        .strip())
                .orElse("-");
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void twoRecordsAreNone() {
        String one = "v=TLSRPTv1; rua=mailto:a@x.test";
        assertThat(ReportAddresses.of(List.of(one, one))).isEmpty();
    }

    @Test
    void sendsToFewAddressesAlone() {
        assertThat(ReportAddresses.of(List.of("v=TLSRPTv1; rua=" + "mailto:a@x.test,".repeat(50))))
                .map(addresses -> addresses.mail().size())
                .contains(ReportAddresses.MAX);
    }

    @Test
    void knowsTheNamesOfTheRfc() {
        assertThat(ReportAddresses.name(DomainName.parse("example.org"))).isEqualTo("_smtp._tls.example.org");
        assertThat(ResultType.STS_POLICY_FETCH_ERROR.text()).isEqualTo("sts-policy-fetch-error");
    }
}
