// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** LOGIN: two prompts; never a standard, still what some clients speak (draft-murchison-sasl-login). */
final class LoginMechanism implements SaslMechanism {
    private static final String USER_PROMPT = "User Name";
    private static final String PASSWORD_PROMPT = "Password";

    private final Sasl.Accounts accounts;
    private @Nullable String username;

    LoginMechanism(Sasl.Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public byte[] firstChallenge() {
        return USER_PROMPT.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public SaslStep next(byte[] response) {
        String text = SaslText.utf8(response).orElse("");
        if (text.isEmpty() || text.indexOf('\u0000') >= 0) {
            return new SaslStep.Malformed("LOGIN takes a name, then a password, in UTF-8");
        }
        if (username == null) {
            username = text;
            return new SaslStep.Challenge(PASSWORD_PROMPT.getBytes(StandardCharsets.US_ASCII));
        }
        return new SaslStep.Finished(accounts.login(username, new Secret(text)));
    }
}
