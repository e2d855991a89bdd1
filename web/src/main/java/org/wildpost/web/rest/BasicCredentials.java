// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.sasl.Secret;

/** What an {@code Authorization} field of the Basic scheme says: {@code base64(user-id ":" password)} in UTF-8 (RFC 7617 §2, §2.1). */
record BasicCredentials(String username, Secret password) {
    private static final String SCHEME = "Basic ";

    /** The credentials, or empty when there are none, they are malformed, or of another scheme. */
    static Optional<BasicCredentials> parse(@Nullable String field) {
        if (field == null || !field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] octets =
                    Base64.getDecoder().decode(field.substring(SCHEME.length()).strip());
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            int colon = text.indexOf(':');
            if (colon < 0 || text.chars().anyMatch(Character::isISOControl)) {
                return Optional.empty();
            }
            return Optional.of(new BasicCredentials(text.substring(0, colon), new Secret(text.substring(colon + 1))));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
