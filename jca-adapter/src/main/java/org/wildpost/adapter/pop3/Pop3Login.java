// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.wildpost.adapter.login.SessionAccounts;
import org.wildpost.adapter.net.Connection;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.pop3.Pop3Listener;
import org.wildpost.core.sasl.Sasl;
import org.wildpost.core.sasl.SaslLine;
import org.wildpost.core.sasl.SaslMechanism;
import org.wildpost.core.sasl.SaslStep;
import org.wildpost.core.sasl.Secret;

/** USER/PASS and SASL of one session (RFC 1939 §7, RFC 5034 §4). For the session's thread. */
final class Pop3Login {
    /** Octets of a line in an exchange (RFC 4954 §4 has the reason; RFC 5034 §4 lifts the limit of RFC 2449). */
    static final int MAX_SASL_LINE = 12_288;

    /** How a login ended. */
    sealed interface Outcome {
        record Entered(LoginResult.Accepted account) implements Outcome {}

        record Failed(Pop3Reply reply) implements Outcome {}
    }

    private final Connection connection;
    private final Pop3Writer writer;
    private final SessionAccounts<Pop3Listener> accounts;

    Pop3Login(Connection connection, Pop3Writer writer, SessionAccounts<Pop3Listener> accounts) {
        this.connection = connection;
        this.writer = writer;
        this.accounts = accounts;
    }

    List<String> mechanisms() {
        return accounts.mechanisms();
    }

    Outcome password(String name, Secret password) throws IOException {
        return outcome(accounts.login(name, password));
    }

    /** Runs a mechanism to its end. */
    Outcome exchange(Pop3Command.Auth auth) throws IOException {
        Optional<SaslMechanism> mechanism = Sasl.start(auth.mechanism(), accounts);
        if (mechanism.isEmpty()) {
            return new Outcome.Failed(Pop3Replies.NO_SUCH_MECHANISM);
        }
        try {
            return exchange(mechanism.get(), auth.initialResponse());
        } catch (Connection.LineTooLongException e) {
            return new Outcome.Failed(Pop3Replies.LINE_TOO_LONG);
        }
    }

    private Outcome exchange(SaslMechanism mechanism, Optional<Secret> initial) throws IOException {
        SaslLine line = initial.isPresent()
                ? SaslLine.parseInitial(initial.get().reveal())
                : answer(mechanism.firstChallenge());
        while (true) {
            switch (line) {
                case SaslLine.Cancelled() -> {
                    return new Outcome.Failed(Pop3Replies.CANCELLED);
                }
                case SaslLine.NotBase64() -> {
                    return new Outcome.Failed(Pop3Replies.NOT_BASE64);
                }
                case SaslLine.Response(byte[] octets) -> {
                    switch (mechanism.next(octets)) {
                        case SaslStep.Challenge(byte[] challenge) -> line = answer(challenge);
                        case SaslStep.Finished(LoginResult result) -> {
                            return outcome(result);
                        }
                        case SaslStep.Malformed(String reason) -> {
                            return new Outcome.Failed(Pop3Reply.error(Phrase.MALFORMED, reason));
                        }
                    }
                }
            }
        }
    }

    private SaslLine answer(byte[] challenge) throws IOException {
        writer.challenge(challenge);
        connection.flush();
        return SaslLine.parse(connection.readLine(MAX_SASL_LINE).latin1());
    }

    private Outcome outcome(LoginResult result) throws IOException {
        return switch (result) {
            case LoginResult.Accepted accepted -> new Outcome.Entered(accepted);
            case LoginResult.Rejected(Duration delay) -> {
                pause(delay);
                yield new Outcome.Failed(Pop3Replies.LOGIN_FAILED);
            }
        };
    }

    /** Waits on this session's own thread: no bean, no connection to the database is held. */
    private void pause(Duration delay) throws IOException {
        connection.flush();
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the session was ended");
        }
    }
}
