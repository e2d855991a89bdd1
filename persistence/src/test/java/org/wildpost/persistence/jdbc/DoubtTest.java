// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubtTest {
    @ParameterizedTest
    @CsvSource({
        "22021, false",
        "23505, false",
        "40P01, false",
        "40001, false",
        "53100, false",
        "55P03, false",
        "57014, false",
        "40003, true",
        "08006, true",
        "57P01, true",
        "57P02, true",
        "58030, true",
        "XX000, true",
        "X, true",
        ", true"
    })
    void remainsUnlessTheDatabaseRefusedTheStatement(String state, boolean remains) {
        assertThat(Doubt.remainsAfter(new SQLException("a fault", state))).isEqualTo(remains);
    }
}
