// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatelessPagesTest {
    @ParameterizedTest
    @CsvSource({
        "/login.xhtml, true",
        "/WEB-INF/errorpages/404.xhtml, true",
        "/setup.xhtml, false",
        "/mail/list.xhtml, false",
        "/admin/accounts/edit.xhtml, false"
    })
    void keepsNothingOfWhatStrangersSee(String viewId, boolean stateless) {
        assertThat(StatelessPages.isStateless(viewId)).isEqualTo(stateless);
    }
}
