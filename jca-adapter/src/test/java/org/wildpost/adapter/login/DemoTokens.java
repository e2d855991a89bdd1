// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.login;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.TokenAttempt;
import org.wildpost.core.sasl.TokenIssuer;
import org.wildpost.core.sasl.TokenRefusal;
import org.wildpost.core.sasl.TokenResult;

/** Tokens as the fakes behind sessions take them: {@code good} is good, and there is a scope. */
public final class DemoTokens {
    public static final TokenIssuer ISSUER = new TokenIssuer(Optional.of("mail"), Optional.empty());

    /** Initial responses of both mechanisms, in Base64. */
    public static final String GOOD_BEARER = base64("n,a=alice@demo.test,\u0001auth=Bearer good\u0001\u0001");

    public static final String BAD_BEARER = base64("n,,\u0001auth=Bearer bad\u0001\u0001");
    public static final String GOOD_XOAUTH2 = base64("user=alice@demo.test\u0001auth=Bearer good\u0001\u0001");

    /** What a refusal is explained with, in Base64, and the answer to it. */
    public static final String EXPLANATION =
            base64("{\"status\":\"invalid_token\",\"schemes\":\"bearer\",\"scope\":\"mail\"}");

    public static final String ACKNOWLEDGED = "AQ==";

    private DemoTokens() {}

    public static TokenResult answer(TokenAttempt attempt, LoginResult owner) {
        boolean good = attempt.token().reveal().equals("good");
        return new TokenResult(good ? owner : new LoginResult.Rejected(Duration.ZERO), TokenRefusal.INVALID_TOKEN);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
