// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.faces.FacesException;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.event.PhaseId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.primefaces.csp.CspException;
import org.wildpost.web.session.AccessDenied;

class FaultsTest {
    static Stream<Arguments> expected() {
        return Stream.of(
                Arguments.of(new AccessDenied(), 403),
                Arguments.of(new FacesException(new IllegalStateException(new AccessDenied())), 403),
                Arguments.of(new FacesException(new MessageGone()), 404),
                Arguments.of(new ViewExpiredException("/mail/list"), 409),
                Arguments.of(new CspException("Missing CSP nonce"), 409));
    }

    @ParameterizedTest
    @MethodSource("expected")
    void turnsWhatIsExpectedIntoAStatus(Throwable fault, int status) {
        assertThat(Faults.status(fault, PhaseId.RENDER_RESPONSE)).hasValue(status);
    }

    @Test
    void leavesOtherFaultsToTheContainer() {
        assertThat(Faults.status(new FacesException(new IllegalStateException("x")), PhaseId.INVOKE_APPLICATION))
                .isEmpty();
    }

    @Test
    void takesAnyTroubleWithAPagesStateForStateThatIsGone() {
        assertThat(Faults.status(new FacesException(new IllegalStateException("x")), PhaseId.RESTORE_VIEW))
                .hasValue(409);
    }

    @Test
    void hasAPageForEveryStatus() throws Exception {
        String web = Files.readString(Path.of("src/main/webapp/WEB-INF/web.xml"));

        assertThat(web)
                .contains(
                        "<error-code>403</error-code>", "<error-code>404</error-code>", "<error-code>409</error-code>");
    }
}
