// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.Authentication;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.ScramLookup;
import org.wildpost.core.listener.TokenAttempt;
import org.wildpost.core.sasl.SaslPrep;
import org.wildpost.core.sasl.ScramVerifiers;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.sasl.TokenIssuer;
import org.wildpost.core.sasl.TokenRefusal;
import org.wildpost.core.sasl.TokenResult;
import org.wildpost.core.sasl.TokenVerdict;
import org.wildpost.core.sasl.TokenVerifier;
import org.wildpost.persistence.account.Accounts;
import org.wildpost.persistence.account.Credentials;
import org.wildpost.persistence.account.ScramCredentials;

/**
 * Who may log in, for every protocol, the web and REST. An unknown name costs the same work and the same answers as a known one
 * (RFC 5802 §9). Holds no transaction and no connection while it hashes or waits. Safe for all threads.
 */
@ApplicationScoped
public class AuthenticationService implements Authentication {
    /** The setting that keeps the key of made-up verifiers. */
    static final String MADE_UP_KEY = "scram.made-up.key";

    private static final Logger LOG = System.getLogger(AuthenticationService.class.getName());

    @Inject
    Accounts accounts;

    @Inject
    PasswordSchemes schemes;

    @Inject
    ServerSecret secret;

    private Optional<TokenVerifier> tokens = Optional.empty();
    private final LoginThrottle throttle;
    private final WaitingRoom waitingRoom;
    private final VerifiedLogins verified;
    private volatile byte @Nullable [] madeUpKey;
    private volatile @Nullable String nobodysHash;

    /** Made by the container, which fills the fields. */
    protected AuthenticationService() {
        this(InstantSource.system(), Thread::sleep);
    }

    AuthenticationService(InstantSource clock, WaitingRoom.Pause pause) {
        this.throttle = new LoginThrottle(clock);
        this.waitingRoom = new WaitingRoom(pause);
        this.verified = new VerifiedLogins(clock);
    }

    /** A bean that verifies tokens turns their mechanisms on in every protocol; there need not be one. */
    @Inject
    void acceptTokensOf(Instance<TokenVerifier> verifiers) {
        verifyTokensBy(verifiers.isUnsatisfied() ? Optional.empty() : Optional.of(verifiers.get()));
    }

    void verifyTokensBy(Optional<TokenVerifier> verifier) {
        tokens = verifier;
    }

    @Override
    public LoginResult login(LoginAttempt attempt) {
        return decide(
                attempt.protocol(),
                attempt.peer(),
                attempt.username(),
                () -> check(attempt.username(), attempt.password()));
    }

    @Override
    public ScramLookup scram(MailProtocol protocol, Peer peer, String username) {
        Optional<ScramCredentials> found = known(username, accounts::scramCredentials);
        return new ScramLookup(found.map(ScramCredentials::verifier)
                .orElseGet(() -> ScramVerifiers.madeUp(accountName(username), madeUpKey())));
    }

    @Override
    public LoginResult scramCompleted(MailProtocol protocol, Peer peer, String username, boolean proved) {
        return decide(
                protocol,
                peer,
                username,
                () -> known(username, accounts::scramCredentials)
                        .filter(found -> proved && found.enabled())
                        .map(found -> new LoginResult.Accepted(found.account(), found.address())));
    }

    @Override
    public Optional<TokenIssuer> tokenIssuer() {
        return tokens.map(TokenVerifier::issuer);
    }

    /** RFC 7628 §3.2: a token opens the account whose name it bears, and no other, whatever the client calls itself. */
    @Override
    public TokenResult token(TokenAttempt attempt) {
        AtomicReference<TokenRefusal> reason = new AtomicReference<>(TokenRefusal.INVALID_TOKEN);
        LoginResult result = decide(
                attempt.protocol(), attempt.peer(), attempt.username().orElse(""), () -> switch (verdict(attempt)) {
                    case TokenVerdict.Refused(TokenRefusal refusal) -> {
                        reason.set(refusal);
                        yield Optional.empty();
                    }
                    case TokenVerdict.Holder(String holder) -> holder(holder, attempt);
                });
        return new TokenResult(result, Objects.requireNonNull(reason.get()));
    }

