// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.TokenAttempt;
import org.wildpost.core.sasl.ScramVerifier;
import org.wildpost.core.sasl.ScramVerifiers;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.sasl.TokenIssuer;
import org.wildpost.core.sasl.TokenRefusal;
import org.wildpost.core.sasl.TokenResult;
import org.wildpost.core.sasl.TokenVerdict;
import org.wildpost.core.sasl.TokenVerifier;
import org.wildpost.ejb.TestClock;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.persistence.account.Account;
import org.wildpost.persistence.account.JpaAccounts;
import org.wildpost.persistence.domain.Domain;
import org.wildpost.persistence.domain.JpaDomains;
import org.wildpost.persistence.setting.JpaSettings;

@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class AuthenticationServiceTest {
    private static final Secret PASSWORD = new Secret("correct horse");
    private static final Secret WRONG = new Secret("wrong horse!");
    private static final PasswordSchemes SCHEMES = new PasswordSchemes();
    private static TestDatabase database;

    private final TestClock clock = new TestClock();
    private final List<Duration> pauses = new ArrayList<>();
    private AuthenticationService service;

    @BeforeAll
    static void startDatabase() {
        database = new TestDatabase();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void aliceAndBob() {
        database.empty();
        database.tx(() -> {
            Domain domain = new Domain(DomainName.parse("demo.test"), Instant.EPOCH);
            new JpaDomains(database.entityManager()).add(domain);
            for (String name : List.of("alice", "bob", "\ufb01")) {
                EmailAddress address = EmailAddress.parse(name + "@demo.test");
                new JpaAccounts(database.entityManager())
                        .add(new Account(
                                domain,
                                address,
                                SCHEMES.hash(PASSWORD),
                                ScramVerifiers.derive(PASSWORD),
                                Instant.EPOCH));
            }
            return true;
        });
        service = service();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@demo.test", "Alice@DEMO.Test", " alice@demo.test "})
    void letsTheOwnerInUnderAnyWritingOfTheName(String username) {
        assertThat(login(username, PASSWORD, "192.0.2.1"))
                .isInstanceOfSatisfying(
                        LoginResult.Accepted.class,
                        accepted -> assertThat(accepted.address()).hasToString("alice@demo.test"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@demo.test", "nobody@demo.test", "alice", "", "alice@demo.test\r\nx", "\u0000"})
    void letsNobodyInWithAnotherPassword(String username) {
        assertThat(login(username, WRONG, "192.0.2.1")).isEqualTo(new LoginResult.Rejected(Duration.ZERO));
    }

    /** RFC 4616 §2: a name is prepared before it is compared, unless somebody has it as it was typed. */
    @Test
    void knowsANameHoweverItIsTyped() {
        assertThat(login("\uff41li\u00adce@demo.test", PASSWORD, "192.0.2.1")).isInstanceOf(LoginResult.Accepted.class);
        assertThat(scram("\uff41lice@demo.test", true)).isInstanceOf(LoginResult.Accepted.class);
        assertThat(lookup("\uff41lice@demo.test").salt())
                .isEqualTo(lookup("alice@demo.test").salt());

        assertThat(login("\ufb01@demo.test", PASSWORD, "192.0.2.1")).isInstanceOf(LoginResult.Accepted.class);
        assertThat(scram("\ufb01@demo.test", true)).isInstanceOf(LoginResult.Accepted.class);
        assertThat(login("fi@demo.test", PASSWORD, "192.0.2.1")).isInstanceOf(LoginResult.Rejected.class);
    }

    @Test
    void letsNobodyIntoWhatIsDisabled() {
        assertThat(login("alice@demo.test", PASSWORD, "192.0.2.1")).isInstanceOf(LoginResult.Accepted.class);
        database.execute("update account set disabled = true where local_part = 'alice'");
        assertThat(login("alice@demo.test", PASSWORD, "192.0.2.1")).isInstanceOf(LoginResult.Rejected.class);
        assertThat(scram("alice@demo.test", true)).isInstanceOf(LoginResult.Rejected.class);

        database.execute("update domain set disabled = true");
        assertThat(login("bob@demo.test", PASSWORD, "192.0.2.1")).isInstanceOf(LoginResult.Rejected.class);
        assertThat(scram("bob@demo.test", true)).isInstanceOf(LoginResult.Rejected.class);
    }

    @Test
    void marksThePasswordForThoseWhoStayLoggedIn() {
        EmailAddress alice = EmailAddress.parse("Alice@demo.test");
        Optional<String> first = service.passwordMark(alice);
        assertThat(first).isPresent().isEqualTo(service.passwordMark(alice));
        assertThat(service.passwordMark(EmailAddress.parse("bob@demo.test")))
                .isPresent()
                .isNotEqualTo(first);

        database.execute("update account set password_hash = 'another' where local_part = 'alice'");
        assertThat(service.passwordMark(alice)).isPresent().isNotEqualTo(first);
        database.execute("update domain set disabled = true");
        assertThat(service.passwordMark(alice)).isEmpty();
        assertThat(service.passwordMark(EmailAddress.parse("nobody@demo.test"))).isEmpty();
    }

    @Test
    void aClientThatPollsCostsNoHashUntilTimePassesOrThePasswordChanges() {
        // A hash that costs much more than all else in a login.
        String hash = Sha2Crypt.sha512Crypt(
                PASSWORD.reveal().getBytes(StandardCharsets.UTF_8), "$6$rounds=300000$saltstring");
        database.execute("update account set password_hash = '" + hash + "' where local_part = 'alice'");
        login("alice@demo.test", PASSWORD, "192.0.2.1");

        assertThat(millisOf(() -> {
                    for (int i = 0; i < 20; i++) {
                        login("alice@demo.test", PASSWORD, "192.0.2.1");
                    }
                }))
                .as("twenty logins that cost less than five hashes")
                .isLessThan(5 * millisOf(() -> SCHEMES.verify(PASSWORD, hash)));

        database.tx(() -> {
            Account alice = new JpaAccounts(database.entityManager())
                    .find(EmailAddress.parse("alice@demo.test"))
                    .orElseThrow();
            alice.changePassword(SCHEMES.hash(WRONG), ScramVerifiers.derive(WRONG), Instant.EPOCH);
            return true;
        });
        assertThat(login("alice@demo.test", PASSWORD, "192.0.2.1")).isInstanceOf(LoginResult.Rejected.class);
        assertThat(login("alice@demo.test", WRONG, "192.0.2.1")).isInstanceOf(LoginResult.Accepted.class);
    }

    @Test
    void anUnknownNameCostsTheWorkOfAHash() {
        login("nobody@demo.test", WRONG, "192.0.2.1");
        long known = best(() -> login("alice@demo.test", WRONG, "192.0.2.2"));
        long unknown = best(() -> login("nobody@demo.test", WRONG, "192.0.2.3"));

        assertThat(unknown).isBetween(known / 3, known * 3);
    }

    @Test
    void scramGivesTheVerifierThatThePasswordSatisfies() {
        ScramVerifier verifier = lookup("Alice@demo.test");

        assertThat(ScramVerifiers.derive(PASSWORD, verifier.salt(), verifier.iterations())
                        .storedKey())
                .isEqualTo(verifier.storedKey());
        assertThat(scram("Alice@demo.test", true)).isInstanceOf(LoginResult.Accepted.class);
        assertThat(scram("alice@demo.test", false)).isInstanceOf(LoginResult.Rejected.class);
    }

    /** RFC 5802 §9: whether a name exists cannot be seen. */
    @Test
    void scramMakesUpAVerifierThatIsTheSameEverywhereAndForEver() {
        ScramVerifier verifier = lookup("nobody@demo.test");

        assertThat(verifier.iterations()).isEqualTo(lookup("alice@demo.test").iterations());
        assertThat(verifier.salt()).hasSameSizeAs(lookup("alice@demo.test").salt());
        assertThat(lookup("Nobody@Demo.test").salt()).isEqualTo(verifier.salt());
        AuthenticationService otherNode = service();
        assertThat(otherNode
                        .scram(MailProtocol.IMAP, peer("192.0.2.9"), "nobody@demo.test")
                        .verifier()
                        .salt())
                .isEqualTo(verifier.salt());
        assertThat(lookup("somebody@demo.test").salt()).isNotEqualTo(verifier.salt());
        assertThat(scram("nobody@demo.test", true)).isInstanceOf(LoginResult.Rejected.class);
    }

    @Test
    void guessersWaitBeforeTheyAreLookedAtWhetherRightOrWrong() {
        for (int i = 0; i < 4; i++) {
            login("bob@demo.test", WRONG, "192.0.2.1");
        }
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));

        assertThat(login("alice@demo.test", PASSWORD, "192.0.2.1")).isInstanceOf(LoginResult.Accepted.class);
        assertThat(scram("bob@demo.test", true, "192.0.2.1")).isInstanceOf(LoginResult.Accepted.class);
        assertThat(pauses).hasSize(3);
        assertThat(login("alice@demo.test", PASSWORD, "192.0.2.1")).isInstanceOf(LoginResult.Accepted.class);
        assertThat(pauses).hasSize(3);
    }

    @Test
    void strangersNeverLockTheOwnerOut() {
        login("alice@demo.test", PASSWORD, "192.0.2.1");
        for (int i = 0; i < 50; i++) {
            assertThat(login("alice@demo.test", WRONG, "198.51.100." + i)).isInstanceOf(LoginResult.Rejected.class);
        }
        pauses.clear();

        assertThat(login("alice@demo.test", PASSWORD, "192.0.2.1")).isInstanceOf(LoginResult.Accepted.class);
        assertThat(pauses).isEmpty();
        assertThat(login("alice@demo.test", PASSWORD, "203.0.113.1")).isInstanceOf(LoginResult.Accepted.class);
        assertThat(pauses).containsExactly(LoginThrottle.MOST_BY_ACCOUNT);
    }

    @Test
    void strangersWhoFillTheWaitingRoomLockNobodyOut() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        CountDownLatch door = new CountDownLatch(1);
        CountDownLatch seated = new CountDownLatch(WaitingRoom.OVER_HTTP);
        service = service(duration -> {
            if (closed.get()) {
                seated.countDown();
                door.await();
            }
        });
        for (int i = 0; i < LoginThrottle.FREE * (WaitingRoom.OVER_HTTP + 1); i++) {
            login("alice@demo.test", WRONG, "198.51.100." + i % (WaitingRoom.OVER_HTTP + 1));
        }
        closed.set(true);
        try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (int i = 0; i < WaitingRoom.OVER_HTTP; i++) {
                    String from = "198.51.100." + i;
                    strangers.execute(() -> overHttp(WRONG, from));
                }
                assertThat(seated.await(20, TimeUnit.SECONDS)).isTrue();

                assertThat(overHttp(PASSWORD, "203.0.113.1")).isInstanceOf(LoginResult.Accepted.class);
                assertThat(overHttp(PASSWORD, "198.51.100." + WaitingRoom.OVER_HTTP))
                        .as("a guesser is sent away, right or wrong")
                        .isInstanceOf(LoginResult.Rejected.class);
            } finally {
                door.countDown();
            }
        }
    }

    @Test
    void forgetsVerifiedLoginsAfterAWhile() {
        VerifiedLogins verified = new VerifiedLogins(clock);
        var credentials = new JpaAccounts(database.entityManager())
                .credentials(EmailAddress.parse("alice@demo.test"))
                .orElseThrow();
        verified.add(credentials, PASSWORD);

        assertThat(verified.contains(credentials, PASSWORD)).isTrue();
        assertThat(verified.contains(credentials, WRONG)).isFalse();
        clock.forward(VerifiedLogins.KEPT.minusMillis(1));
        assertThat(verified.contains(credentials, PASSWORD)).isTrue();
        clock.forward(Duration.ofMillis(1));
        assertThat(verified.contains(credentials, PASSWORD)).isFalse();
    }

    /** RFC 7628 §3.2: the token says who it is; a client may say it too, and may not say otherwise. */
    @Test
    void tokensOpenTheAccountOfTheirHolder() {
        service.verifyTokensBy(Optional.of(new OneToken("Alice@Demo.test")));

        assertThat(service.tokenIssuer()).isPresent();
        for (Optional<String> name : List.of(Optional.<String>empty(), Optional.of("alice@demo.test"))) {
            assertThat(token(name, "good").result())
                    .isInstanceOfSatisfying(
                            LoginResult.Accepted.class,
                            accepted -> assertThat(accepted.address()).hasToString("alice@demo.test"));
        }
        assertThat(token(Optional.of("bob@demo.test"), "good"))
                .isEqualTo(new TokenResult(new LoginResult.Rejected(Duration.ZERO), TokenRefusal.INVALID_TOKEN));
        assertThat(token(Optional.empty(), "calendar").refusal()).isEqualTo(TokenRefusal.INSUFFICIENT_SCOPE);
        assertThat(token(Optional.empty(), "calendar").result()).isInstanceOf(LoginResult.Rejected.class);

        database.execute("update account set disabled = true where local_part = 'alice'");
        assertThat(token(Optional.empty(), "good").result()).isInstanceOf(LoginResult.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody@demo.test", "nobody", ""})
    void tokensOfStrangersOpenNothing(String holder) {
        service.verifyTokensBy(Optional.of(new OneToken(holder)));

        assertThat(token(Optional.empty(), "good").result()).isInstanceOf(LoginResult.Rejected.class);
        assertThat(token(Optional.of(holder), "good").result()).isInstanceOf(LoginResult.Rejected.class);
    }

    @Test
    void noTokenIsGoodWhenNobodyVerifiesThem() {
        assertThat(service.tokenIssuer()).isEmpty();
        assertThat(token(Optional.of("alice@demo.test"), "good").result()).isInstanceOf(LoginResult.Rejected.class);
    }

    @Test
    void whoGuessesTokensWaitsLikeWhoGuessesPasswords() {
        OneToken verifier = new OneToken("alice@demo.test");
        service.verifyTokensBy(Optional.of(verifier));
        for (int i = 0; i < 4; i++) {
            token(Optional.of("alice@demo.test"), "guess " + i);
        }

        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
        assertThat(verifier.looks).isEqualTo(4);
    }

    /** One good token, and one that is for something else. */
    private static final class OneToken implements TokenVerifier {
        private final String holder;
        private int looks;

        OneToken(String holder) {
            this.holder = holder;
        }

        @Override
        public TokenIssuer issuer() {
            return new TokenIssuer(Optional.of("mail"), Optional.empty());
        }

        @Override
        public TokenVerdict verify(Secret token) {
            looks++;
            return switch (token.reveal()) {
                case "good" -> new TokenVerdict.Holder(holder);
                case "calendar" -> new TokenVerdict.Refused(TokenRefusal.INSUFFICIENT_SCOPE);
                default -> new TokenVerdict.Refused(TokenRefusal.INVALID_TOKEN);
            };
        }
    }

    private TokenResult token(Optional<String> username, String token) {
        return service.token(new TokenAttempt(MailProtocol.IMAP, peer("192.0.2.1"), username, new Secret(token)));
    }

    private AuthenticationService service() {
        return service(pauses::add);
    }

    private AuthenticationService service(WaitingRoom.Pause pause) {
        AuthenticationService made = new AuthenticationService(clock, pause);
        made.accounts = new JpaAccounts(database.entityManager());
        made.schemes = SCHEMES;
        made.secret = new ServerSecret() {
            @Override
            public byte[] key(String name) {
                return database.tx(() -> super.key(name));
            }
        };
        made.secret.settings = new JpaSettings(database.entityManager());
        return made;
    }

    private LoginResult login(String username, Secret password, String from) {
        return service.login(new LoginAttempt(MailProtocol.IMAP, peer(from), username, password));
    }

    private LoginResult overHttp(Secret password, String from) {
        return service.login(new LoginAttempt(MailProtocol.REST, peer(from), "alice@demo.test", password));
    }

    private ScramVerifier lookup(String username) {
        return service.scram(MailProtocol.IMAP, peer("192.0.2.1"), username).verifier();
    }

    private LoginResult scram(String username, boolean proved) {
        return scram(username, proved, "192.0.2.1");
    }

    private LoginResult scram(String username, boolean proved, String from) {
        return service.scramCompleted(MailProtocol.IMAP, peer(from), username, proved);
    }

    private static Peer peer(String address) {
        try {
            return new Peer(InetAddress.getByName(address), 40000, Optional.empty());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static long best(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            best = Math.min(best, nanosOf(work));
        }
        return best;
    }

    private static long millisOf(Runnable work) {
        return nanosOf(work) / 1_000_000;
    }

    private static long nanosOf(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }
}
