// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.wildpost.adapter.net.Connection;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.sasl.Sasl;
import org.wildpost.core.sasl.SaslLine;
import org.wildpost.core.sasl.SaslMechanism;
import org.wildpost.core.sasl.SaslStep;
import org.wildpost.core.sasl.Secret;

/** STARTTLS, AUTHENTICATE and LOGIN (RFC 9051 §6.2, RFC 4959 for the initial response). */
final class LoginHandler {
    /** Octets of one line of an exchange. */
    private static final int LINE = 12 * 1024;

    private final ImapContext context;
    private int failures;

    LoginHandler(ImapContext context) {
        this.context = context;
    }

    Reply handle(LoginCommand command) throws IOException {
        return switch (command) {
            case LoginCommand.StartTls() -> startTls();
            case LoginCommand.Login(String username, Secret password) -> login(username, password);
            case LoginCommand.Authenticate(String mechanism, Optional<Secret> initial) ->
                authenticate(mechanism, initial);
        };
    }

    /** Octets behind STARTTLS in the same packet would be plain text taken for protected text: the session ends (RFC 9051 §11.3). */
    private Reply startTls() throws IOException {
        Connection connection = context.connection();
        if (connection.secure()) {
            return Reply.bad("TLS is on already");
        }
        if (connection.inputBuffered()) {
            return Reply.bad("nothing may follow STARTTLS before its answer").closing();
        }
        return Reply.ok("begin TLS now");
    }

    private Reply login(String username, Secret password) throws IOException {
        if (!context.loginPossible()) {
            return privacyRequired();
        }
        return enter(context.accounts().login(username, password));
    }

    private static Reply privacyRequired() {
        return Reply.no("PRIVACYREQUIRED", "log in after STARTTLS");
    }

    private Reply authenticate(String name, Optional<Secret> initial) throws IOException {
        if (!context.loginPossible()) {
            return privacyRequired();
        }
        Optional<SaslMechanism> started = Sasl.start(name, context.accounts());
        if (started.isEmpty()) {
            return Reply.no("CANNOT", "this mechanism is not offered");
        }
        SaslMechanism mechanism = started.get();
        SaslLine line = initial.isPresent()
                ? SaslLine.parseInitial(initial.get().reveal())
                : challenge(mechanism.firstChallenge());
        while (true) {
            switch (line) {
                case SaslLine.Cancelled() -> {
                    return Reply.bad("cancelled");
                }
                case SaslLine.NotBase64() -> {
                    return Reply.bad("not Base64");
                }
                case SaslLine.Response(byte[] octets) -> {
                    SaslStep step = mechanism.next(octets);
                    switch (step) {
                        case SaslStep.Malformed(String reason) -> {
                            return Reply.bad(reason);
                        }
                        case SaslStep.Finished(LoginResult result) -> {
                            return enter(result);
                        }
                        case SaslStep.Challenge(byte[] next) -> line = challenge(next);
                    }
                }
            }
        }
    }

    private SaslLine challenge(byte[] octets) throws IOException {
        String base64 = Base64.getEncoder().encodeToString(octets);
        context.writer().continuation(base64);
        context.writer().flush();
        try {
            context.connection().idleTimeout(context.patience());
            byte[] answer = context.connection().readLine(LINE).octets();
            return SaslLine.parse(new String(answer, StandardCharsets.ISO_8859_1));
        } catch (Connection.LineTooLongException e) {
            return new SaslLine.NotBase64();
        }
    }

    private Reply enter(LoginResult result) throws IOException {
        return switch (result) {
            case LoginResult.Accepted(AccountId account, EmailAddress address) -> {
                context.enter(new SessionState.Authenticated(account));
                yield Reply.ok("CAPABILITY " + context.capabilities(), "logged in");
            }
            case LoginResult.Rejected(Duration delay) -> {
                pause(delay);
                failures++;
                Reply refusal = Reply.no("AUTHENTICATIONFAILED", "wrong name or password");
                yield failures >= context.limits().loginFailures() ? refusal.closing() : refusal;
            }
        };
    }

    private static void pause(Duration delay) throws InterruptedIOException {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while a login was slowed");
        }
    }
}
