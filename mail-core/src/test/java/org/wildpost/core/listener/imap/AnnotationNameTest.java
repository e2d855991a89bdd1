// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5464 §3.2. */
class AnnotationNameTest {
    @ParameterizedTest
    @CsvSource({
        "/private/comment, false, /comment, true",
        "/Shared/Comment, true, /comment, true",
        "/private/filters/values/small, false, /filters/values/small, true",
        "/shared/vendor/acme/color, true, /vendor/acme/color, true",
        "/shared/vendor/acme, true, /vendor/acme, false",
        "/shared/vendor, true, /vendor, false",
        "/shared/vendors, true, /vendors, true",
        "/private, false, '', false",
    })
    void readsNames(String name, boolean shared, String path, boolean holdsValue) {
        AnnotationName parsed = AnnotationName.parse(name);

        assertThat(parsed).isEqualTo(new AnnotationName(shared, path));
        assertThat(parsed.holdsValue()).isEqualTo(holdsValue);
        assertThat(AnnotationName.parse(parsed.toString())).isEqualTo(parsed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "comment",
                "/comment",
                "/privately/x",
                "/private/",
                "/private//x",
                "/private/x/",
                "/shared/a*",
                "/shared/%",
                "/shared/\u00e4",
                "/shared/a\u0001",
                "private/x"
            })
    void refusesWhatIsNoName(String name) {
        assertThatThrownBy(() -> AnnotationName.parse(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNamesThatAreTooLong() {
        String longest = "/private/" + "x".repeat(AnnotationName.MAX_LENGTH - 9);

        assertThat(AnnotationName.parse(longest).toString()).isEqualTo(longest);
        assertThatThrownBy(() -> AnnotationName.parse(longest + "x")).isInstanceOf(IllegalArgumentException.class);
    }

    /** RFC 5464 §4.2.2. */
    @ParameterizedTest
    @CsvSource({
        "/shared/a, /shared/a, 0, true",
        "/shared/a/b, /shared/a, 0, false",
        "/shared/a/b, /shared/a, 1, true",
        "/shared/a/b/c, /shared/a, 1, false",
        "/shared/a/b/c, /shared/a, 2147483647, true",
        "/shared/ab, /shared/a, 1, false",
        "/private/a, /shared/a, 1, false",
        "/shared/a/b, /shared, 2147483647, true",
    })
    void knowsWhatLiesBelow(String name, String branch, int levels, boolean below) {
        assertThat(AnnotationName.parse(name).isAtOrBelow(AnnotationName.parse(branch), levels))
                .isEqualTo(below);
    }
}
