// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5256 §2.1, step by step. */
class BaseSubjectTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                // step 1
                "hello|hello|false",
                "hello \t  world|hello world|false",
                "''|''|false",
                "   |''|false",
                // step 2
                "hello  |hello|false",
                "hello (fwd)|hello|true",
                "hello (FWD) (fwd) |hello|true",
                "(fwd)|''|true",
                "hello (fwd) now|hello (fwd) now|false",
                // step 3
                "Re: hello|hello|true",
                "RE:hello|hello|true",
                "re : hello|hello|true",
                "Fw: hello|hello|true",
                "FWD: hello|hello|true",
                "re[2]: hello|hello|true",
                "re [2] : hello|hello|true",
                "Re: Re: fwd: hello|hello|true",
                "[list] re: hello|hello|true",
                "[list] [two] re: hello|hello|true",
                "Rez: hello|Rez: hello|false",
                "re hello|re hello|false",
                "re[2: hello|re[2: hello|false",
                "Antwort: hello|Antwort: hello|false",
                // step 4
                "[list] hello|hello|false",
                "[a][b] hello|hello|false",
                "[only]|[only]|false",
                "[a][only]|[only]|false",
                "[a [b] hello|[a [b] hello|false",
                // step 5
                "[a] re: [b] hello|hello|true",
                "re: [b] re: hello|hello|true",
                "re: [only]|[only]|true",
                // step 6
                "[fwd: hello]|hello|true",
                "[FWD: re: hello (fwd)] |hello|true",
                "[fwd: [fwd: hello]]|hello|true",
                "[fwd: [list] hello]|hello|true",
                "re: [fwd: hello]|hello|true",
                "[fwd:]|''|true",
                "[fwd: hello] there|there|false"
            })
    void findsTheBase(String subject, String base, boolean reply) {
        assertThat(BaseSubject.of(subject)).isEqualTo(new BaseSubject(base, reply));
    }

    @Test
    void takesLittleTimeForManyMarks() {
        String blobs = "[a]".repeat(100_000);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(BaseSubject.of(blobs).text()).isEqualTo("[a]");
            assertThat(BaseSubject.of("re: ".repeat(100_000) + blobs + "x").text())
                    .isEqualTo("x");
            assertThat(BaseSubject.of("[fwd: ".repeat(50_000) + "x" + "]".repeat(50_000))
                            .text())
                    .isEqualTo("x");
        });
    }
}
