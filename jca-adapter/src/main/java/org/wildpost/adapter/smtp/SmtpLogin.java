// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.wildpost.adapter.net.Connection;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.sasl.Sasl;
import org.wildpost.core.sasl.SaslLine;
import org.wildpost.core.sasl.SaslMechanism;
import org.wildpost.core.sasl.SaslStep;
import org.wildpost.core.sasl.Secret;

/** The exchange of AUTH (RFC 4954 §4). For the session's thread. */
final class SmtpLogin {
    /** Octets of a line in an exchange (RFC 4954 §4). */
    static final int MAX_SASL_LINE = 12_288;

    /** How a login ended. */
    sealed interface Outcome {
        record Entered(LoginResult.Accepted account) implements Outcome {}

        /**
         * @param rejected whether a name and password were refused, not only their form
         */
        record Failed(SmtpReply reply, boolean rejected) implements Outcome {}
    }

    private final Connection connection;
    private final Sasl.Accounts accounts;

    SmtpLogin(Connection connection, Sasl.Accounts accounts) {
        this.connection = connection;
        this.accounts = accounts;
    }

    Outcome exchange(SmtpCommand.Auth auth) throws IOException {
        Optional<SaslMechanism> mechanism = Sasl.start(auth.mechanism(), accounts);
        if (mechanism.isEmpty()) {
            return new Outcome.Failed(SmtpReply.NO_SUCH_MECHANISM, false);
        }
        try {
            return exchange(mechanism.get(), auth.initialResponse());
        } catch (Connection.LineTooLongException e) {
            return new Outcome.Failed(SmtpReply.LINE_TOO_LONG, false);
        }
    }

    private Outcome exchange(SaslMechanism mechanism, Optional<Secret> initial) throws IOException {
        SaslLine line = initial.isPresent()
                ? SaslLine.parseInitial(initial.get().reveal())
                : answer(mechanism.firstChallenge());
        while (true) {
            switch (line) {
                case SaslLine.Cancelled() -> {
                    return new Outcome.Failed(SmtpReply.CANCELLED, false);
                }
                case SaslLine.NotBase64() -> {
                    return new Outcome.Failed(SmtpReply.NOT_BASE64, false);
                }
                case SaslLine.Response(byte[] octets) -> {
                    switch (mechanism.next(octets)) {
                        case SaslStep.Challenge(byte[] challenge) -> line = answer(challenge);
                        case SaslStep.Finished(LoginResult result) -> {
                            return outcome(result);
                        }
                        case SaslStep.Malformed(String reason) -> {
                            return new Outcome.Failed(SmtpReply.error(501, "5.5.2", reason), false);
                        }
                    }
                }
            }
        }
    }

    private SaslLine answer(byte[] challenge) throws IOException {
        connection.write("334 " + Base64.getEncoder().encodeToString(challenge) + "\r\n");
        connection.flush();
        return SaslLine.parse(connection.readLine(MAX_SASL_LINE).latin1());
    }

    private Outcome outcome(LoginResult result) throws IOException {
        return switch (result) {
            case LoginResult.Accepted accepted -> new Outcome.Entered(accepted);
            case LoginResult.Rejected(Duration delay) -> {
                pause(delay);
                yield new Outcome.Failed(SmtpReply.LOGIN_FAILED, true);
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
