// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.session;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.ejb.admin.AccountAdministration;
import org.wildpost.ejb.admin.AccountView;
import org.wildpost.ejb.admin.MailHandling;
import org.wildpost.ejb.identity.AuthenticationService;

/** What the login does with sessions and with time. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class SignInTest {
    private static final Owner ALICE = new Owner(7, "alice@demo.test", "Alice", true, "first");

    private final SignIn signIn = new SignIn();
    private final Browser browser = new Browser();
    private final List<LoginAttempt> attempts = new ArrayList<>();
    private Optional<String> mark = Optional.of("first");

    @BeforeEach
    void prepare() {
        signIn.authentication = new AuthenticationService() {
            @Override
            public LoginResult login(LoginAttempt attempt) {
                attempts.add(attempt);
                return attempt.password().reveal().equals("right")
                        ? new LoginResult.Accepted(new AccountId(7), EmailAddress.parse("alice@demo.test"))
                        : new LoginResult.Rejected(Duration.ofSeconds(10));
            }

            @Override
            public Optional<String> passwordMark(EmailAddress address) {
                return mark;
            }
        };
        signIn.accounts = new AccountAdministration() {
            @Override
            public Optional<AccountView> find(AccountId id) {
                return Optional.of(new AccountView(
                        id,
                        EmailAddress.parse("alice@demo.test"),
                        "Alice",
                        false,
                        true,
                        List.of(),
                        MailHandling.ORDINARY,
                        Instant.EPOCH,
                        Instant.EPOCH));
            }
        };
    }

    @Test
    void givesWhoLogsInASessionThatNobodyPrepared() {
        browser.session().setAttribute("left by another", true);

        assertThat(signIn.login(browser.request(), " alice@demo.test ", "right"))
                .isTrue();

        assertThat(browser.made).isEqualTo(2);
        assertThat(browser.attributes).containsOnlyKeys(Owner.ATTRIBUTE);
        assertThat(browser.attributes.get(Owner.ATTRIBUTE)).isEqualTo(ALICE);
        assertThat(attempts.getFirst().username()).isEqualTo("alice@demo.test");
        assertThat(attempts.getFirst().protocol()).isEqualTo(MailProtocol.WEB);
        assertThat(attempts.getFirst().peer().tls()).isPresent();
    }

    @Test
    @Timeout(5)
    void holdsNoThreadAfterAWrongPassword() {
        assertThat(signIn.login(browser.request(), "alice@demo.test", "wrong")).isFalse();
        assertThat(browser.made).isZero();
    }

    @Test
    void forgetsEverythingAtTheLogout() {
        signIn.login(browser.request(), "alice@demo.test", "right");
        signIn.logout(browser.request());

        assertThat(browser.there).isFalse();
    }

    @Test
    void endsEverySessionOfAPasswordThatWasChanged() {
        assertThat(signIn.standing(ALICE)).contains(ALICE);
        mark = Optional.of("second");
        assertThat(signIn.standing(ALICE)).isEmpty();
    }

    @Test
    void endsSessionsWhenNobodyMayLogInAnyMore() {
        mark = Optional.empty();
        assertThat(signIn.standing(ALICE)).isEmpty();
        assertThat(signIn.login(browser.request(), "alice@demo.test", "right")).isFalse();
    }

    /** A browser and the one session that the container keeps for it. */
    private static final class Browser {
        private final Map<String, Object> attributes = new HashMap<>();
        private boolean there;
        private int made;

        HttpSession session() {
            if (!there) {
                there = true;
                made++;
            }
            return proxy(HttpSession.class, (name, arguments) -> switch (name) {
                case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                case "getAttribute" -> attributes.get((String) arguments[0]);
                case "invalidate" -> {
                    attributes.clear();
                    there = false;
                    yield null;
                }
                default -> throw new UnsupportedOperationException(name);
            });
        }

        HttpServletRequest request() {
            return proxy(HttpServletRequest.class, (name, arguments) -> switch (name) {
                case "getSession" -> there || arguments == null || Boolean.TRUE.equals(arguments[0]) ? session() : null;
                case "isSecure" -> true;
                case "getAttribute" -> "TLS_AES_256_GCM_SHA384";
                case "getRemoteAddr" -> "192.0.2.7";
                case "getRemotePort" -> 4711;
                default -> throw new UnsupportedOperationException(name);
            });
        }
    }

    private interface Answers {
        @Nullable
        Object answer(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.answer(method.getName(), arguments)));
    }
}
