// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.tlsreport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ReversePath;

/** RFC 8460 §3. */
class ReportOriginTest {
    @ParameterizedTest
    @CsvSource({
        "mail.own.test, own.test,           own.test",
        "mail.own.test, own.test mail.own.test, mail.own.test",
        "a.b.own.test,  own.test,           own.test",
        "mail.own.test, other.test,         mail.own.test",
        "localhost,     own.test,           localhost"
    })
    void isAtADomainWhoseKeysCanSign(String hostname, String hosted, String expected) {
        List<String> domains = List.of(hosted.split(" "));

        EmailAddress address = ReportOrigin.of(hostname, domain -> domains.contains(domain.ascii()));

        assertThat(address.domain()).isEqualTo(new DomainName(expected));
        assertThat(ReportOrigin.isOf(new ReversePath(Optional.of(address)), hostname))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "noreply-smtp-tls-reporting@evil.test",
        "noreply-smtp-tls-reporting@il.own.test",
        "somebody@own.test",
    })
    void isNobodyElse(String address) {
        assertThat(ReportOrigin.isOf(new ReversePath(Optional.of(EmailAddress.parse(address))), "mail.own.test"))
                .isFalse();
        assertThat(ReportOrigin.isOf(ReversePath.NULL, "mail.own.test")).isFalse();
    }
}
