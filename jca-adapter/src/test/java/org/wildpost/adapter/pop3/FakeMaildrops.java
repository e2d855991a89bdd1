// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.wildpost.adapter.login.DemoTokens;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.ScramLookup;
import org.wildpost.core.listener.TokenAttempt;
import org.wildpost.core.listener.pop3.Maildrop;
import org.wildpost.core.listener.pop3.MaildropResult;
import org.wildpost.core.listener.pop3.Pop3Listener;
import org.wildpost.core.sasl.ScramVerifiers;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.sasl.TokenIssuer;
import org.wildpost.core.sasl.TokenResult;

/** One account, {@code alice@demo.test} with {@code tanstaaf l}, and her maildrop as the contract has it; every question is noted. */
final class FakeMaildrops implements Pop3Listener, Endpoints<Pop3Listener> {
    static final AccountId ALICE = new AccountId(7);
    static final String NAME = "alice@demo.test";
    static final String PASSWORD = "tanstaaf l";

    final List<String> questions = new ArrayList<>();
    final NavigableMap<Long, byte[]> messages = new TreeMap<>();
    Duration delay = Duration.ZERO;
    long vanishAt = Long.MAX_VALUE;

    /** What happens behind the back of a session once it has the maildrop. */
    Runnable afterOpen = () -> {};

    /** Where tokens come from, when they are good for something. */
    Optional<TokenIssuer> tokens = Optional.empty();

    boolean unavailable;
    private long uidNext = 10;
    private int leases;
    private Optional<String> running = Optional.empty();

    FakeMaildrops with(String... texts) {
        for (String text : texts) {
            arrives(text.replace("\n", "\r\n"));
        }
        return this;
    }

    void arrives(String message) {
        messages.put(uidNext++, message.getBytes(StandardCharsets.UTF_8));
    }

    void leaseRunsOut() {
        running = Optional.empty();
    }

    @Override
    public <T extends @org.jspecify.annotations.Nullable Object> T ask(Function<Pop3Listener, T> question) {
        if (unavailable) {
            throw new ServiceUnavailableException(new IllegalStateException("suspended"));
        }
        return question.apply(this);
    }

    @Override
    public LoginResult login(LoginAttempt attempt) {
        questions.add("login " + attempt.username() + " " + attempt.protocol());
        boolean right =
                attempt.username().equals(NAME) && attempt.password().reveal().equals(PASSWORD);
        return result(right);
    }

    @Override
    public ScramLookup scram(MailProtocol protocol, Peer peer, String username) {
        byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        return new ScramLookup(
                username.equals(NAME)
                        ? ScramVerifiers.derive(new Secret(PASSWORD), salt, 4096)
                        : ScramVerifiers.madeUp(username, new byte[] {1}));
    }

    @Override
    public LoginResult scramCompleted(MailProtocol protocol, Peer peer, String username, boolean proved) {
        questions.add("scram " + username + " " + proved);
        return result(proved);
    }

    private LoginResult result(boolean right) {
        return right ? new LoginResult.Accepted(ALICE, EmailAddress.parse(NAME)) : new LoginResult.Rejected(delay);
    }

    @Override
    public MaildropResult open(AccountId account) {
        questions.add("open");
        if (running.isPresent()) {
            return new MaildropResult.InUse();
        }
        String lease = "lease " + ++leases;
        running = Optional.of(lease);
        List<Maildrop.Message> rows = new ArrayList<>();
        messages.forEach((uid, octets) -> rows.add(new Maildrop.Message(uid, "id-" + (90 + uid), octets.length)));
        Maildrop maildrop = new Maildrop(new MailboxRef(account, new MailboxId(3)), lease, rows);
        afterOpen.run();
        return new MaildropResult.Opened(maildrop);
    }

    private boolean holds(Maildrop maildrop) {
        return running.equals(Optional.of(maildrop.lease()));
    }

    @Override
    public Optional<byte[]> content(Maildrop maildrop, long uid, long offset, int length) {
        questions.add("content " + uid + " " + offset);
        byte[] message = messages.get(uid);
        if (message == null || offset >= vanishAt) {
            return Optional.empty();
        }
        int from = (int) Math.min(offset, message.length);
        return Optional.of(Arrays.copyOfRange(message, from, Math.min(message.length, from + length)));
    }

    @Override
    public boolean renew(Maildrop maildrop) {
        questions.add("renew");
        return holds(maildrop);
    }

    @Override
    public boolean commit(Maildrop maildrop, long[] deleted) {
        questions.add("commit " + Arrays.toString(deleted));
        if (!holds(maildrop)) {
            return false;
        }
        Arrays.stream(deleted).forEach(messages::remove);
        running = Optional.empty();
        return true;
    }

    @Override
    public void release(Maildrop maildrop) {
        questions.add("release");
        if (holds(maildrop)) {
            running = Optional.empty();
        }
    }

    @Override
    public Optional<TokenIssuer> tokenIssuer() {
        return tokens;
    }

    @Override
    public TokenResult token(TokenAttempt attempt) {
        return DemoTokens.answer(attempt, new LoginResult.Accepted(ALICE, EmailAddress.parse(NAME)));
    }
}
