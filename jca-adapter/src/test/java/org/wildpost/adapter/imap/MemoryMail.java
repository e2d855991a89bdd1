// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.wildpost.adapter.login.DemoTokens;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.ScramLookup;
import org.wildpost.core.listener.TokenAttempt;
import org.wildpost.core.listener.imap.AppendRequest;
import org.wildpost.core.listener.imap.AppendResult;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.sasl.ScramVerifier;
import org.wildpost.core.sasl.ScramVerifiers;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.sasl.TokenIssuer;
import org.wildpost.core.sasl.TokenResult;

/**
 * A mail store in memory with what a test does to it from outside: two accounts, alice@demo.test
 * and bob@demo.test, both with the password wildpost. The mailboxes are inherited, for
 * a listener is one object and has too many questions to hand each on.
 */
final class MemoryMail extends MemoryShares implements Endpoints<ImapListener> {
    /** Where tokens come from, when they are good for something. */
    Optional<TokenIssuer> tokens = Optional.empty();

    private final ScramVerifier verifier = ScramVerifiers.derive(new Secret("wildpost"));
    private final MessageIndexer indexer;
    Duration rejection = Duration.ZERO;
    volatile Optional<RuntimeException> fault = Optional.empty();
    int questions;

    /** Questions wait until it is open, those from {@link #gateFrom} on. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    int gateFrom;

    MemoryMail(MessageIndexer indexer) {
        this.indexer = indexer;
    }

    @Override
    public <T extends @org.jspecify.annotations.Nullable Object> T ask(Function<ImapListener, T> question) {
        try {
            if (questions >= gateFrom) {
                gate.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        synchronized (this) {
            questions++;
            if (fault.isPresent()) {
                throw fault.get();
            }
            return question.apply(this);
        }
    }

    /** Delivers a message from outside of any session. */
    long deliver(String mailbox, String message) {
        return deliver(mailbox, message.getBytes(StandardCharsets.ISO_8859_1));
    }

    long deliver(String mailbox, byte[] message) {
        try (SpooledMessage spooled = SpooledMessage.of(message)) {
            AppendRequest request =
                    new AppendRequest(spooled, indexer.index(spooled), Flags.NONE, Optional.of(ARRIVED));
            return ask(l -> ((AppendResult.Appended) append(ALICE, new MailboxName(mailbox), request)).uid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    MessageIndex index(SpooledMessage message) throws IOException {
        return indexer.index(message);
    }

    private MemoryBox box(String mailbox) {
        return box(new MailboxName(mailbox)).orElseThrow();
    }

    MailboxRef ref(String mailbox) {
        return new MailboxRef(ALICE, box(mailbox).id);
    }

    /** Changes flags, and the event is lost. */
    synchronized void mutedStore(String mailbox, long uid, Flags flags) {
        box(mailbox).flag(uid, flags);
    }

    /** Another session gives a message these flags. */
    void flag(String mailbox, long uid, String words) {
        int system = 0;
        List<String> keywords = new ArrayList<>();
        for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
            int bit = Arrays.stream(SystemFlag.values())
                    .filter(flag -> flag.text().equals(word))
                    .mapToInt(SystemFlag::bit)
                    .sum();
            system |= bit;
            if (bit == 0) {
                keywords.add(word);
            }
        }
        StoreRequest request = new StoreRequest(
                new long[] {uid}, StoreRequest.Mode.REPLACE, new Flags(system, keywords), OptionalLong.empty());
        ask(l -> store(ref(mailbox), request));
    }

    /** The tombstones of a mailbox are given up. */
    synchronized void forget(String mailbox) {
        box(mailbox).forget();
    }

    /** Another session removes a message. */
    void remove(String mailbox, long uid) {
        ask(l -> {
            remove(box(mailbox), new long[] {uid});
            return true;
        });
    }

    @Override
    public LoginResult login(LoginAttempt attempt) {
        return answer(attempt.username(), attempt.password().reveal().equals("wildpost"));
    }

    private LoginResult answer(String username, boolean right) {
        return account(username.toLowerCase(Locale.ROOT))
                .filter(account -> right)
                .<LoginResult>map(account -> new LoginResult.Accepted(account, EmailAddress.parse(address(account))))
                .orElseGet(() -> new LoginResult.Rejected(rejection));
    }

    @Override
    public ScramLookup scram(MailProtocol protocol, Peer peer, String username) {
        return new ScramLookup(verifier);
    }

    @Override
    public LoginResult scramCompleted(MailProtocol protocol, Peer peer, String username, boolean proved) {
        return answer(username, proved);
    }

    @Override
    public Optional<TokenIssuer> tokenIssuer() {
        return tokens;
    }

    @Override
    public TokenResult token(TokenAttempt attempt) {
        return DemoTokens.answer(attempt, answer("alice@demo.test", true));
    }
}
