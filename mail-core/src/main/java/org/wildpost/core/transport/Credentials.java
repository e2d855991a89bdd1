// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.sasl.Secret;

/**
 * With which this server logs in at another (RFC 4954).
 *
 * @param clearText whether the password may cross without TLS, to a smarthost on a trusted wire
 */
public record Credentials(String username, Secret password, boolean clearText) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Credentials(String name, Secret secret, boolean clear)
                && username.equals(name)
                && clearText == clear
                && MessageDigest.isEqual(octets(password), octets(secret));
    }

    @Override
    public int hashCode() {
        return username.hashCode();
    }

    private static byte[] octets(Secret secret) {
        return secret.reveal().getBytes(StandardCharsets.UTF_8);
    }
}
