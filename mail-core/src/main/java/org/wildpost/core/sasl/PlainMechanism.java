// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.util.Optional;

/**
 * PLAIN: {@code [authzid] NUL authcid NUL passwd} (RFC 4616 §2). Both are prepared before they are compared; an authorization
 * identity must be the name that logs in.
 */
final class PlainMechanism implements SaslMechanism {
    private final Sasl.Accounts accounts;

    PlainMechanism(Sasl.Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public byte[] firstChallenge() {
        return new byte[0];
    }

    @Override
    public SaslStep next(byte[] response) {
        Optional<String> text = SaslText.utf8(response);
        String[] parts = text.map(t -> t.split("\u0000", -1)).orElseGet(() -> new String[0]);
        if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
            return new SaslStep.Malformed("PLAIN is [authzid] NUL name NUL password in UTF-8");
        }
        if (!parts[0].isEmpty() && !SaslPrep.sameName(parts[0], parts[1])) {
            return new SaslStep.Malformed("acting for another account is not offered");
        }
        // Both go on as they are: who looks them up prepares them, and knows names and hashes that others made.
        return new SaslStep.Finished(accounts.login(parts[1], new Secret(parts[2])));
    }
}
