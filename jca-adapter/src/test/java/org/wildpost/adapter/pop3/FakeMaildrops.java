// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
import org.wildpost.core.listener.pop3.Maildrop;
import org.wildpost.core.listener.pop3.MaildropResult;
import org.wildpost.core.listener.pop3.Pop3Listener;
import org.wildpost.core.sasl.ScramVerifiers;
import org.wildpost.core.sasl.Secret;

/** One account, {@code alice@demo.test} with {@code tanstaaf l}, and her messages; every question is noted. */
final class FakeMaildrops implements Pop3Listener, Endpoints<Pop3Listener> {
    static final String NAME = "alice@demo.test";
    static final String PASSWORD = "tanstaaf l";

    final List<String> questions = new ArrayList<>();
    final List<byte[]> messages = new ArrayList<>();
    final List<Long> expungedElsewhere = new ArrayList<>();
    Duration delay = Duration.ZERO;
    long vanishAt = Long.MAX_VALUE;
    boolean inUse;
    boolean leaseLost;
    boolean unavailable;

    FakeMaildrops with(String... texts) {
        for (String text : texts) {
            messages.add(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        return this;
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
        return right
                ? new LoginResult.Accepted(new AccountId(7), EmailAddress.parse(NAME))
                : new LoginResult.Rejected(delay);
    }

    @Override
    public MaildropResult open(AccountId account) {
        questions.add("open");
        if (inUse) {
            return new MaildropResult.InUse();
        }
        List<Maildrop.Message> rows = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            rows.add(new Maildrop.Message(10L + i, "id-" + (100 + i), messages.get(i).length));
        }
        return new MaildropResult.Opened(new Maildrop(new MailboxRef(account, new MailboxId(3)), "lease", rows));
    }

    @Override
    public Optional<byte[]> content(Maildrop maildrop, long uid, long offset, int length) {
        questions.add("content " + uid + " " + offset);
        if (expungedElsewhere.contains(uid) || offset >= vanishAt) {
            return Optional.empty();
        }
        byte[] message = messages.get((int) uid - 10);
        int from = (int) Math.min(offset, message.length);
        return Optional.of(Arrays.copyOfRange(message, from, Math.min(message.length, from + length)));
    }

    @Override
    public boolean renew(Maildrop maildrop) {
        questions.add("renew");
        return !leaseLost;
    }

    @Override
    public boolean commit(Maildrop maildrop, long[] deleted) {
        questions.add("commit " + Arrays.toString(deleted));
        return !leaseLost;
    }

    @Override
    public void release(Maildrop maildrop) {
        questions.add("release");
    }
}
