// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.LoginResult;

/**
 * OAUTHBEARER (RFC 7628): the client speaks first and sends a token; what is refused is explained in JSON, which the client answers with an octet 1
 * before it is told that it failed.
 */
final class OAuthBearerMechanism implements SaslMechanism {
    private static final String NAME = "OAUTHBEARER is n,[a=name], and pairs of keys and values with auth among them";

    /** The header of GS2 without channel binding and non-standard flags (RFC 5801 §4), with the separator behind it. */
    private static final Pattern GS2 =
            Pattern.compile("[ny],(?:a=(?<name>[^\\x00-\\x1f,]+))?,\\x01(?<pairs>.*)", Pattern.DOTALL);

    /** An equals sign that stands for no character (RFC 5801 §4). */
    private static final Pattern LONE_EQUALS = Pattern.compile("=(?!2C|3D)");

    private static final byte[] ACKNOWLEDGED = {1};

    private final Sasl.Tokens tokens;
    private boolean begun;
    private @Nullable LoginResult refused;

    OAuthBearerMechanism(Sasl.Tokens tokens) {
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
            return Arrays.equals(response, ACKNOWLEDGED)
                    ? new SaslStep.Finished(result)
                    : new SaslStep.Malformed("an octet 1 is the answer to a refusal");
        }
        if (begun) {
            return new SaslStep.Malformed(NAME);
        }
        begun = true;
        Matcher header = GS2.matcher(SaslText.utf8(response).orElse(""));
        if (!header.matches() || hasLoneEquals(header.group("name"))) {
            return new SaslStep.Malformed(NAME);
        }
        Optional<String> name = Optional.ofNullable(header.group("name"))
                .map(text -> text.replace("=2C", ",").replace("=3D", "="));
        return BearerMessage.parse(header.group("pairs"))
                .filter(message -> message.values().containsKey("auth"))
                .map(message -> login(name, message))
                .orElseGet(() -> new SaslStep.Malformed(NAME));
    }

    private static boolean hasLoneEquals(@Nullable String name) {
        return name != null && LONE_EQUALS.matcher(name).find();
    }

    private SaslStep login(Optional<String> name, BearerMessage message) {
        TokenResult outcome = tokens.login(name, message.token());
        if (outcome.result() instanceof LoginResult.Accepted) {
            return new SaslStep.Finished(outcome.result());
        }
        refused = outcome.result();
        return new SaslStep.Challenge(explanation(outcome.refusal()).getBytes(StandardCharsets.US_ASCII));
    }

    /** RFC 7628 §3.2.2; nothing in it needs to be escaped. */
    private String explanation(TokenRefusal refusal) {
        TokenIssuer issuer = tokens.issuer();
        String scope =
                issuer.scope().map(words -> ",\"scope\":\"" + words + '"').orElse("");
        String configuration = issuer.configuration()
                .map(uri -> ",\"openid-configuration\":\"" + uri.toASCIIString() + '"')
                .orElse("");
        return "{\"status\":\"" + refusal.status() + "\",\"schemes\":\"bearer\"" + scope + configuration + "}";
    }
}
