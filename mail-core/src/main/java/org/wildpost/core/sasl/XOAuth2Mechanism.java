// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.LoginResult;

/**
 * XOAUTH2: what OAUTHBEARER was before RFC 7628, never a standard, and what many clients speak. {@code user=name ^A auth=Bearer token ^A ^A}; the client
 * answers a refusal with nothing, or with an octet 1 as it would in OAUTHBEARER.
 */
final class XOAuth2Mechanism implements SaslMechanism {
    private static final String FORM =
            "XOAUTH2 is user=name and auth=Bearer token, an octet 1 behind each, and another one";

    private final Sasl.Tokens tokens;
    private boolean begun;
    private @Nullable LoginResult refused;

    XOAuth2Mechanism(Sasl.Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public byte[] firstChallenge() {
        return new byte[0];
    }

    @Override
    public SaslStep next(byte[] response) {
        if (refused != null) {
            LoginResult result = refused;
            refused = null;
            boolean acknowledged = response.length == 0 || response.length == 1 && response[0] == 1;
            return acknowledged
                    ? new SaslStep.Finished(result)
                    : new SaslStep.Malformed("nothing is the answer to a refusal");
        }
        if (begun) {
            return new SaslStep.Malformed(FORM);
        }
        begun = true;
        return SaslText.utf8(response)
                .flatMap(BearerMessage::parse)
                .filter(message ->
                        message.value("user").isPresent() && message.values().containsKey("auth"))
                .map(this::login)
                .orElseGet(() -> new SaslStep.Malformed(FORM));
    }

    private SaslStep login(BearerMessage message) {
        Optional<Secret> token = message.token();
        TokenResult outcome = tokens.login(message.value("user"), token);
        if (outcome.result() instanceof LoginResult.Accepted) {
            return new SaslStep.Finished(outcome.result());
        }
        refused = outcome.result();
        return new SaslStep.Challenge(explanation(outcome.refusal()).getBytes(StandardCharsets.US_ASCII));
    }

    /** The status is one of HTTP (RFC 6750 §3.1 says which). */
    private String explanation(TokenRefusal refusal) {
        String status = switch (refusal) {
            case INVALID_REQUEST -> "400";
            case INVALID_TOKEN -> "401";
            case INSUFFICIENT_SCOPE -> "403";
        };
        String scope = tokens.issuer()
                .scope()
                .map(words -> ",\"scope\":\"" + words + '"')
                .orElse("");
        return "{\"status\":\"" + status + "\",\"schemes\":\"bearer\"" + scope + "}";
    }
}
