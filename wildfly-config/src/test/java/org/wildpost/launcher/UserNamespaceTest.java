// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserNamespaceTest {
    @ParameterizedTest
    @ValueSource(strings = {"false", "there-is-no-such-program"})
    void saysWhatToDoWhereRootMayNotMakeOne(String probe) {
        assertThatThrownBy(() -> UserNamespace.check(List.of(probe)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("start as an ordinary user")
                .hasMessageContaining("WILDPOST_DB_URL");
    }

    @Test
    void saysNothingWhereRootMay() {
        assertThatCode(() -> UserNamespace.check(List.of("true"))).doesNotThrowAnyException();
    }
}
