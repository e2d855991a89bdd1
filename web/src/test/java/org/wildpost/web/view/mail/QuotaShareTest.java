// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How full mailboxes are, for the person. */
class QuotaShareTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1000, 0, false",
        "1, 1000, 1, false",
        "890, 1000, 89, false",
        "891, 1000, 90, true",
        "999, 1000, 100, true",
        "1000, 1000, 100, true",
        "5000, 1000, 100, true",
        "0, 0, 100, true",
        "4611686018427387904, 9223372036854775807, 50, false"
    })
    void roundsUpAndNeverTellsOfMoreThanAll(long used, long limit, long percent, boolean scarce) {
        QuotaShare share = QuotaShare.of("", used, limit);

        assertThat(share.percent()).isEqualTo(percent);
        assertThat(share.scarce()).isEqualTo(scarce);
    }
}
