// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets where, and what the browser may decide. */
class SessionTest {
    private static final Optional<Owner> NOBODY = Optional.empty();
    private static final Optional<Owner> ALICE = Optional.of(new Owner(1, "alice@demo.test", "Alice", false, "m"));
    private static final Optional<Owner> ADMIN = Optional.of(new Owner(2, "admin@demo.test", "", true, "m"));

    @ParameterizedTest
    @CsvSource({
        "/login, LOGIN",
        "/login.xhtml, LOGIN",
        "/setup, SETUP",
        "/setup.xhtml, SETUP",
        "/setup/x, OWNER",
        "/jakarta.faces.resource/wildpost.css.xhtml, OPEN",
        "/health/ready, MACHINE",
        "/admin/api/v1/boxes, MACHINE",
        "/mail/list, OWNER",
        "/mail/content/1/2/html, OWNER",
        "/anything, OWNER",
        "/loginx, OWNER",
        "/healthy, OWNER",
        "/admin, ADMINISTRATOR",
        "/admin/, ADMINISTRATOR",
        "/admin/accounts/list.xhtml, ADMINISTRATOR",
        "/admin/apix, ADMINISTRATOR"
    })
    void knowsWhatEachPathNeeds(String path, Access access) {
        assertThat(Access.of(path)).isEqualTo(access);
    }

    @Test
    void letsNobodyInWithoutALoginAndOnlyAdministratorsIntoAdministration() {
        assertThat(Access.OPEN.allows(NOBODY)).isTrue();
        assertThat(Access.LOGIN.allows(NOBODY)).isTrue();
        assertThat(Access.OWNER.allows(NOBODY)).isFalse();
        assertThat(Access.OWNER.allows(ALICE)).isTrue();
        assertThat(Access.ADMINISTRATOR.allows(NOBODY)).isFalse();
        assertThat(Access.ADMINISTRATOR.allows(ALICE)).isFalse();
        assertThat(Access.ADMINISTRATOR.allows(ADMIN)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, same-origin, false",
        "POST, none, false",
        "POST, , false",
        "POST, cross-site, true",
        "POST, same-site, true",
        "DELETE, cross-site, true",
        "GET, cross-site, false",
        "HEAD, cross-site, false"
    })
    void letsPagesOfOtherSitesLinkHereButChangeNothing(String method, @Nullable String site, boolean refused) {
        assertThat(Sites.mayNot(method, site)).isEqualTo(refused);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "https://evil.test/",
                "//evil.test/mail/list",
                "/mail//evil.test",
                "/\\evil.test",
                "/mail/\\evil",
                "/login",
                "/setup",
                "/mail/list\r\nX: y",
                "/admin/api/v1/boxes",
                "/mail/content/1/2/part/1",
                "javascript:alert(1)"
            })
    void leadsNowhereElseAfterTheLogin(String asked) {
        assertThat(LocalPath.of(asked)).isEqualTo("/mail/list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/mail/read?folder=3&uid=7", "/admin/accounts/list", "/admin/accounts/edit?account=a%40b.test"})
    void leadsBackToThePageThatWasAskedFor(String asked) {
        assertThat(LocalPath.of(asked)).isEqualTo(asked);
    }

    @Test
    void takesTheFirstLanguageThatWeHave() {
        assertThat(Preferences.preferred(List.of(Locale.FRENCH, Locale.forLanguageTag("zh-TW"), Locale.ENGLISH)))
                .isEqualTo(Locale.SIMPLIFIED_CHINESE);
        assertThat(Preferences.preferred(List.of(Locale.UK))).isEqualTo(Locale.ENGLISH);
        assertThat(Preferences.preferred(List.of(Locale.FRENCH))).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void takesNoLanguageAndNoZoneThatItDoesNotKnow() {
        assertThat(Preferences.language("zh-CN")).contains(Locale.SIMPLIFIED_CHINESE);
        assertThat(Preferences.language("en\"><script>")).isEmpty();
        assertThat(Preferences.zone("Asia%2FShanghai")).contains(ZoneId.of("Asia/Shanghai"));
        assertThat(Preferences.zone("Mars/Olympus")).isEmpty();
    }
}
