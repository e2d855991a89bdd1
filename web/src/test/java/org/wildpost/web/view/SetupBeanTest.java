// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetupBeanTest {
    @ParameterizedTest
    @CsvSource({
        "mail.example.org, mail.example.org",
        "mail.xn--bcher-kva.xn--p1ai, mail.xn--bcher-kva.xn--p1ai",
        "localhost, machine.test",
        "127.0.0.1, machine.test",
        "[::1], machine.test",
        "'\"><script>.test', machine.test"
    })
    void proposesTheNameThatTheVisitorCameUnder(String visited, String proposed) {
        assertThat(SetupBean.proposal(visited, "machine.test")).isEqualTo(proposed);
    }
}
