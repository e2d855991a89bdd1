// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.wildpost.core.sasl.ScramSha256Client;

/**
 * Logs in at a smarthost (RFC 4954 §4), with the best mechanism that both know. Whatever fails here is a matter of settings, which somebody mends: mail waits
 * for it. For one use and one thread.
 */
final class Login {
    private static final int CONTINUE = 334;

    private final Talk talk;
    private final Credentials credentials;

    Login(Talk talk, Credentials credentials) {
        this.talk = talk;
        this.credentials = credentials;
    }

    void run(Extensions extensions, boolean secured) throws TalkException {
        if (!secured && !credentials.clearText()) {
            throw failure("4.7.11", "the password must not cross without TLS, and the host does not offer it");
        }
        Set<String> offered = extensions.mechanisms().stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (offered.contains("SCRAM-SHA-256")) {
            scram();
        } else if (offered.contains("PLAIN")) {
            plain();
        } else if (offered.contains("LOGIN")) {
            login();
        } else {
            throw failure("4.7.4", "the host offers no mechanism to log in that is known here");
        }
    }

    /** RFC 4616 */
    private void plain() throws TalkException {
        String message =
                "\0" + credentials.username() + "\0" + credentials.password().reveal();
        done(talk.ask(Stage.LOGIN, "AUTH PLAIN " + base64(message)));
    }

    /** draft-murchison-sasl-login */
    private void login() throws TalkException {
        go(talk.ask(Stage.LOGIN, "AUTH LOGIN"));
        go(talk.ask(Stage.LOGIN, base64(credentials.username())));
        done(talk.ask(Stage.LOGIN, base64(credentials.password().reveal())));
    }

    /** RFC 5802 §5, RFC 7677 */
    private void scram() throws TalkException {
        ScramSha256Client client = new ScramSha256Client(credentials.username(), credentials.password());
        Reply first = go(talk.ask(Stage.LOGIN, "AUTH SCRAM-SHA-256 " + base64(client.first())));
        String last = client.last(message(first))
                .orElseThrow(() -> failure("4.7.0", "the host's challenge is not one of SCRAM-SHA-256"));
        Reply proof = go(talk.ask(Stage.LOGIN, base64(last)));
        if (!client.proves(message(proof))) {
            throw failure("4.7.0", "the host does not know the password that it asks for");
        }
        done(talk.ask(Stage.LOGIN, ""));
    }

    private static Reply go(Reply reply) throws TalkException {
        if (reply.code() != CONTINUE) {
            throw refusal(reply);
        }
        return reply;
    }

    private static void done(Reply reply) throws TalkException {
        if (!reply.positive()) {
            throw refusal(reply);
        }
    }

    private static TalkException refusal(Reply reply) {
        String status = reply.transientFailure() ? reply.status() : "4.7.8";
        return failure(status, OneLine.of("the host does not let this server in: " + reply.text()));
    }

    private static TalkException failure(String status, String text) {
        return TalkException.unusable(Fate.hostFails(status, text));
    }

    private static String message(Reply reply) {
        try {
            return new String(Base64.getDecoder().decode(reply.lines().getFirst()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
