// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FullDiskTest {
    private final SQLException full = new SQLException("could not extend file", "53100");

    @Test
    void isFoundWhereverItIsSaid() {
        BatchUpdateException batch = new BatchUpdateException("batch entry 0", "08006", new int[0]);
        batch.setNextException(full);

        assertThat(FullDisk.causes(full)).isTrue();
        assertThat(FullDisk.causes(new DatabaseException(full))).isTrue();
        assertThat(FullDisk.causes(new IllegalStateException(new DatabaseException(batch))))
                .isTrue();
    }

    @Test
    void isNothingElse() {
        SQLException away = new SQLException("the connection was closed", "08006");
        RuntimeException circle = new RuntimeException("one");
        circle.initCause(new RuntimeException("two", circle));

        assertThat(FullDisk.causes(away)).isFalse();
        assertThat(FullDisk.causes(new DatabaseException(away))).isFalse();
        assertThat(FullDisk.causes(circle)).isFalse();
    }
}