    private TokenVerdict verdict(TokenAttempt attempt) {
        return tokens.map(verifier -> verifier.verify(attempt.token()))
                .orElseGet(() -> new TokenVerdict.Refused(TokenRefusal.INVALID_TOKEN));
    }

    private Optional<LoginResult.Accepted> holder(String holder, TokenAttempt attempt) {
        boolean same = attempt.username().map(AuthenticationService::accountName).stream()
                .allMatch(accountName(holder)::equals);
        return address(holder)
                .filter(address -> same)
                .flatMap(accounts::credentials)
                .filter(Credentials::enabled)
                .map(found -> new LoginResult.Accepted(found.account(), found.address()));
    }

    /**
     * A mark of the password that opens an account now, for those who stay logged in: they leave when it is another, or none because nobody may
     * log in any more.
     */
    public Optional<String> passwordMark(EmailAddress address) {
        return accounts.credentials(address.canonical())
                .filter(Credentials::enabled)
                .map(verified::mark);
    }

    private LoginResult decide(
            MailProtocol protocol, Peer peer, String username, Supplier<Optional<LoginResult.Accepted>> check) {
        Origin origin = Origin.of(peer.address());
        LoginThrottle.Place place = new LoginThrottle.Place(origin, accountName(username));
        Duration delay = throttle.delay(place);
        boolean waited = waitingRoom.await(origin, protocol, delay);
        // Strangers can fill the room: who waits for their sake alone is then looked at without waiting, and not sent
        // away.
        if (!waited && throttle.owes(origin)) {
            return new LoginResult.Rejected(delay);
        }
        Optional<LoginResult.Accepted> accepted = check.get();
        if (accepted.isPresent()) {
            throttle.succeeded(place);
            return accepted.get();
        }
        LOG.log(
                Level.INFO,
                () -> "Login refused: " + protocol + " from "
                        + peer.address().getHostAddress() + " as "
                        + address(username).map(EmailAddress::toString).orElse("what is no address"));
        Duration after = throttle.failed(place);
        return new LoginResult.Rejected(waited && !delay.isZero() ? Duration.ZERO : after);
    }

    private Optional<LoginResult.Accepted> check(String username, Secret password) {
        Optional<Credentials> found = known(username, accounts::credentials);
        if (found.isEmpty()) {
            boolean never = schemes.verify(password, nobodysHash());
            return Optional.<LoginResult.Accepted>empty().filter(accepted -> never);
        }
        Credentials credentials = found.get();
        boolean right = verified.contains(credentials, password);
        if (!right && schemes.verify(password, credentials.passwordHash())) {
            verified.add(credentials, password);
            right = true;
        }
        return right && credentials.enabled()
                ? Optional.of(new LoginResult.Accepted(credentials.account(), credentials.address()))
                : Optional.empty();
    }

    /** Whose name it is: as it was typed or, where nobody has that, as SASLprep writes it (RFC 4616 §2). */
    private static <T> Optional<T> known(String username, Function<EmailAddress, Optional<T>> accounts) {
        return address(username)
                .flatMap(accounts)
                .or(() -> SaslPrep.prepare(username)
                        .filter(prepared -> !prepared.equals(username))
                        .flatMap(AuthenticationService::address)
                        .flatMap(accounts));
    }

    /** The key under which a name is throttled and made up, the same for all spellings: the account's address where it is one. */
    private static String accountName(String username) {
        String name = SaslPrep.prepare(username).orElse(username);
        return address(name).map(EmailAddress::toString).orElseGet(() -> name.toLowerCase(Locale.ROOT));
    }

    private static Optional<EmailAddress> address(String username) {
        try {
            return Optional.of(EmailAddress.parse(username.strip()).canonical());
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    /** A hash of a password that nobody has, made at its first use with the work of a new password. */
    private String nobodysHash() {
        String hash = nobodysHash;
        if (hash == null) {
            hash = schemes.hash(new Secret(UUID.randomUUID().toString()));
            nobodysHash = hash;
        }
        return hash;
    }

    private byte[] madeUpKey() {
        byte[] key = madeUpKey;
        if (key == null) {
            key = secret.key(MADE_UP_KEY);
            madeUpKey = key;
        }
        return key;
    }
}
