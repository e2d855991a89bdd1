// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wildpost.adapter.login.DemoTokens;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.ScramLookup;
import org.wildpost.core.listener.TokenAttempt;
import org.wildpost.core.listener.smtp.RecipientQuestion;
import org.wildpost.core.listener.smtp.SenderQuestion;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpListener;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.sasl.ScramVerifier;
import org.wildpost.core.sasl.ScramVerifiers;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.sasl.TokenIssuer;
import org.wildpost.core.sasl.TokenResult;

/**
 * A small mail server behind the sessions of transcripts: domain demo.test, alice and bob, password "wildpost"; full has no room in LMTP, and a message about
 * a fault makes a bean fall over.
 */
final class DemoSmtp implements SmtpListener, Endpoints<SmtpListener> {
    private static final ScramVerifier VERIFIER = ScramVerifiers.derive(new Secret("wildpost"));

    /** Where tokens come from, when they are good for something. */
    Optional<TokenIssuer> tokens = Optional.empty();

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<SmtpEnvelope> envelopes = new CopyOnWriteArrayList<>();
    private final List<SenderQuestion> senders = new CopyOnWriteArrayList<>();

    /** What was delivered, octet by octet as Latin-1. */
    List<String> messages() {
        return messages;
    }

    List<SmtpEnvelope> envelopes() {
        return envelopes;
    }

    /** Every MAIL that was asked about. */
    List<SenderQuestion> senders() {
        return senders;
    }

    @Override
    public <T extends @Nullable Object> T ask(Function<SmtpListener, T> question) {
        return question.apply(this);
    }

    @Override
    public SmtpVerdict sender(SenderQuestion question) {
        senders.add(question);
        boolean spammer = question.reversePath().toString().equals("spammer@example.com");
        return spammer ? new SmtpVerdict.Refuse(550, "5.7.1", "not from you") : new SmtpVerdict.Accept("");
    }

    @Override
    public SmtpVerdict recipient(RecipientQuestion question) {
        EmailAddress address = question.recipient();
        boolean local =
                List.of("demo.test", "mx.demo.test").contains(address.domain().ascii());
        if (!local) {
            return question.client().login().isPresent()
                    ? new SmtpVerdict.Accept("")
                    : new SmtpVerdict.Refuse(550, "5.7.1", "relaying denied");
        }
        return switch (address.localPart()) {
            case "alice", "bob", "postmaster", "full" -> new SmtpVerdict.Accept("");
            case "busy" -> new SmtpVerdict.Defer(451, "4.2.1", "mailbox busy");
            case "fault" -> throw new ServiceUnavailableException(new IllegalStateException("a bean fell over"));
            default -> new SmtpVerdict.Refuse(550, "5.1.1", "no such user");
        };
    }

    @Override
    public List<SmtpVerdict> deliverEach(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) {
        if (index.subject().equals("fault")) {
            throw new ServiceUnavailableException(new IllegalStateException("a bean fell over"));
        }
        SmtpVerdict stored = deliver(envelope, message, index);
        return envelope.recipients().stream()
                .map(path -> path.address().localPart().equals("full")
                        ? new SmtpVerdict.Defer(452, "4.2.2", "temporarily over quota")
                        : stored)
                .toList();
    }

    @Override
    public SmtpVerdict deliver(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) {
        try (var in = message.open()) {
            messages.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        envelopes.add(envelope);
        return new SmtpVerdict.Accept("m" + envelopes.size());
    }

    @Override
    public LoginResult login(LoginAttempt attempt) {
        return result(attempt.username(), attempt.password().reveal().equals("wildpost"));
    }

    @Override
    public ScramLookup scram(MailProtocol protocol, Peer peer, String username) {
        return new ScramLookup(
                username.equals("alice@demo.test") ? VERIFIER : ScramVerifiers.madeUp(username, new byte[32]));
    }

    @Override
    public LoginResult scramCompleted(MailProtocol protocol, Peer peer, String username, boolean proved) {
        return result(username, proved);
    }

    private static LoginResult result(String username, boolean right) {
        return right && username.equals("alice@demo.test")
                ? new LoginResult.Accepted(new AccountId(1), EmailAddress.parse(username))
                : new LoginResult.Rejected(Duration.ofMillis(1));
    }

    @Override
    public Optional<TokenIssuer> tokenIssuer() {
        return tokens;
    }

    @Override
    public TokenResult token(TokenAttempt attempt) {
        return DemoTokens.answer(attempt, result("alice@demo.test", true));
    }
}
